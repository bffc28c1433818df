import { jsonSchemaText, referencePage } from './configuration-reference.ts';

/** Writes the documents that are made from the code. */

const docs = new URL('../docs/', import.meta.url);
await Deno.writeTextFile(new URL('configuration.schema.json', docs), jsonSchemaText());
await Deno.writeTextFile(new URL('configuration.md', docs), referencePage());

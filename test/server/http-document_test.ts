import assert from 'node:assert/strict';
import { fileEntry } from '../../core/protocol/server-frames.ts';
import { emptyRow } from '../../core/reports/rows.ts';
import { invitation } from '../../server/config/schema.ts';
import { csvOf } from '../../server/reports/csv.ts';

const text = await Deno.readTextFile(new URL('../../docs/protocol/http.md', import.meta.url));
const sectionOf = (heading: string): string => text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

/** The names that a section does not mention as code. */
function missingIn(heading: string, names: readonly string[]): string[] {
  const code = [...sectionOf(heading).matchAll(/`[^`]+`/g)].map(([part]) => part).join(' ');
  return names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code));
}

Deno.test('M4 C19 S12 the document names all that goes over HTTP', () => {
  assert.deepEqual(missingIn('Sending a file', Object.keys(fileEntry.entries)), []);
  assert.deepEqual(missingIn('Invitations', Object.keys(invitation.entries)), []);
  assert.deepEqual(missingIn('Reports', Object.keys(emptyRow('', '', null))), []);
  const headings = csvOf({ from: '', to: '', services: {}, agents: {}, rows: [] }).trim();
  assert.deepEqual(missingIn('Reports', headings.split(',')), []);
});

Deno.test('S9 the document names every refusal of files and reports', async () => {
  const folders = ['server/files', 'server/reports', 'server/auth', 'server/desk/sent-files.ts'];
  const sources = await Promise.all(
    folders.map((path) => sourceOf(new URL(`../../${path}`, import.meta.url))),
  );
  const codes = sources.join('\n').matchAll(/'((?:request|upload|file|report|contact|service)\.[a-z-]+)'/g);
  const unnamed = [...new Set([...codes].map(([, code = '']) => code))].filter(
    (code) => !text.includes(`\`${code}\``),
  );
  assert.deepEqual(unnamed, []);
});

async function sourceOf(path: URL): Promise<string> {
  if ((await Deno.stat(path)).isFile) return Deno.readTextFile(path);
  const files = (await Array.fromAsync(Deno.readDir(path))).map(({ name }) => name);
  return (await Promise.all(files.map((name) => Deno.readTextFile(`${path.pathname}/${name}`)))).join('\n');
}

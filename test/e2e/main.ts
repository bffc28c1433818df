/** Every scene in one module graph, so that all of them share their browsers. */

for await (const { name } of Deno.readDir(import.meta.dirname ?? '.'))
  if (name.endsWith('_test.ts')) await import(`./${name}`);

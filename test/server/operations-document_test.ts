import assert from 'node:assert/strict';
import { parseExposition } from '../support/exposition.ts';
import { startServer } from '../support/server.ts';

const ROOT = new URL('../../', import.meta.url);
const textOf = (path: string): Promise<string> => Deno.readTextFile(new URL(path, ROOT));

async function* sources(folder: URL): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* sources(new URL(`${name}/`, folder));
    else yield await Deno.readTextFile(new URL(name, folder));
  }
}

Deno.test('S10 the document names every metric with its labels, and none that is not there', async () => {
  const document = await textOf('docs/operations.md');
  await using server = await startServer();
  const metrics = parseExposition(await (await fetch(`${server.url}/metrics`)).text());
  for (const [name, { samples }] of metrics) {
    const row = document.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${name}\``));
    assert.ok(row, name);
    const labels = [...samples.keys()].flatMap((sample) =>
      [...sample.matchAll(/[{,](\w+)="/g)].map(([, label = '']) => label),
    );
    for (const label of new Set(labels))
      if (label !== 'le') assert.ok(row.includes(`\`${label}\``), `${name} ${label}`);
  }
  const named = [...document.matchAll(/`((?:vicino|process)_[a-z_]+)`/g)].map(([, name = '']) => name);
  assert.deepEqual(
    named.filter((name) => !metrics.has(name)),
    [],
  );
});

Deno.test('S10 the documents name every variable that the server reads', async () => {
  const documents = (await Promise.all(['README.md', 'docs/operations.md'].map(textOf))).join('\n');
  const variables = [...(await textOf('server/environment.ts')).matchAll(/env\('(VC_\w+|PORT)'\)/g)];
  assert.ok(variables.length > 5);
  for (const [, name = ''] of variables)
    if (name !== 'VC_DEMO') assert.ok(documents.includes(`\`${name}\``), name);
});

Deno.test('S10 the document names the events of the log that are no failures', async () => {
  const document = await textOf('docs/operations.md');
  const code = (await Array.fromAsync(sources(new URL('server/', ROOT)))).join('\n');
  const events = [...code.matchAll(/log\.(?:debug|info|warn)\('([a-z.-]+)'/g)].map(([, event = '']) => event);
  assert.deepEqual(
    [...new Set(events)].filter((event) => !document.includes(`\`${event}\``)),
    [],
  );
});

/** Every scene of a folder in one module graph, so that all of them share their browsers. */
export async function scenesIn(folder: string): Promise<void> {
  for await (const { name } of Deno.readDir(folder))
    if (name.endsWith('_test.ts')) await import(`file://${folder}/${name}`);
}

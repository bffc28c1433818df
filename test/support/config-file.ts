const DEMO = new URL('../../demo/vicino.json', import.meta.url);

// biome-ignore lint/suspicious/noExplicitAny: what an operator writes may be anything.
type Written = any;

/** A configuration file that begins as the demo's. */
export interface ConfigFile {
  readonly path: string;
  /** Writes the demo's configuration after a change. */
  change(change: (config: Written) => void): Promise<void>;
  write(text: string): Promise<void>;
}

export async function configFile(path: string): Promise<ConfigFile> {
  const file: ConfigFile = {
    path,
    async change(change) {
      const config: Written = JSON.parse(await Deno.readTextFile(DEMO));
      change(config);
      await file.write(JSON.stringify(config));
    },
    write: (text) => Deno.writeTextFile(path, text),
  };
  await file.change(() => {});
  return file;
}

import { describeConfigErrors, parseConfig } from './load.ts';
import type { Config } from './schema.ts';

export type ReadConfig =
  | { readonly ok: true; readonly config: Config }
  /** One sentence for each mistake. */
  | { readonly ok: false; readonly sentences: readonly string[] };

/** Reads a configuration file. Never throws. */
export async function readConfig(path: string): Promise<ReadConfig> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    return { ok: false, sentences: [`Cannot read the configuration ${path}: ${(error as Error).message}`] };
  }
  const parsed = parseConfig(text);
  if (parsed.ok) return parsed;
  return { ok: false, sentences: describeConfigErrors(path, parsed.errors).split('\n') };
}

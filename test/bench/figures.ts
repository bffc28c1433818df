/** The middle value; of an even count the lower of the two. Throws on an empty list. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error('Cannot take the median: there are no values');
  return middle;
}

/** What was printed since it was last taken. */
const printed: string[] = [];

/** Prints a line of the results. */
export function say(line: string): void {
  printed.push(line);
  console.log(line);
}

/** The lines of one benchmark, to be kept. */
export const takePrinted = (): string => printed.splice(0).join('\n');

/**
 * Puts results by the name of their benchmark behind the mark in a document, in the order of `names`; those of benchmarks
 * that did not run stay.
 */
export async function keep(
  document: URL,
  { mark, names, results }: { mark: string; names: string[]; results: ReadonlyMap<string, string> },
): Promise<void> {
  const [text = '', kept = ''] = (await Deno.readTextFile(document)).split(mark);
  const [, ...blocks] = kept.split(/^<!-- (\S+) -->$/m);
  const block = (name: string) => results.get(name) ?? blocks[blocks.indexOf(name) + 1];
  const figures = names
    .filter((name) => results.has(name) || blocks.includes(name))
    .map((name) => `<!-- ${name} -->\n\n${block(name)?.trim()}\n`);
  await Deno.writeTextFile(document, [`${text}${mark}\n`, ...figures].join('\n'));
}

/** Prints a titled table as Markdown. */
export function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  say(`\n${title}\n`);
  say(line(head));
  say(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  for (const row of rows) say(line(row));
}

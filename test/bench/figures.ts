/** The middle value; of an even count the lower of the two. Throws on an empty list. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error('Cannot take the median: there are no values');
  return middle;
}

/** All that was printed so far. */
const printed: string[] = [];

/** Prints a line of the results. */
export function say(line: string): void {
  printed.push(line);
  console.log(line);
}

/** Puts all that was printed into a document, in place of what stands behind the mark there. */
export async function keep(document: URL, mark: string, about: string): Promise<void> {
  const [text = ''] = (await Deno.readTextFile(document)).split(mark);
  await Deno.writeTextFile(document, `${text}${mark}\n\n${about}\n${printed.join('\n')}\n`);
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

import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';

export interface Sample {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export const text = (name: string, size: number): Sample => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.alloc(size, `${name} a lamp `),
});

/** Chooses files as a person does. */
export const attach = (page: Page, where: Page | Locator, ...files: Sample[]): Promise<void> =>
  choose(page, where, files);

/** The same with a large one, which the browser reads from the disk by itself. Gone again when `use` is done. */
export async function withFile(sample: Sample, use: (choose: typeof attach) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: 'vicino-file-' });
  const path = `${folder}/${sample.name}`;
  await Deno.writeFile(path, sample.buffer);
  try {
    await use((page, where) => choose(page, where, path));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function choose(page: Page, where: Page | Locator, files: string | Sample[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    where.getByRole('button', { name: 'Attach files' }).click(),
  ]);
  await chooser.setFiles(files);
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

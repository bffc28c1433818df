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
export async function attach(page: Page, where: Page | Locator, ...files: Sample[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    where.getByRole('button', { name: 'Attach files' }).click(),
  ]);
  await chooser.setFiles(files);
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

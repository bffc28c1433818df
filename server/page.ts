import type { Context } from 'hono';
import type { ReadAsset } from './assets.ts';
import { failure } from './failure.ts';
import { PAGE_POLICY } from './headers.ts';

/** Answers with a built page of ours, `fill` putting in what only the server knows. */
export async function sendPage(
  c: Context,
  readAsset: ReadAsset,
  name: string,
  fill: (html: string) => string = (html) => html,
): Promise<Response> {
  const content = await readAsset(`pages/${name}.html`);
  if (!content) return failure(c, 404, 'request.unknown', 'find the page: it was not built');
  c.header('content-security-policy', PAGE_POLICY);
  c.header('cache-control', 'no-cache');
  return c.html(fill(new TextDecoder().decode(content)));
}

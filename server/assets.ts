import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import { failure } from './failure.ts';
import { forAnySite } from './headers.ts';

/** Gives a file of the built browser side by its path there (`assets/x.js`), or null. */
export type ReadAsset = (path: string) => Promise<Uint8Array<ArrayBuffer> | null>;

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webp: 'image/webp',
};

const FOREVER = 'public, max-age=31536000, immutable';
/** Short enough that a new version reaches every site soon. */
const BRIEFLY = 'public, max-age=300';

/** Serves the built browser side: the loader and its modules. */
export function serveAssets(read: ReadAsset): Hono {
  const app = new Hono();
  app.use('/vc.js', forAnySite, etag());
  app.get('/vc.js', (c) => file(c, read, 'vc.js', BRIEFLY));
  app.use('/assets/*', forAnySite);
  // One flat folder: a name with a slash or a leading dot is none of its files.
  app.get('/assets/:name{[A-Za-z0-9_-][A-Za-z0-9._-]*}', (c) =>
    file(c, read, `assets/${c.req.param('name')}`, FOREVER),
  );
  return app;
}

async function file(c: Context, read: ReadAsset, path: string, caching: string): Promise<Response> {
  const type = TYPES[path.split('.').at(-1) ?? ''];
  const compressed = acceptsBrotli(c) ? await read(`${path}.br`) : null;
  const content = compressed ?? (await read(path));
  if (!content || !type) return failure(c, 404, 'request.unknown', 'find the file: there is none');
  c.header('content-type', type);
  c.header('cache-control', caching);
  c.header('vary', 'accept-encoding');
  if (compressed) c.header('content-encoding', 'br');
  return c.body(content);
}

const acceptsBrotli = (c: Context): boolean =>
  (c.req.header('accept-encoding') ?? '')
    .split(',')
    .some((coding) => /^\s*br\s*(;\s*q=(?!0(\.0*)?\s*$)|$)/.test(coding));

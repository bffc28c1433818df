import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as v from 'valibot';
import { id } from '../../core/protocol/schemas.ts';
import { isTaken } from '../../core/service/files.ts';
import { type Bearer, readBearer, unauthorized } from '../auth/bearer.ts';
import type { Tokens } from '../auth/tokens.ts';
import type { SentFiles } from '../desk/sent-files.ts';
import { failure } from '../failure.ts';
import { Allowance } from './allowance.ts';
import { tooLarge } from './checked-bytes.ts';
import { dispositionOf, fileNameOf } from './file-name.ts';
import type { FileStore } from './file-store.ts';
import { isActive, isPicture, mediaTypeOf } from './media-type.ts';
import type { Incoming, Received, Uploads } from './uploads.ts';

export interface FileRoutesDeps {
  readonly files: FileStore;
  readonly uploads: Uploads;
  readonly sent: SentFiles;
  readonly tokens: Pick<Tokens, 'verifyAgent' | 'verifyVisitor'>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

const SEND = 'send the file';
const STATUS: Readonly<Partial<Record<Extract<Received, { ok: false }>['code'], ContentfulStatusCode>>> = {
  'contact.unknown': 404,
  'contact.ended': 409,
  'file.too-large': 413,
  'file.type': 415,
  'file.damaged': 422,
};

/** Whatever the bytes are, a browser shows them and does nothing else with them. */
const FILE_POLICY = "default-src 'none'; sandbox";
/** A file never changes; who may know its address may keep it, nobody in between. */
const CACHING = 'private, max-age=31536000, immutable';

/** Sending files into a contact, and reading them. The id of a file is what lets one read it. */
export function createFileRoutes({ files, uploads, sent, tokens, clock }: FileRoutesDeps): Hono {
  const app = new Hono();
  const allowance = new Allowance(clock);

  app.post('/api/contacts/:contact/files', async (c) => {
    const read = await readBearer(c.req.header('authorization'), tokens);
    if (!read.ok) return unauthorized(c, read.code, SEND);
    const described = describe(c, read.bearer);
    if (!described.ok)
      return failure(c, 400, 'request.malformed', `${SEND}: ${described.field} is missing or malformed`, {
        field: described.field,
      });
    const { incoming } = described;
    const { who, contact, file } = incoming;
    if (!allowance.take(`${who.side}/${who.id}`))
      return failure(c, 429, 'request.too-frequent', `${SEND}: there are too many, try again later`);
    const admission = await sent.admit(who, contact, file.id);
    if (!admission.ok) return refused(c, admission);
    if (admission.entry) return c.json({ entry: admission.entry }, 201);
    const { maxBytes, types } = admission.files;
    if (maxBytes === 0 || !isTaken(file.mime, types))
      return refused(c, { ok: false, code: 'file.type', reason: refusedType(file.mime, admission.files) });
    if (Number(c.req.header('content-length') ?? 0) > maxBytes)
      return refused(c, { ok: false, code: 'file.too-large', reason: tooLarge(maxBytes) }, maxBytes);
    const received = await uploads.receive({ ...incoming, maxBytes });
    return received.ok ? c.json({ entry: received.entry }, 201) : refused(c, received, maxBytes);
  });

  app.get('/api/files/:file/:name', async (c) => {
    const file = c.req.param('file');
    const head = v.is(id, file) ? await files.head(file) : null;
    if (!head) return failure(c, 404, 'file.unknown', 'find the file: there is none');
    const { name, mime, size, sha256 } = head;
    c.header('content-type', isActive(mime) ? 'application/octet-stream' : mime);
    c.header('content-length', String(size));
    c.header('content-disposition', dispositionOf(isPicture(mime) ? 'inline' : 'attachment', name));
    c.header('content-security-policy', FILE_POLICY);
    c.header('cross-origin-resource-policy', 'cross-origin');
    c.header('cache-control', CACHING);
    c.header('etag', `"${sha256}"`);
    return c.body(files.bytes(file));
  });
  return app;
}

type Described =
  | { readonly ok: true; readonly incoming: Omit<Incoming, 'maxBytes'> }
  | { readonly ok: false; readonly field: string };

function describe(c: Context, who: Bearer): Described {
  const contact = c.req.param('contact') ?? '';
  const entry = c.req.header('x-file-id') ?? '';
  const mime = mediaTypeOf(c.req.header('content-type'));
  const pixels = c.req.header('x-file-size') ?? '';
  const [, width, height] = pixels.match(/^([1-9]\d{0,5})x([1-9]\d{0,5})$/) ?? [];
  if (!v.is(id, contact)) return { ok: false, field: 'contact' };
  if (!v.is(id, entry)) return { ok: false, field: 'x-file-id' };
  if (!mime) return { ok: false, field: 'content-type' };
  if (pixels && !width) return { ok: false, field: 'x-file-size' };
  const file = {
    id: entry,
    name: fileNameOf(c.req.header('x-file-name')),
    mime,
    width: width ? Number(width) : null,
    height: height ? Number(height) : null,
  };
  return { ok: true, incoming: { who, contact, file, body: c.req.raw.body ?? new Blob().stream() } };
}

const refusedType = (mime: string, { maxBytes, types }: { maxBytes: number; types: string[] }): string =>
  maxBytes === 0 ? 'files are not taken here' : `${mime} is not taken here, only ${types.join(', ')}`;

function refused(
  c: Context,
  { code, reason }: Extract<Received, { ok: false }>,
  maxBytes?: number,
): Response {
  const limit = code === 'file.too-large' && maxBytes !== undefined ? { limit: maxBytes } : {};
  const name = code === 'frame.malformed' ? 'request.malformed' : code;
  return failure(c, STATUS[code] ?? 400, name, `${SEND}: ${reason}`, limit);
}

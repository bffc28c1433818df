import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as v from 'valibot';
import { id } from '../../core/protocol/schemas.ts';
import { type Bearer, readBearer, unauthorized } from '../auth/bearer.ts';
import type { Tokens } from '../auth/tokens.ts';
import type { SentFiles } from '../desk/sent-files.ts';
import { failure } from '../failure.ts';
import { tooLarge } from './checked-bytes.ts';
import { fileNameOf } from './file-name.ts';
import { mediaTypeOf } from './media-type.ts';
import type { Part, Recordings, Stored } from './recordings.ts';

export interface RecordingRoutesDeps {
  readonly recordings: Pick<Recordings, 'offset' | 'receive'>;
  readonly sent: Pick<SentFiles, 'admitRecording'>;
  readonly tokens: Pick<Tokens, 'verifyAgent' | 'verifyVisitor'>;
}

const KEEP = 'keep the recording';
const STATUS: Readonly<Partial<Record<Extract<Stored, { ok: false }>['code'], ContentfulStatusCode>>> = {
  'contact.unknown': 404,
  'recording.off': 403,
  'upload.busy': 409,
  'upload.offset': 409,
  'file.too-large': 413,
  'file.damaged': 422,
};
/** Tells how many bytes are here to who asks by HEAD. */
const OFFSET = 'upload-offset';
const PATH = '/api/contacts/:contact/recordings/:recording';

/** Keeping the recording of a call with its contact, in parts where the network breaks. */
export function createRecordingRoutes({ recordings, sent, tokens }: RecordingRoutesDeps): Hono {
  const app = new Hono();

  app.on(['GET', 'PUT'], PATH, async (c) => {
    const read = await readBearer(c.req.header('authorization'), tokens);
    if (!read.ok) return unauthorized(c, read.code, KEEP);
    const { contact = '', recording = '' } = c.req.param();
    if (!v.is(id, contact) || !v.is(id, recording)) return malformed(c, 'recording');
    const admission = await sent.admitRecording(read.bearer, contact, recording);
    if (!admission.ok) return refused(c, admission);
    const { entry, maxBytes } = admission;
    c.header('cache-control', 'no-store');
    if (entry) {
      c.header(OFFSET, String(entry.size));
      return c.json({ entry, offset: entry.size }, c.req.method === 'PUT' ? 201 : 200);
    }
    // HEAD is answered by the same.
    if (c.req.method !== 'PUT') {
      const offset = await recordings.offset(contact, recording);
      c.header(OFFSET, String(offset));
      return c.json({ entry: null, offset });
    }
    const described = describe(c, read.bearer, contact, recording);
    if (typeof described === 'string') return malformed(c, described);
    if (maxBytes === 0) return refused(c, { ok: false, code: 'recording.off', reason: 'none are kept here' });
    if (described.size > maxBytes)
      return failure(c, 413, 'file.too-large', `${KEEP}: ${tooLarge(maxBytes)}`, { limit: maxBytes });
    const stored = await recordings.receive(described);
    if (!stored.ok) return refused(c, stored);
    return stored.entry
      ? c.json({ entry: stored.entry, offset: stored.entry.size }, 201)
      : c.json({ entry: null, offset: stored.offset });
  });
  return app;
}

/** Gives the name of what is missing or malformed. */
function describe(c: Context, who: Bearer, contact: string, recording: string): Part | string {
  const mime = mediaTypeOf(c.req.header('content-type'));
  const size = wholeNumber(c.req.header('x-recording-size'));
  const sha256 = c.req.header('x-recording-sha256') ?? '';
  const offset = wholeNumber(c.req.query('offset') ?? '0');
  if (mime !== 'video/webm' && mime !== 'video/mp4') return 'content-type';
  if (!size) return 'x-recording-size';
  if (!/^[0-9a-f]{64}$/.test(sha256)) return 'x-recording-sha256';
  if (offset === null) return 'offset';
  const name = fileNameOf(c.req.header('x-file-name'));
  const body = c.req.raw.body ?? new Blob().stream();
  return { who, contact, recording, name, mime, offset, size, sha256, body };
}

const wholeNumber = (text = ''): number | null => (/^\d{1,12}$/.test(text) ? Number(text) : null);

const malformed = (c: Context, field: string): Response =>
  failure(c, 400, 'request.malformed', `${KEEP}: ${field} is missing or malformed`, { field });

function refused(c: Context, refusal: Extract<Stored, { ok: false }>): Response {
  const { code, reason } = refusal;
  const name = code === 'frame.malformed' ? 'request.malformed' : code;
  const at = 'offset' in refusal ? { offset: refusal.offset } : {};
  return failure(c, STATUS[code] ?? 400, name, `${KEEP}: ${reason}`, at);
}

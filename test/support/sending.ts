import assert from 'node:assert/strict';
import type { FileEntry } from '../../core/protocol/server-frames.ts';
import type { TestServer } from './server.ts';

/** Sends files into contacts and reads them, as a client does over HTTP. */

/** Begins as a picture does. */
export const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 1, 2, 3]);
/** So many letters. */
export const text = (length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, i) => 97 + (i % 26));

export interface Sending {
  readonly contact?: string;
  readonly id?: string;
  readonly name?: string;
  readonly type?: string;
  readonly bytes?: BodyInit;
  readonly more?: Record<string, string>;
}

/** By default a short text into the contact `c1`. */
export const send = (
  server: Pick<TestServer, 'url'>,
  token: string,
  {
    contact = 'c1',
    id = 'f1',
    name = 'note.txt',
    type = 'text/plain',
    bytes = text(10),
    more = {},
  }: Sending = {},
): Promise<Response> =>
  fetch(`${server.url}/api/contacts/${contact}/files`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': type,
      'x-file-id': id,
      'x-file-name': encodeURIComponent(name),
      ...more,
    },
    body: bytes,
  });

/** The entry of a file that was taken. */
export async function sent(response: Response): Promise<FileEntry> {
  assert.equal(response.status, 201, await response.clone().text());
  return (await response.json()).entry;
}

/** Status, code, sentence and limit of a refusal. */
export async function refused(response: Response): Promise<[number, string, string, number | undefined]> {
  const { code, message, limit } = await response.json();
  return [response.status, code, message, limit];
}

export const read = ({ url }: Pick<TestServer, 'url'>, { file, name }: Pick<FileEntry, 'file' | 'name'>) =>
  fetch(`${url}/api/files/${file}/${encodeURIComponent(name)}`);

export const agentToken = ({ tokens }: TestServer, agent = 'anna'): Promise<string> =>
  tokens.signAgent({ agent, expiresIn: 60 });

/** What the store holds of files. */
export async function leftovers({ store }: Pick<TestServer, 'store'>): Promise<string[]> {
  const documents = await Promise.all(['file/', 'upload/'].map((prefix) => store.list(prefix)));
  return documents.flat().map(({ key }) => key);
}

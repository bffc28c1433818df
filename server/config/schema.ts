import * as v from 'valibot';
import { MAX_NAME, MAX_URL } from '../../core/protocol/limits.ts';
import { cannedResponse, colour, contactKind, id } from '../../core/protocol/schemas.ts';

/**
 * What an operator writes. Strict throughout, so that a misspelt field is named and not silently ignored. The descriptions
 * make the reference in `docs/configuration.md` and the JSON Schema for editors.
 */

const DAY = 86_400;

const label = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_NAME));
const tags = v.optional(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME))), []);
const language = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'it is not a language tag such as "en" or "pt-BR"'),
);
const seconds = (min: number, max: number) => v.pipe(v.number(), v.minValue(min), v.maxValue(max));
const uniqueIds = <T extends { readonly id: string }>(entries: readonly T[]): boolean =>
  new Set(entries.map((entry) => entry.id)).size === entries.length;

const about = <S extends v.GenericSchema>(schema: S, description: string) =>
  v.pipe(schema, v.description(description));
const flag = (description: string) => about(v.optional(v.boolean(), false), description);

const zone = v.pipe(
  v.string(),
  v.check((value) => isZone(value), 'it is not a time zone such as "Europe/Berlin"'),
);
const daySpan = v.pipe(
  v.string(),
  v.regex(
    /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/,
    'it is not a span of a day such as "09:00-17:30"',
  ),
  v.check((value) => (value.split('-')[0] ?? '') < (value.split('-')[1] ?? ''), 'it ends before it begins'),
);
const daySpans = v.optional(v.array(daySpan), []);
const date = v.pipe(v.string(), v.isoDate('it is not a date such as "2026-12-25"'));

export const hours = v.strictObject({
  zone: about(zone, 'IANA time zone of the times below.'),
  week: about(
    v.strictObject({
      mon: daySpans,
      tue: daySpans,
      wed: daySpans,
      thu: daySpans,
      fri: daySpans,
      sat: daySpans,
      sun: daySpans,
    }),
    'Spans of each day of the week, such as `["09:00-12:00", "13:00-17:30"]`. A day left out is closed.',
  ),
  closed: about(v.optional(v.array(date), []), 'Dates without service, such as `2026-12-25`.'),
});

export const offer = v.strictObject({
  kind: about(contactKind, 'How the contact begins.'),
  when: about(
    v.optional(v.picklist(['always', 'open', 'staffed', 'unanswered']), 'always'),
    '`always`; `open`: within business hours; `staffed`: while an agent is there to answer; `unanswered`: while none is.',
  ),
});

const mediaType = v.pipe(
  v.string(),
  v.regex(/^[a-z]+\/(\*|[a-z0-9.+-]+)$/, 'it is not a media type such as "image/*" or "application/pdf"'),
);

export const files = v.strictObject({
  maxBytes: about(
    v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000_000)),
    'Largest file, in bytes. 0: none at all.',
  ),
  types: about(v.array(mediaType), 'Media types that are taken, such as `image/*` or `application/pdf`.'),
});
export const DEFAULT_FILES = {
  maxBytes: 10_000_000,
  types: [
    'image/png',
    'image/jpeg',
    'image/gif',
    'image/webp',
    'application/pdf',
    'text/plain',
    'application/zip',
  ],
};

export const response = v.strictObject({
  id: about(cannedResponse.entries.id, 'Names the response.'),
  shortcut: about(cannedResponse.entries.shortcut, 'What an agent types after a slash.'),
  text: about(cannedResponse.entries.text, 'What it becomes.'),
});

export const invitation = v.strictObject({
  id: about(id, 'Names the invitation: a visitor sees each once per visit.'),
  text: about(v.pipe(v.string(), v.minLength(1), v.maxLength(300)), 'What it says.'),
  kind: about(
    v.optional(v.picklist(['chat', 'voice', 'video']), 'chat'),
    'The contact it begins. By voice or video, the call is up as soon as an agent takes it.',
  ),
  afterSeconds: about(v.optional(seconds(0, DAY)), 'Shown after so long on the page.'),
  scrollPercent: about(
    v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
    'Shown when so much of the page was scrolled through.',
  ),
  exitIntent: flag('Shown when the pointer leaves towards the address bar.'),
  url: about(
    v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_URL))),
    'Only on pages whose address matches; `*` stands for anything, as in `https://shop.example/cart*`.',
  ),
});

export const service = v.strictObject({
  id: about(id, 'Names the service in the script tag and in addresses.'),
  name: about(label, 'What visitors and agents read.'),
  language: about(language, 'BCP 47 tag of what the service speaks.'),
  greeting: about(v.pipe(v.string(), v.maxLength(500)), 'First words in the widget.'),
  tags: about(tags, 'An agent needs all of these to be offered the contact.'),
  requiredLanguage: about(
    v.optional(language),
    'BCP 47 tag an agent must speak. Left out, any agent is offered the contact.',
  ),
  channels: about(
    v.strictObject({
      chat: about(v.boolean(), 'Text and files.'),
      voice: about(v.boolean(), 'Calls in the browser without a picture.'),
      video: about(v.boolean(), 'Calls in the browser with one.'),
    }),
    'Channels a contact of this service may use.',
  ),
  offers: about(
    v.optional(v.pipe(v.array(offer), v.minLength(1, 'there must be at least one way to begin'))),
    'Ways to begin, in the order in which the widget shows them. Left out: each channel, calls while an agent is there.',
  ),
  hours: about(v.optional(hours), 'Business hours. Left out, the service is always open.'),
  maxWaitSeconds: about(seconds(1, DAY), 'Longest wait before a contact is given up (dissuaded).'),
  ringSeconds: about(v.optional(seconds(1, 600), 45), 'How long a call request rings.'),
  transferSeconds: about(v.optional(seconds(5, 3600), 60), 'How long a transfer waits for an answer.'),
  idleSeconds: about(
    v.optional(seconds(5, DAY), 120),
    'A visitor who does nothing for so long counts as idle.',
  ),
  audioFirst: flag('A call begins with voice alone; the camera is turned on in the call.'),
  bitrate: about(
    v.optional(v.picklist(['low', 'high', 'free']), 'free'),
    'Ceiling of what each side of a call sends: `low` 128–300 kb/s, `high` 400–500 kb/s, or `free`.',
  ),
  selfView: about(
    v.optional(v.picklist(['left', 'right']), 'right'),
    'Corner in which the own picture stands at first.',
  ),
  recording: about(
    v.optional(v.picklist(['off', 'ask', 'always']), 'ask'),
    'Whether calls are recorded: never, with the consent of the visitor when the agent asks, or always, which the visitor is told before the call.',
  ),
  recordingMaxBytes: about(
    v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000_000)), 1_000_000_000),
    'Largest recording that is kept with its contact, in bytes. 0: recordings stay with the agent alone.',
  ),
  colour: about(v.optional(colour), 'Colour its contacts begin with on the desk.'),
  preferLastAgent: flag('A returning visitor is addressed to the agent they had last.'),
  videoAlone: flag('An agent has a video call only while it is their one contact.'),
  typingPreview: flag('Agents see what the visitor types before it is sent. The visitor is told.'),
  files: about(v.optional(files, DEFAULT_FILES), 'What may be sent as a file.'),
  responses: about(
    v.optional(v.array(response), []),
    'Canned responses for all agents of the service. Variables: `{visitor}`, `{agent}`, `{page}`.',
  ),
  invitations: about(
    v.optional(v.pipe(v.array(invitation), v.check(uniqueIds, 'two invitations have the same id')), []),
    'What the widget says by itself, and when.',
  ),
});

export const agent = v.strictObject({
  id: about(id, 'The subject of the agent’s token.'),
  name: about(label, 'What visitors read.'),
  picture: about(
    v.optional(v.pipe(v.string(), v.maxLength(MAX_URL))),
    'Address of a picture, absolute or from the root of this server.',
  ),
  tags: about(tags, 'What the agent can answer; see the tags of a service.'),
  languages: about(v.array(language), 'BCP 47 tags of what the agent speaks.'),
  limit: about(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 'Contacts at once.'),
  reports: about(v.optional(v.boolean(), true), 'Whether the agent may read the reports.'),
});

const iceUrl = v.pipe(v.string(), v.regex(/^(stuns?|turns?):\S+$/, 'it is not a stun: or turn: address'));
const iceServer = v.strictObject({
  urls: about(v.union([iceUrl, v.array(iceUrl)]), 'One address or several, `stun:`, `turn:` or `turns:`.'),
  username: about(v.optional(v.string()), 'For a TURN server.'),
  credential: about(v.optional(v.string()), 'For a TURN server. Visitors get to know it.'),
});

const turnUrl = v.pipe(v.string(), v.regex(/^turns?:\S+$/, 'it is not a turn: or turns: address'));
export const turn = v.strictObject({
  urls: about(
    v.pipe(v.array(turnUrl), v.minLength(1, 'there must be at least one address')),
    'Its addresses, by UDP, TCP and TLS: `turn:HOST:3478`, `turn:HOST:3478?transport=tcp`, `turns:HOST:5349`.',
  ),
  secret: about(
    v.pipe(v.string(), v.minLength(16)),
    'What both servers know: `static-auth-secret` of coturn. Browsers never get it.',
  ),
  lifeSeconds: about(
    v.optional(seconds(60, DAY), 43_200),
    'How long what a browser gets for one attempt at a call lets it in: longer than the longest call.',
  ),
});

const origin = v.pipe(
  v.string(),
  v.check(
    (value) => value === '*' || (URL.canParse(value) && new URL(value).origin === value),
    'it is not "*" or an origin such as "https://example.com"',
  ),
);

export const config = v.strictObject({
  $schema: about(v.optional(v.string()), 'For editors: where the JSON Schema of this file is.'),
  services: about(
    v.pipe(
      v.array(service),
      v.minLength(1, 'there must be at least one service'),
      v.check(uniqueIds, 'two services have the same id'),
    ),
    'The support lines.',
  ),
  agents: about(v.pipe(v.array(agent), v.check(uniqueIds, 'two agents have the same id')), 'Who answers.'),
  awayReasons: about(
    v.optional(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60))), []),
    'What agents who are not available may give as the reason.',
  ),
  graceSeconds: about(
    v.optional(seconds(0, DAY), 30),
    'How long an agent without a connection keeps the contacts, before they are first in line for another.',
  ),
  countryHeader: about(
    v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]+$/, 'it is not the name of a header'))),
    'Header in which a trusted proxy or edge names the country of the visitor, such as `cf-ipcountry`. Left out, or absent, the country follows from the time zone of their browser.',
  ),
  ice: about(
    v.optional(
      v.strictObject({
        servers: about(v.optional(v.array(iceServer), []), 'STUN and TURN servers.'),
        turn: about(v.optional(turn), 'A TURN server that lets in whoever we sign for, as coturn does.'),
      }),
      {},
    ),
    'How calls find their way from browser to browser.',
  ),
  origins: about(
    v.optional(v.array(origin), ['*']),
    'Origins of the pages that use this server: those with the widget, and for files and reports those with the console.',
  ),
});

function isZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

export type Service = v.InferOutput<typeof service>;
export type Agent = v.InferOutput<typeof agent>;
export type Invitation = v.InferOutput<typeof invitation>;
export type Config = v.InferOutput<typeof config>;

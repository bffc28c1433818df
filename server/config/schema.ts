import * as v from 'valibot';
import { MAX_NAME } from '../../core/protocol/limits.ts';
import { id } from '../../core/protocol/schemas.ts';

/** What an operator writes. Strict throughout, so that a misspelt field is named and not silently ignored. */

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

export const service = v.strictObject({
  id,
  name: label,
  /** BCP 47 tag of what the service speaks. */
  language,
  /** First words in the widget. */
  greeting: v.pipe(v.string(), v.maxLength(500)),
  /** An agent needs all of these to be offered the contact. */
  tags,
  /** BCP 47 tag an agent must speak; absent: any. */
  requiredLanguage: v.optional(language),
  channels: v.strictObject({ chat: v.boolean(), voice: v.boolean(), video: v.boolean() }),
  /** Longest wait before a contact is given up. */
  maxWaitSeconds: seconds(1, DAY),
  /** How long a call request rings. */
  ringSeconds: v.optional(seconds(1, 600), 45),
  recording: v.optional(v.picklist(['off', 'ask', 'always']), 'ask'),
});

export const agent = v.strictObject({
  id,
  name: label,
  tags,
  languages: v.array(language),
  /** Contacts at once. */
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
});

const iceUrl = v.pipe(v.string(), v.regex(/^(stuns?|turns?):\S+$/, 'it is not a stun: or turn: address'));
const iceServer = v.strictObject({
  urls: v.union([iceUrl, v.array(iceUrl)]),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});

const origin = v.pipe(
  v.string(),
  v.check(
    (value) => value === '*' || (URL.canParse(value) && new URL(value).origin === value),
    'it is not "*" or an origin such as "https://example.com"',
  ),
);

export const config = v.strictObject({
  services: v.pipe(
    v.array(service),
    v.minLength(1, 'there must be at least one service'),
    v.check(uniqueIds, 'two services have the same id'),
  ),
  agents: v.pipe(v.array(agent), v.check(uniqueIds, 'two agents have the same id')),
  /** How long an agent without a connection keeps the contacts. */
  graceSeconds: v.optional(seconds(0, DAY), 30),
  ice: v.optional(v.strictObject({ servers: v.optional(v.array(iceServer), []) }), {}),
  /** Pages visitors may connect from. */
  origins: v.optional(v.array(origin), ['*']),
});

export type Service = v.InferOutput<typeof service>;
export type Agent = v.InferOutput<typeof agent>;
export type Config = v.InferOutput<typeof config>;

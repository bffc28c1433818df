import type { ContactView, MessageEntry } from '../../core/protocol/server-frames.ts';

/** Plain data as a server would send it, for tests that need one and care about few of its fields. */

export const aVisitor = (change: Partial<ContactView['visitor']> = {}): ContactView['visitor'] => ({
  id: 'v1',
  name: 'Vera',
  verified: false,
  isNew: true,
  language: 'en',
  country: null,
  page: { url: 'https://shop.example/', title: 'Shop', referrer: '' },
  device: { browser: 'Chrome 140', system: 'Linux', mobile: false },
  ...change,
});

/** A chat of Vera with Anna, taken at once, nothing said yet. */
export const aContactView = (change: Partial<ContactView> = {}): ContactView => ({
  id: 'c1',
  rev: 1,
  service: { id: 'sales', name: 'Sales' },
  entry: 'sales',
  kind: 'chat',
  form: null,
  phase: 'assigned',
  openedAt: 1_000,
  waitingSince: 1_000,
  dissuadeAt: null,
  takenAt: 1_000,
  endedAt: null,
  endedBy: null,
  visitor: aVisitor(),
  agent: { id: 'anna', name: 'Anna', picture: null, voice: true, video: true },
  away: { visitor: null, agent: null },
  moving: null,
  idle: null,
  follows: false,
  rating: null,
  desk: null,
  channels: { sharing: 'unavailable', chat: 'active', voice: 'available', video: 'available' },
  call: null,
  recording: 'ask',
  bitrate: 'free',
  selfView: 'right',
  files: { maxBytes: 10_000_000, types: ['image/*', 'application/pdf', 'text/plain'] },
  cursors: { visitor: { delivered: 0, read: 0 }, agent: { delivered: 0, read: 0 } },
  ...change,
});

/** The message at `offset`, by default the agent's. */
export const aMessage = (offset: number, change: Partial<MessageEntry> = {}): MessageEntry => ({
  kind: 'message',
  offset,
  previous: offset - 1,
  id: `m${offset}`,
  at: 1_000 + offset,
  side: 'agent',
  author: { id: 'anna', name: 'Anna' },
  text: `text ${offset}`,
  ...change,
});

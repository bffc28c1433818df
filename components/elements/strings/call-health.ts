import { translator } from './index.ts';

/** How well the call is carried, and that nobody stands in between. */
export const t = translator({
  good: 'Connection: good',
  fair: 'Connection: fair',
  poor: 'Connection: poor',
  whyGood: 'Picture and sound flow freely.',
  whyNetwork: 'The network is slow or loses data. Coming closer to the Wi-Fi router or using a cable helps.',
  whyCpu: 'This device has much to do. Closing other programs or tabs helps.',
  whyRelay: 'No direct way was found: the call takes a detour through a relay.',
  roundTrip: 'Round trip',
  lost: 'Lost on the way',
  sending: 'Sending',
  receiving: 'Receiving',
  picture: 'Picture',
  way: 'Way',
  direct: 'direct',
  relayed: 'through a relay',
  milliseconds: '{count} ms',
  percent: '{count} %',
  rate: '{count} kb/s',
  size: '{width} × {height}, {fps}/s',
  safety: 'Safety words',
  safetyMeans:
    'Read these words to each other. If both of you see the same four, nobody listens in between, our server neither.',
});

import assert from 'node:assert/strict';
import { JetStreamApiError } from '@nats-io/jetstream';
import { isForming } from '../../server/store/nats/error.ts';

const refused = (code: number, description: string) =>
  new JetStreamApiError({ code: 400, err_code: code, description });

for (const [code, description, forming] of [
  [10008, 'JetStream system temporarily unavailable', true],
  [10059, 'stream not found', true],
  [10005, 'no suitable peers for placement, peer offline', true],
  [10005, 'no suitable peers for placement, tags not matched', false],
  [10074, 'replicas > 1 not supported in non-clustered mode', false],
] as const)
  Deno.test(`S5 a start ${forming ? 'waits for a cluster' : 'does not wait where one'} says: ${description}`, () =>
    assert.equal(isForming(refused(code, description)), forming));

import assert from 'node:assert/strict';
import { EXAMPLE, jsonSchema, jsonSchemaText, referencePage } from '../../scripts/configuration-reference.ts';
import { type ConfigError, parseConfig } from '../../server/config/load.ts';

const docs = new URL('../../docs/', import.meta.url);

// biome-ignore lint/suspicious/noExplicitAny: what an operator writes may be anything.
type Written = any;

/** The errors of the demo's configuration after a change. */
async function errorsAfter(change: (config: Written) => void): Promise<readonly ConfigError[]> {
  const config: Written = JSON.parse(await Deno.readTextFile(new URL('../demo/vicino.json', docs)));
  change(config);
  const parsed = parseConfig(JSON.stringify(config));
  return parsed.ok ? [] : parsed.errors;
}

Deno.test('S8 the reference page and the JSON Schema are as the schema says (else: npm run docs)', async () => {
  assert.equal(await Deno.readTextFile(new URL('configuration.md', docs)), referencePage());
  assert.equal(await Deno.readTextFile(new URL('configuration.schema.json', docs)), jsonSchemaText());
});

Deno.test('S8 the example of the reference is a good configuration', () => {
  assert.deepEqual(parseConfig(JSON.stringify(EXAMPLE)).ok, true);
  assert.ok(referencePage().includes('"Hello {visitor}, this is {agent}."'));
});

Deno.test('S8 every field but the days of the week is described', () => {
  const missing: string[] = [];
  const look = (path: string, schema: Written): void => {
    if (schema.items) look(`${path}[]`, schema.items);
    for (const [name, field] of Object.entries<Written>(schema.properties ?? {})) {
      if (!field.description && !path.endsWith('.week')) missing.push(`${path}.${name}`);
      look(`${path}.${name}`, field);
    }
  };
  look('', jsonSchema());
  assert.deepEqual(missing, []);
});

Deno.test('S8 the JSON Schema lets out what has a default, and nothing in that is unknown', () => {
  const schema: Written = jsonSchema();
  const service = schema.properties.services.items;
  assert.deepEqual(schema.required, ['services', 'agents']);
  assert.deepEqual(service.required, ['id', 'name', 'language', 'greeting', 'channels', 'maxWaitSeconds']);
  assert.equal(service.additionalProperties, false);
  assert.equal(service.properties.ringSeconds.default, 45);
  assert.match(service.properties.recording.description, /consent/);
});

Deno.test('S8 fields that contradict one another are named with the reason', async () => {
  const cases: [(config: Written) => void, string, RegExp][] = [
    [
      ({ services: [sales] }) => {
        sales.channels.voice = false;
      },
      'services.0.offers.1.kind',
      /channel "voice" is off/,
    ],
    [
      ({ services: [sales] }) => sales.offers.push({ kind: 'chat' }),
      'services.0.offers.5.kind',
      /"chat" is offered twice/,
    ],
    [
      ({ services: [, support] }) => {
        delete support.offers;
        support.channels = { chat: false, voice: false, video: false };
      },
      'services.1.channels',
      /no offers/,
    ],
    [
      ({ services: [sales] }) => {
        sales.responses[2].shortcut = 'Hello';
      },
      'services.0.responses.2.shortcut',
      /two responses have the shortcut "Hello"/,
    ],
    [
      ({ services: [sales] }) => {
        sales.responses[1].id = 'hello';
      },
      'services.0.responses.1.id',
      /two responses have the id "hello"/,
    ],
    [
      ({ services: [sales] }) => {
        delete sales.invitations[0].afterSeconds;
      },
      'services.0.invitations.0',
      /no condition/,
    ],
    [
      ({ services: [, support] }) => {
        support.channels.video = false;
        support.offers = [{ kind: 'chat' }];
        support.invitations = [{ id: 'x', text: 'y', kind: 'video', url: '*' }];
      },
      'services.1.invitations.0.kind',
      /channel "video" is off/,
    ],
    ...['anna.jpg', '//evil.example/x', 'javascript:alert(1)', ''].map(
      (picture): [(config: Written) => void, string, RegExp] => [
        ({ agents: [anna] }) => {
          anna.picture = picture;
        },
        'agents.0.picture',
        /not an address/,
      ],
    ),
    [
      ({ ice }) => ice.servers.push({ urls: ['turn:turn.example.com'] }),
      'ice.servers.0',
      /username and a credential/,
    ],
    [
      ({ services: [, support] }) => {
        support.channels = { chat: true, voice: false, video: true };
        support.offers = [{ kind: 'chat' }];
        support.audioFirst = true;
      },
      'services.1.audioFirst',
      /channel "voice" is off/,
    ],
    [
      ({ ice }) => {
        ice.turn = { urls: ['stun:turn.example.com'], secret: 'x'.repeat(16) };
      },
      'ice.turn.urls.0',
      /not a turn: or turns: address/,
    ],
  ];
  for (const [change, field, reason] of cases) {
    const [error, ...more] = await errorsAfter(change);
    assert.deepEqual([error?.field, more], [field, []]);
    assert.match(error?.reason ?? '', reason);
  }
});

Deno.test('S8 what looks like a contradiction and is none is let pass', async () => {
  const errors = await errorsAfter(({ services: [sales, support], agents: [anna, ben], ice }) => {
    sales.channels = { chat: false, voice: false, video: false };
    sales.offers = [{ kind: 'lead' }];
    sales.invitations = [];
    support.responses = sales.responses;
    support.invitations = [{ id: 'x', text: 'y', url: 'https://shop.example/*' }];
    anna.picture = '/anna.jpg';
    ben.picture = 'https://shop.example/ben.jpg';
    sales.audioFirst = true;
    support.audioFirst = true;
    ice.servers.push({ urls: 'turn:turn.example.com', username: 'u', credential: 'c' }, { urls: 'stun:s' });
  });
  assert.deepEqual(errors, []);
});

Deno.test('S8 contradictions are named together with everything else that is wrong', async () => {
  const errors = await errorsAfter(({ services: [sales], agents: [anna] }) => {
    sales.maxWaitSeconds = 0;
    sales.channels.voice = false;
    anna.picture = 'x';
  });
  assert.deepEqual(errors.map(({ field }) => field).sort(), [
    'agents.0.picture',
    'services.0.maxWaitSeconds',
    'services.0.offers.1.kind',
  ]);
});

import { toJsonSchema } from '@valibot/to-json-schema';
import { config } from '../server/config/schema.ts';

/** What the reference and editors know of the configuration, made from the schema that the server reads it by. */

type Schema = ReturnType<typeof toJsonSchema>;

/** For editors, of the file as written: what has a default may be left out. */
export const jsonSchema = (): Schema => ({
  title: 'Configuration of Vicino',
  ...toJsonSchema(config, { typeMode: 'input', errorMode: 'ignore', target: 'draft-2020-12' }),
});

/** The JSON Schema as the formatter likes it: short arrays on one line. */
export function jsonSchemaText(): string {
  const text = JSON.stringify(jsonSchema(), null, 2);
  return `${text.replace(/^(.*)\[\n([^[\]{}]*)\n *\]/gm, (whole, before: string, inner: string) => {
    const line = `${before}[${inner.trim().replace(/,\n */g, ', ')}]`;
    return line.length < 110 ? line : whole;
  })}\n`;
}

/** A small configuration that is a whole one. */
export const EXAMPLE = {
  $schema: './configuration.schema.json',
  services: [
    {
      id: 'sales',
      name: 'Sales',
      language: 'en',
      greeting: 'Hello! How can we help?',
      tags: ['sales'],
      channels: { chat: true, voice: true, video: true },
      offers: [
        { kind: 'chat' },
        { kind: 'video', when: 'staffed' },
        { kind: 'callback', when: 'open' },
        { kind: 'lead', when: 'unanswered' },
      ],
      hours: {
        zone: 'Europe/Berlin',
        week: { mon: ['09:00-17:30'], tue: ['09:00-17:30'], wed: ['09:00-12:00', '13:00-17:30'] },
        closed: ['2026-12-25'],
      },
      maxWaitSeconds: 180,
      files: { maxBytes: 5_000_000, types: ['image/*', 'application/pdf'] },
      responses: [{ id: 'hello', shortcut: 'hello', text: 'Hello {visitor}, this is {agent}.' }],
      invitations: [
        { id: 'cart', text: 'Questions before you order?', afterSeconds: 60, url: 'https://*/cart*' },
      ],
    },
  ],
  agents: [
    { id: 'anna', name: 'Anna', picture: '/anna.jpg', tags: ['sales'], languages: ['en', 'de'], limit: 5 },
  ],
  awayReasons: ['Break', 'Meeting'],
  origins: ['https://www.example.com'],
};

const INTRODUCTION = `# The configuration

One JSON file, named by \`VC_CONFIG\`, says which services there are, who answers them, and within which limits. This page
and [configuration.schema.json](configuration.schema.json) are made from the schema the server reads it by (\`npm run docs\`).
[demo/vicino.json](../demo/vicino.json) is a longer example.

\`\`\`json
${'EXAMPLE'}
\`\`\`

Editors that read JSON Schema complete and check the file when \`$schema\` names the address or path of
\`configuration.schema.json\`.

## Mistakes

The server does not start with a file that has one. It names every wrong field at once, one line each, with the reason:

\`\`\`
Cannot read the configuration /etc/vicino.json: services.0.maxWaitSeconds: Invalid type: Expected number but received "long"
Cannot read the configuration /etc/vicino.json: services.0.gretting: no such field exists
Cannot read the configuration /etc/vicino.json: services.1.offers.2.kind: the channel "video" is off
\`\`\`

Beside the fields themselves it checks what they say of one another: an offer or an invitation by a channel that is off, a
kind offered twice, a service without a way to begin, two responses of one service with the same id or shortcut, an
invitation without a condition, a picture that is no address, a TURN server without its credentials, video that begins with
voice where voice is off. Ids of services and of agents are unique.

## Changing it while the server runs

\`\`\`sh
kill -HUP PID
\`\`\`

reads the file again, without a restart and without anybody losing a connection. A file with mistakes is reported in the log,
one \`config.refused\` for each, and changes nothing. A good one (\`config.reloaded\`) holds from then on: for new contacts, for
who is offered which of those that wait, for hours, ways to begin, canned responses (with an agent's next connection),
invitations, origins and ICE servers. Contacts keep the settings they were opened with. An agent who is no longer in the file keeps their contacts and is offered
no more; a service that is gone takes no new ones. \`VC_SECRET\`, \`VC_STORE\` and \`PORT\` are read at the start alone.

## Fields

What is not required may be left out. Fields that are not listed are refused.
`;

/** The reference page, in Markdown. */
export function referencePage(): string {
  const introduction = INTRODUCTION.replace('EXAMPLE', () => exampleText());
  return `${introduction}\n${sectionsOf('The file', '', jsonSchema()).join('\n')}`;
}

const exampleText = (): string =>
  JSON.stringify(EXAMPLE, null, 2)
    // Innermost objects and arrays on one line, as one would write them.
    .replace(/[[{]\n\s+([^[\]{}]*?)\n\s+[\]}]/g, (whole, inner: string) => {
      const open = whole[0];
      const line = inner.replace(/,\n\s+/g, ', ');
      const text = open === '{' ? `{ ${line} }` : `[${line}]`;
      return text.length < 100 ? text : whole;
    });

/** A table of the fields of an object, and behind it those of the objects in it. */
function sectionsOf(title: string, path: string, schema: Schema): string[] {
  const fields = Object.entries(schema.properties ?? {}) as [string, Schema][];
  const rows = fields.map(([name, field]) => {
    const isRequired = schema.required?.includes(name) ?? false;
    const fallback = 'default' in field ? code(field.default) : isRequired ? 'required' : 'optional';
    return `| \`${name}\` | ${typeOf(field)} | ${fallback} | ${cell(field.description ?? '')} |`;
  });
  const table = ['| field | type | default | meaning |', '|---|---|---|---|', ...rows];
  const inner = fields.flatMap(([name, field]) => {
    const isList = field.type === 'array';
    const object = (isList ? field.items : field) as Schema;
    if (!isTold(object)) return [];
    const at = `${path}${name}${isList ? '[]' : ''}`;
    return sectionsOf(`\`${at}\``, `${at}.`, object);
  });
  return [`### ${title}\n\n${table.join('\n')}\n`, ...inner];
}

/** Whether the object has fields that need a table of their own. */
const isTold = (schema: Schema): boolean =>
  (Object.values(schema.properties ?? {}) as Schema[]).some(({ description }) => description !== undefined);

/** The type in words, with its bounds. */
function typeOf(schema: Schema): string {
  if (schema.anyOf) return (schema.anyOf as Schema[]).map(typeOf).join(' or ');
  if (schema.enum) return schema.enum.map(code).join(', ');
  if (schema.type === 'array') return `array of ${typeOf(schema.items as Schema)}`;
  if (schema.type === 'object')
    return isTold(schema)
      ? 'object'
      : `object of ${Object.keys(schema.properties ?? {})
          .map((name) => `\`${name}\``)
          .join(', ')}`;
  return [schema.type === 'string' ? 'text' : schema.type, boundsOf(schema)].filter(Boolean).join(', ');
}

function boundsOf({ minimum, maximum, maxLength, format, pattern }: Schema): string {
  if (minimum !== undefined && maximum !== undefined)
    return `${minimum.toLocaleString('en')} to ${maximum.toLocaleString('en')}`;
  if (format === 'date') return 'a date';
  const length = maxLength === undefined ? '' : `up to ${maxLength} characters`;
  return pattern === '^[A-Za-z0-9_-]+$' ? `${length} \`A–Z a–z 0–9 _ -\`` : length;
}

const code = (value: unknown): string => `\`${JSON.stringify(value)}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|');

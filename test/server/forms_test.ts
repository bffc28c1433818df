import assert from 'node:assert/strict';
import type { CallbackForm, LeadForm } from '../../core/protocol/schemas.ts';
import { checkForm, type FormContext } from '../../server/desk/forms.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A Friday. */
const NOW = Date.parse('2026-11-20T12:00Z');

const context = (more: Partial<FormContext> = {}): FormContext => ({
  service: { name: 'Sales', hours: undefined },
  country: null,
  now: NOW,
  ...more,
});

const callback = (more: Partial<CallbackForm> = {}): CallbackForm => ({
  kind: 'callback',
  name: 'Ada',
  number: '+49 30 1234567',
  wishedAt: null,
  zone: 'Europe/Berlin',
  text: '',
  ...more,
});

const lead = (more: Partial<LeadForm> = {}): LeadForm => ({
  kind: 'lead',
  name: '',
  email: 'ada@example.com',
  number: '',
  text: 'Do you repair lamps?',
  ...more,
});

/** The field that is to blame, or null. */
function blamed(form: CallbackForm | LeadForm, more: Partial<FormContext> = {}): string | null {
  const checked = checkForm(form, context(more));
  if (checked.ok) return null;
  assert.equal(checked.code, 'form.invalid');
  assert.match(checked.reason, /^\S.*[^.]$/s, 'the part of a sentence');
  return checked.field ?? 'none';
}

Deno.test('C1 a number is understood as where the visitor is writes it, and kept in E.164', () => {
  const cases: [string, string | null, string | null][] = [
    ['+49 30 1234567', null, '+49301234567'],
    ['+49 (0)30 1234567', 'US', '+49301234567'],
    ['030 1234567', 'DE', '+49301234567'],
    ['0049 30 1234567', 'DE', '+49301234567'],
    ['(202) 555-0143', 'US', '+12025550143'],
    [' +44 20 7946 0000 ', null, '+442079460000'],
    ['030 1234567', null, null],
    ['030 1234567', 'AQ', null],
    ['12', 'DE', null],
    ['+999 123 456', 'DE', null],
    ['call me', 'DE', null],
    ['my number is 030 1234567', 'DE', null],
    ['', 'DE', null],
  ];
  for (const [typed, country, number] of cases) {
    const checked = checkForm(callback({ number: typed }), context({ country }));
    assert.equal(checked.ok ? checked.form.number : null, number, typed);
    if (!checked.ok) assert.equal(checked.field, 'number');
  }
});

Deno.test('C1 a number that cannot be understood without its country says so', () => {
  const checked = checkForm(callback({ number: '030 1234567' }), context());
  assert.match(checked.ok ? '' : checked.reason, /\+ and the country code/);
});

Deno.test('C1 a callback is wished for now, or for a time of the next 60 days', () => {
  const cases: [number | null, string | null][] = [
    [null, null],
    [NOW, null],
    [NOW - 4 * MINUTE, null],
    [NOW - 6 * MINUTE, 'wishedAt'],
    [NOW + 59 * DAY, null],
    [NOW + 61 * DAY, 'wishedAt'],
    [0, 'wishedAt'],
  ];
  for (const [wishedAt, field] of cases) assert.equal(blamed(callback({ wishedAt })), field, `${wishedAt}`);
});

Deno.test('C1 a callback is wished for within business hours, where a service has them', () => {
  const day = ['09:00-17:00'];
  const week = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] };
  const hours = { zone: 'Europe/Berlin', week, closed: ['2026-11-24'] };
  const service = { name: 'Sales', hours };
  const cases: [string, string | null][] = [
    ['2026-11-20T15:59Z', null],
    ['2026-11-20T16:00Z', 'wishedAt'],
    ['2026-11-21T12:00Z', 'wishedAt'],
    ['2026-11-23T08:00Z', null],
    ['2026-11-23T07:59Z', 'wishedAt'],
    ['2026-11-24T12:00Z', 'wishedAt'],
  ];
  for (const [time, field] of cases)
    assert.equal(blamed(callback({ wishedAt: Date.parse(time) }), { service }), field, time);
  assert.equal(
    blamed(callback(), { service: { ...service, hours: { ...hours, week: { ...week, fri: [] } } } }),
    null,
  );
});

Deno.test('C1 a zone this platform does not know is no reason to refuse a callback', () => {
  const checked = checkForm(callback({ zone: 'Atlantis/Poseidonis' }), context());
  assert.equal(checked.ok && checked.form.kind === 'callback' && checked.form.zone, 'UTC');
});

Deno.test('C1 a lead has a message and a way to answer it', () => {
  const cases: [Partial<LeadForm>, string | null][] = [
    [{}, null],
    [{ email: '', number: '+49 30 1234567' }, null],
    [{ email: '  ', number: '' }, 'email'],
    [{ email: 'ada@example' }, 'email'],
    [{ email: 'ada at example.com' }, 'email'],
    [{ email: 'ada', number: '+49 30 1234567' }, 'email'],
    [{ number: '12' }, 'number'],
    [{ text: '  \n ' }, 'text'],
  ];
  for (const [more, field] of cases) assert.equal(blamed(lead(more)), field, JSON.stringify(more));
});

Deno.test('C1 what was typed around the words is left out', () => {
  const checked = checkForm(
    lead({ name: ' Ada ', email: ' ada@example.com ', text: '\nHello\n' }),
    context(),
  );
  assert.deepEqual(checked.ok && checked.form, {
    kind: 'lead',
    name: 'Ada',
    email: 'ada@example.com',
    number: '',
    text: 'Hello',
  });
});

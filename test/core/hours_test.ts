import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Hours, isOpen, nextChange, openSpans } from '../../core/service/hours.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const span = (from: string, to: string) => ({ from, to });
const everyDay = (zone: string, ...spans: { from: string; to: string }[]): Hours => ({
  zone,
  week: Object.fromEntries(WEEKDAYS.map((day) => [day, spans])),
  closed: [],
});
const office: Hours = {
  zone: 'Europe/Berlin',
  week: {
    mon: [span('09:00', '12:00'), span('13:00', '17:00')],
    fri: [span('09:00', '24:00')],
    sat: [span('00:00', '02:00')],
  },
  closed: ['2026-11-27'],
};
/** Wall-clock time of a zone, as a calendar of its own reckons it. */
const at = (zone: string, time: string): number =>
  Temporal.PlainDateTime.from(time).toZonedDateTime(zone).epochMilliseconds;
const told = (zone: string, spans: readonly { from: number; to: number }[]): string[] =>
  spans.map(({ from, to }) =>
    [from, to]
      .map((time) =>
        Temporal.Instant.fromEpochMilliseconds(time)
          .toZonedDateTimeISO(zone)
          .toPlainDateTime()
          .toString({ smallestUnit: 'minute' }),
      )
      .join(' – '),
  );

Deno.test('C18 S8 open within its spans: the first minute is, the last instant is not', () => {
  const table: [string, boolean][] = [
    ['2026-11-23T08:59:59.999', false],
    ['2026-11-23T09:00', true],
    ['2026-11-23T11:59:59.999', true],
    ['2026-11-23T12:00', false],
    ['2026-11-23T13:00', true],
    ['2026-11-23T17:00', false],
    ['2026-11-24T10:00', false],
    ['2026-11-20T23:59:59.999', true],
    ['2026-11-21T00:00', true],
    ['2026-11-21T02:00', false],
    ['2026-11-27T10:00', false],
    ['2026-11-28T01:00', true],
  ];
  for (const [time, expected] of table)
    assert.equal(isOpen(office, at('Europe/Berlin', time)), expected, time);
});

Deno.test('C18 the same instant is within hours in one zone and not in another', () => {
  const noon = Date.parse('2026-11-23T12:00Z');
  const table: [string, boolean][] = [
    ['UTC', true],
    ['Europe/Berlin', true],
    ['America/New_York', false],
    ['Asia/Kathmandu', false],
    ['Pacific/Kiritimati', false],
    ['Pacific/Pago_Pago', false],
    ['America/Sao_Paulo', true],
  ];
  for (const [zone, expected] of table)
    assert.equal(isOpen(everyDay(zone, span('09:00', '17:00')), noon), expected, zone);
});

Deno.test('C18 the days ahead: those that touch over midnight are one, closed dates are left out', () => {
  const thursday = at('Europe/Berlin', '2026-11-19T10:00');
  assert.deepEqual(told('Europe/Berlin', openSpans(office, thursday, 9)), [
    '2026-11-20T09:00 – 2026-11-21T02:00',
    '2026-11-23T09:00 – 2026-11-23T12:00',
    '2026-11-23T13:00 – 2026-11-23T17:00',
    '2026-11-28T00:00 – 2026-11-28T02:00',
  ]);
  const night = at('Europe/Berlin', '2026-11-21T01:00');
  assert.deepEqual(told('Europe/Berlin', openSpans(office, night, 0)), [
    '2026-11-20T09:00 – 2026-11-21T02:00',
  ]);
});

Deno.test('C18 spans of a day may be written in any order, and overlap', () => {
  const hours = everyDay('UTC', span('13:00', '17:00'), span('09:00', '12:00'), span('11:00', '12:30'));
  assert.deepEqual(told('UTC', openSpans(hours, Date.parse('2026-11-20T00:00Z'), 0)), [
    '2026-11-20T09:00 – 2026-11-20T12:30',
    '2026-11-20T13:00 – 2026-11-20T17:00',
  ]);
});

Deno.test('C18 the next change: opening, closing, or none in sight', () => {
  const zone = 'Europe/Berlin';
  const table: [string, string][] = [
    ['2026-11-23T08:00', '2026-11-23T09:00'],
    ['2026-11-23T09:00', '2026-11-23T12:00'],
    ['2026-11-23T12:00', '2026-11-23T13:00'],
    ['2026-11-23T17:00', '2026-11-28T00:00'],
    ['2026-11-20T22:00', '2026-11-21T02:00'],
  ];
  for (const [now, next] of table) assert.equal(nextChange(office, at(zone, now)), at(zone, next), now);
  assert.equal(nextChange({ zone, week: {}, closed: [] }, 0), null);
  assert.equal(isOpen({ zone, week: {}, closed: [] }, 0), false);
});

Deno.test('C18 a change of the clocks moves the hours with the wall clock, both ways', () => {
  const nineToFive = span('09:00', '17:00');
  const table: [string, string, string][] = [
    ['Europe/Berlin', '2026-03-28', '2026-03-28T08:00Z'],
    ['Europe/Berlin', '2026-03-29', '2026-03-29T07:00Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-25T08:00Z'],
    ['America/New_York', '2026-03-07', '2026-03-07T14:00Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T13:00Z'],
    ['America/New_York', '2026-11-01', '2026-11-01T14:00Z'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T22:30Z'],
  ];
  for (const [zone, date, opens] of table) {
    const [first] = openSpans(everyDay(zone, nineToFive), at(zone, `${date}T00:30`), 0);
    assert.deepEqual(first, { from: Date.parse(opens), to: Date.parse(opens) + 8 * HOUR }, `${zone} ${date}`);
  }
});

Deno.test('C18 a day of 23 hours, or of 25, is neither skipped nor told twice', () => {
  const hours = everyDay('Europe/Berlin', span('09:00', '10:00'), span('12:00', '13:00'));
  for (const [now, days] of [
    ['2026-03-28T23:30', ['2026-03-29', '2026-03-30']],
    ['2026-03-30T00:30', ['2026-03-30', '2026-03-31']],
    ['2026-10-25T00:30', ['2026-10-25', '2026-10-26']],
    ['2026-10-25T23:30', ['2026-10-26']],
  ] as const) {
    const ahead = now.startsWith('2026-03-28') ? 2 : 1;
    assert.deepEqual(
      told('Europe/Berlin', openSpans(hours, at('Europe/Berlin', now), ahead)),
      days.flatMap((day) => [`${day}T09:00 – ${day}T10:00`, `${day}T12:00 – ${day}T13:00`]),
      now,
    );
  }
});

Deno.test('C18 an hour that the clocks leave out, or show twice, opens once', () => {
  for (const [zone, spring, autumn] of [
    ['Europe/Berlin', '2026-03-29', '2026-10-25'],
    ['America/New_York', '2026-03-08', '2026-11-01'],
  ] as const) {
    const early = zone === 'Europe/Berlin' ? '02:30' : '01:30';
    const hours = (from: string) => everyDay(zone, span(from, '05:00'));
    // As Temporal has it: after the gap, and the first of two.
    for (const [date, from] of [
      [spring, '02:30'],
      [autumn, early],
    ] as const) {
      const now = at(zone, `${date}T00:30`);
      const spans = openSpans(hours(from), now, 0);
      assert.deepEqual(spans, [{ from: at(zone, `${date}T${from}`), to: at(zone, `${date}T05:00`) }], date);
    }
  }
});

const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Santiago',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
);
/** Minutes of a day at which no zone changes its clocks. */
const minute = fc.oneof(fc.constantFrom(0, 1440), fc.integer({ min: 4 * 60, max: 22 * 60 + 59 }));
const time = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const daySpan = fc
  .tuple(minute, minute)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => span(time(Math.min(a, b)), time(Math.max(a, b))));
const start = Date.parse('2026-01-01T00:00Z');
/** Any minute of two years, and more often those around the changes of the clocks. */
const now = fc.oneof(
  fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }).map((minutes) => start + minutes * MINUTE),
  fc
    .tuple(
      fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-09-06', '2026-10-25', '2026-11-01'),
      fc.integer({ min: -36 * 60, max: 36 * 60 }),
    )
    .map(([date, minutes]) => Date.parse(date) + minutes * MINUTE),
);
const hours: fc.Arbitrary<Hours> = fc.record({
  zone,
  week: fc.record(Object.fromEntries(WEEKDAYS.map((day) => [day, fc.array(daySpan, { maxLength: 3 })])), {
    requiredKeys: [],
  }),
  closed: fc.uniqueArray(fc.constantFrom('2026-03-29', '2026-10-25', '2026-11-01', '2026-06-15'), {
    maxLength: 2,
  }),
});

/** Whether the clocks of the zone show a time within hours. */
function showsOpen({ zone, week, closed }: Hours, at: number): boolean {
  const clock = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  if (closed.includes(clock.toPlainDate().toString())) return false;
  const shown = time(clock.hour * 60 + clock.minute);
  const spans = week[WEEKDAYS[clock.dayOfWeek - 1] ?? 'mon'] ?? [];
  return spans.some(({ from, to }) => from <= shown && shown < to);
}

Deno.test('C18 S8 whatever the hours, they are open exactly when the clocks of their zone say so', () => {
  fc.assert(
    fc.property(hours, now, (hours, now) => {
      assert.equal(isOpen(hours, now), showsOpen(hours, now));
    }),
    { numRuns: 3_000 },
  );
});

Deno.test('C18 whatever the hours, the spans are in order, apart, ahead, and agree with every instant', () => {
  fc.assert(
    fc.property(hours, now, fc.integer({ min: 0, max: 8 }), (hours, now, days) => {
      const spans = openSpans(hours, now, days);
      for (const [index, { from, to }] of spans.entries()) {
        assert.ok(from < to && to > now);
        assert.ok(from > (spans[index - 1]?.to ?? 0), 'those that touch are one');
        for (const [instant, open] of [
          [from, true],
          [from - 1, false],
          [to - 1, true],
        ] as const)
          if (instant >= now) assert.equal(isOpen(hours, instant), open);
      }
      // Twenty-three hours are within every last day, whatever the clocks do.
      for (let hour = 0; hour <= days * 23; hour += 5) {
        const instant = now + hour * HOUR;
        assert.equal(
          spans.some(({ from, to }) => from <= instant && instant < to),
          isOpen(hours, instant),
          new Date(instant).toISOString(),
        );
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test('C18 until the next change nothing changes, and at it everything does', () => {
  fc.assert(
    fc.property(hours, now, (hours, now) => {
      const open = isOpen(hours, now);
      const next = nextChange(hours, now);
      if (next === null) return assert.equal(open, false);
      assert.ok(next > now);
      assert.equal(isOpen(hours, next - 1), open);
      // Who never closes changes never: then it is only where the days looked at end.
      if (next < now + 8 * DAY) assert.equal(isOpen(hours, next), !open);
      for (let instant = now; instant < next; instant += 7 * HOUR) assert.equal(isOpen(hours, instant), open);
    }),
    { numRuns: 500 },
  );
});

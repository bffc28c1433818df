import assert from 'node:assert/strict';
import { countryOf } from '../../server/desk/country.ts';

Deno.test('C4 the country follows from the time zone of the browser, under any name the zone has', () => {
  const cases: [string | undefined, string | null][] = [
    ['Europe/Berlin', 'DE'],
    ['Europe/Busingen', 'DE'],
    ['Europe/Zurich', 'CH'],
    ['America/New_York', 'US'],
    ['Asia/Kolkata', 'IN'],
    ['Asia/Calcutta', 'IN'],
    ['Europe/Kyiv', 'UA'],
    ['Europe/Belgrade', 'RS'],
    ['America/Puerto_Rico', 'PR'],
    ['Africa/Porto-Novo', 'BJ'],
    ['Australia/Sydney', 'AU'],
    ['UTC', null],
    ['Etc/GMT+3', null],
    ['Atlantis/Poseidonis', null],
    [undefined, null],
  ];
  for (const [zone, country] of cases) assert.equal(countryOf(null, zone), country, zone);
});

Deno.test('C4 what a trusted proxy says of the country comes first, where it knows', () => {
  assert.equal(countryOf('fr', 'Europe/Berlin'), 'FR');
  assert.equal(countryOf(' FR ', undefined), 'FR');
  for (const unknown of ['XX', 'T1', '', 'France', '<b>'])
    assert.equal(countryOf(unknown, 'Europe/Berlin'), 'DE', unknown);
});

import assert from 'node:assert/strict';
import { closeContact, download, inConversation, panel, say, sees, someoneWaits } from '../people.ts';
import { scene } from '../product.ts';

/** The cells of a CSV without quotation marks in its texts, by line. */
const cells = (csv: string): string[][] =>
  csv
    .replace(/^\ufeff/, '')
    .trim()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/"([^"]*)"|[^,]+|(?<=^|,)(?=,|$)/g)].map(([cell, quoted]) => quoted ?? cell),
    );

scene(
  'C17 M9 S12 both see the end; the visitor rates, both keep the conversation, the report counts it',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk, 'Which bulb fits Halo?');
    await say(desk, 'E27, up to 60 watts');
    await sees(shop, 'E27');
    await panel(desk).getByRole('button', { name: 'Note', exact: true }).click();
    await panel(desk).getByRole('textbox', { name: 'Note' }).fill('Bought twice already');
    await panel(desk).getByRole('button', { name: 'Send note' }).click();
    await sees(panel(desk), 'Bought twice already');
    await closeContact(desk);
    await panel(desk)
      .getByText(/^Ended at/)
      .waitFor();
    await shop.getByRole('heading', { name: 'This conversation has ended' }).waitFor();
    await shop.getByText(/^Anna ended it at/).waitFor();

    await shop.getByRole('radio', { name: '4 of 5' }).check();
    await shop.getByRole('textbox', { name: /like to add/ }).fill('Quick and kind');
    await shop.getByRole('button', { name: 'Send rating' }).click();
    await shop.getByText('Thank you for your rating.').waitFor();
    await sees(panel(desk), /4 of 5\. Quick and kind/);

    const theirs = await download(
      shop,
      shop.getByRole('button', { name: 'Download conversation', exact: true }),
    );
    assert.match(theirs.name, /^conversation-.*-anna\.txt$/);
    for (const part of [
      /Which bulb fits Halo\?/,
      /Anna: E27, up to 60 watts/,
      /Rating: 4 of 5\. Quick and kind/,
    ])
      assert.match(theirs.text, part);
    assert.doesNotMatch(theirs.text, /Bought twice/);
    const data = await download(shop, shop.getByRole('button', { name: 'Download conversation as JSON' }));
    const saved = JSON.parse(data.text);
    assert.deepEqual(saved.rating, { score: 4, comment: 'Quick and kind' });
    assert.equal(saved.service, 'Sales');
    const said = (entries: { type: string; text: string }[], type: string) =>
      entries.filter((entry) => entry.type === type).map(({ text }) => text);
    const messages = ['Which bulb fits Halo?', 'E27, up to 60 watts'];
    assert.deepEqual(said(saved.entries, 'message'), messages);
    assert.deepEqual(said(saved.entries, 'note'), []);

    const save = async (format: string) => {
      await panel(desk).getByRole('button', { name: 'Download conversation' }).click();
      return await download(desk, panel(desk).getByRole('button', { name: format }));
    };
    assert.match((await save('As text')).text, /\[Note by Anna\] Bought twice already/);
    const ours = JSON.parse((await save('As JSON')).text);
    assert.deepEqual(said(ours.entries, 'message'), messages);
    assert.deepEqual(said(ours.entries, 'note'), ['Bought twice already']);

    await desk.getByRole('button', { name: 'Reports' }).click();
    const reports = desk.getByRole('region', { name: 'Reports', exact: true });
    const column = async (table: string, line: string, heading: string) => {
      const region = reports.getByRole('region', { name: table });
      const headings = await region.getByRole('columnheader').allInnerTexts();
      const row = region.getByRole('row').filter({ has: desk.getByRole('rowheader', { name: line }) });
      return await row
        .getByRole('cell')
        .nth(headings.indexOf(heading) - 1)
        .textContent();
    };
    await reports.getByRole('region', { name: 'By service' }).waitFor();
    assert.equal(await column('By service', 'Sales', 'Contacts'), '1');
    assert.equal(await column('By service', 'Sales', 'Taken'), '1');
    assert.equal(await column('By service', 'Sales', 'Rating'), '4.0 (1)');
    assert.equal(await column('By agent', 'Anna', 'Taken'), '1');
    const [head = [], ...lines] = cells(
      (await download(desk, reports.getByRole('button', { name: 'Download CSV' }))).text,
    );
    const sum = (heading: string) =>
      lines.reduce((total, line) => total + Number(line[head.indexOf(heading)]), 0);
    for (const heading of ['Contacts', 'Taken', 'Ended', 'Rated']) assert.equal(sum(heading), 1, heading);
    assert.equal(sum('Average rating'), 4);
    await reports.getByRole('button', { name: 'Back to conversations' }).click();

    await panel(desk).getByRole('button', { name: 'Put away' }).click();
    await shop.getByRole('button', { name: 'Start a new conversation' }).click();
    await say(shop, 'One more thing');
    await someoneWaits(desk);
  },
);

import { expect } from '@open-wc/testing';
import { reportCsv } from '../../../components/elements/agent-console/report-csv.ts';
import { eachDay, lastDays } from '../../../components/elements/agent-console/report-days.ts';
import { byAgent, byDay, byService, sumsOf } from '../../../components/elements/agent-console/report-sums.ts';
import { VcReportPage } from '../../../components/elements/agent-console/vc-report-page.ts';
import { emptyRow, type Report, type ReportRow } from '../../../core/reports/rows.ts';
import { until } from '../until.ts';
import { all, button, one, openDesk, settled, textOf, texts } from './open-desk.ts';

const row = (day: string, service: string, agent: string | null, more: Partial<ReportRow>): ReportRow => ({
  ...emptyRow(day, service, agent),
  ...more,
});

const REPORT: Report = {
  from: '2026-11-18',
  to: '2026-11-20',
  services: { sales: 'Sales', support: 'Support' },
  agents: { anna: 'Anna', ben: 'Ben' },
  rows: [
    row('2026-11-18', 'sales', null, { opened: 6, dissuaded: 1, abandoned: 1 }),
    row('2026-11-18', 'sales', 'anna', {
      taken: 3,
      waitSum: 30,
      waitMax: 20,
      answered: 2,
      firstAnswerSum: 8,
    }),
    row('2026-11-20', 'sales', 'ben', { taken: 1, waitSum: 90, waitMax: 90, ended: 1, durationSum: 600 }),
    row('2026-11-20', 'support', null, { opened: 2, converted: 1 }),
    row('2026-11-20', 'support', 'anna', { taken: 1, rated: 2, scoreSum: 9, transferred: 1 }),
  ],
};

describe('report sums', () => {
  it('S12 takes averages of all contacts, not of rows', () => {
    const sums = sumsOf(REPORT.rows);
    expect(sums.opened).to.equal(8);
    expect(sums.taken).to.equal(5);
    expect(sums.wait).to.equal(24);
    expect(sums.waitLongest).to.equal(90);
    expect(sums.firstAnswer).to.equal(4);
    expect(sums.duration).to.equal(600);
    expect(sums.rating).to.equal(4.5);
  });

  it('S12 has no average of nothing', () => {
    const { opened, wait, waitLongest, firstAnswer, duration, rating } = sumsOf([]);
    expect(opened).to.equal(0);
    expect([wait, waitLongest, firstAnswer, duration, rating]).to.deep.equal([null, null, null, null, null]);
  });

  it('S12 adds up by service, by agent and by day', () => {
    expect(byService(REPORT).map(({ name, sums }) => [name, sums.opened, sums.taken])).to.deep.equal([
      ['Sales', 6, 4],
      ['Support', 2, 1],
    ]);
    expect(byAgent(REPORT).map(({ name, sums }) => [name, sums.taken])).to.deep.equal([
      ['Anna', 4],
      ['Ben', 1],
    ]);
    expect(byDay(REPORT).map(({ day, sums }) => [day, sums.taken])).to.deep.equal([
      ['2026-11-18', 3],
      ['2026-11-19', 0],
      ['2026-11-20', 2],
    ]);
  });

  it('S12 names who left the configuration by their id', () => {
    expect(byAgent({ ...REPORT, agents: {} }).map(({ name }) => name)).to.deep.equal(['anna', 'ben']);
  });

  it('S12 counts days over the ends of months and the changes of clocks', () => {
    expect(eachDay({ from: '2026-02-27', to: '2026-03-02' })).to.deep.equal([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    ]);
    expect(eachDay({ from: '2026-01-01', to: '2026-12-31' }).length).to.equal(365);
    expect(lastDays(3, new Date(2026, 2, 1, 0, 30).getTime())).to.deep.equal({
      from: '2026-02-27',
      to: '2026-03-01',
    });
  });
});

describe('report CSV', () => {
  const lines = (report: Report) => reportCsv(report).split('\r\n');

  it('S12 has one line per day, service and agent, of the same numbers', () => {
    const [head, first, second, ...rest] = lines(REPORT);
    expect(head).to.match(/^Day,Service,Agent,Contacts,Taken,"Average wait, seconds",/);
    expect(first).to.match(/^2026-11-18,Sales,,6,0,,,1,1,/);
    expect(second).to.match(/^2026-11-18,Sales,Anna,0,3,10,20,0,0,/);
    expect(rest.length, 'three more, and the end of the last').to.equal(4);
    expect(rest.at(-1)).to.equal('');
  });

  for (const [title, name, written] of [
    ['a comma', 'Sales, north', '"Sales, north"'],
    ['a quote', 'The "best"', '"The ""best"""'],
    ['a line break', 'Sales\nnorth', '"Sales\nnorth"'],
    ['a formula', '=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['a plus', '+49', "'+49"],
    ['an at sign', '@sum', "'@sum"],
    ['a minus', '-1', "'-1"],
    ['nothing special', 'Müller & Söhne', 'Müller & Söhne'],
  ] as const)
    it(`S12 writes a name with ${title} safely`, () => {
      const csv = reportCsv({ ...REPORT, services: { sales: name }, rows: REPORT.rows.slice(0, 1) });
      expect(csv.slice(csv.indexOf('\r\n') + 2)).to.match(/^2026-11-18,/);
      expect(csv).to.contain(`2026-11-18,${written},,6,`);
    });
});

describe('vc-reports', () => {
  async function reportDesk(options: Parameters<typeof openDesk>[0] = {}, answer = async () => REPORT) {
    const desk = await openDesk(options);
    desk.reportIs(answer);
    desk.greet({ reports: true });
    await settled(desk.element);
    button(desk.element, 'Reports').click();
    await until(() => all(desk.element, 'section[aria-label="Reports"]').length === 1, 'the page is there');
    await settled(desk.element);
    return { ...desk, page: one(desk.element, 'vc-reports') };
  }
  const states = (root: Element) => texts(root, '.state').join();
  const shown = (root: Element) => until(() => all(root, 'table').length === 2, 'the tables are there');

  for (const theme of ['light', 'dark'] as const)
    for (const width of [375, 768, 1440])
      it(`S12 is accessible in ${theme}, ${width} px wide`, async () => {
        const { element, page } = await reportDesk({ theme, width });
        await shown(page);
        button(page, 'Other days').click();
        await settled(element);
        await shown(page);
        await expect(element).to.be.accessible();
      });

  it('S12 is offered only to who may read them', async () => {
    const { element, welcome } = await openDesk();
    welcome();
    await settled(element);
    expect(all(element, '[aria-label="Reports"]')).to.deep.equal([]);
  });

  it('S12 shows both tables with totals, and what the plots say as text', async () => {
    const { page } = await reportDesk();
    await shown(page);
    const [services, agents] = all(page, 'table');
    const cells = (table: Element | undefined) =>
      table ? all(table, 'tbody tr, tfoot tr').map((line) => all(line, 'th, td').map(textOf)) : [];
    expect(cells(services)).to.deep.equal([
      ['Sales', '6', '4', '0:30', '1:30', '1', '1', '0:04', '10:00', '–'],
      ['Support', '2', '1', '0:00', '0:00', '0', '0', '–', '–', '4.5 (2)'],
      ['Total', '8', '5', '0:24', '1:30', '1', '1', '0:04', '10:00', '4.5 (2)'],
    ]);
    expect(cells(agents).map((line) => line.slice(0, 3))).to.deep.equal([
      ['Anna', '4', '0:08'],
      ['Ben', '1', '1:30'],
      ['Total', '5', '0:24'],
    ]);
    const [outcomes, waits] = all(page, 'figure [role=img]').map((each) => each.getAttribute('aria-label'));
    expect(outcomes).to.match(/5 taken, 1 dissuaded, 1 abandoned in all\. Most on .*18.*: 5\./);
    expect(waits).to.match(/0:24 over all days\. Longest on .*20.*: 0:45\./);
    expect(all(page, 'rect[data-outcome=taken]').length).to.equal(4);
  });

  it('S12 asks for the days chosen, and not for days in the wrong order', async () => {
    const { element, page, asked } = await reportDesk();
    await shown(page);
    expect(asked.at(-1)).to.deep.equal(['readReport', lastDays(7, Date.now())]);
    button(page, 'Today').click();
    await settled(element);
    expect(asked.at(-1)).to.deep.equal(['readReport', lastDays(1, Date.now())]);
    expect(button(page, 'Today').getAttribute('aria-pressed')).to.equal('true');
    button(page, 'Other days').click();
    await settled(element);
    const [from, to] = all<HTMLInputElement>(page, 'input');
    const pick = async (input: HTMLInputElement | undefined, day: string) => {
      if (!input) return;
      input.value = day;
      input.dispatchEvent(new Event('change'));
      await settled(element);
    };
    await pick(to, '2026-11-10');
    await pick(from, '2026-11-20');
    const before = asked.length;
    expect(texts(page, '.state')[0]).to.contain('The last day lies before the first.');
    expect(from?.getAttribute('aria-invalid')).to.equal('true');
    await pick(from, '');
    expect(texts(page, '.state')[0]).to.contain('Choose a first and a last day.');
    expect(asked.length).to.equal(before);
    await pick(from, '2026-11-01');
    expect(asked.at(-1)).to.deep.equal(['readReport', { from: '2026-11-01', to: '2026-11-10' }]);
  });

  it('S12 drops an answer that comes too late', async () => {
    const answers: ((report: Report) => void)[] = [];
    const { element, page } = await reportDesk({}, () => new Promise<Report>((done) => answers.push(done)));
    expect(states(page)).to.contain('Counting');
    button(page, 'Today').click();
    await settled(element);
    answers[1]?.({ ...REPORT, rows: [] });
    await until(() => states(page).includes('No contacts in these days'), 'the newer answer');
    answers[0]?.(REPORT);
    await settled(element);
    expect(all(page, 'table')).to.deep.equal([]);
    expect((button(page, 'Download CSV') as HTMLButtonElement).disabled).to.equal(true);
  });

  it('S12 says why there is no report, and tries again', async () => {
    let fail = true;
    const { element, page } = await reportDesk({}, async () => {
      if (fail) throw new Error('Cannot read the report: you may not see it.');
      return REPORT;
    });
    await until(() => states(page).includes('you may not see it'), 'says why');
    fail = false;
    button(page, 'Try again').click();
    await settled(element);
    await shown(page);
  });

  it('S12 saves the numbers as a file', async () => {
    const { element, page } = await reportDesk();
    await shown(page);
    const saved: string[] = [];
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function () {
      saved.push(this.download);
    };
    button(page, 'Download CSV').click();
    HTMLAnchorElement.prototype.click = click;
    await settled(element);
    expect(saved).to.deep.equal(['contacts-2026-11-18-2026-11-20.csv']);
  });

  it('S12 gives way to the conversations, which stay meanwhile', async () => {
    const { element, page, assign } = await reportDesk();
    assign();
    await settled(element);
    const assigned = one(element, 'vc-assigned');
    expect(assigned.checkVisibility()).to.equal(false);
    button(page, 'Back to conversations').click();
    await until(() => assigned.checkVisibility(), 'the conversations');
    expect(all(element, 'vc-reports')).to.deep.equal([]);
    button(element, 'Reports').click();
    await until(() => all(element, 'vc-reports').length === 1, 'again');
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'r', bubbles: true }));
    await until(() => assigned.checkVisibility(), 'the conversations, to write a reply');
  });

  it('S12 says so when the page cannot be loaded', async () => {
    const { load } = VcReportPage;
    VcReportPage.load = () => Promise.reject(new Error('no network'));
    const { element, greet, reportIs } = await openDesk();
    greet({ reports: true });
    reportIs(async () => REPORT);
    await settled(element);
    button(element, 'Reports').click();
    const said = () => texts(element, '[role=status]').join();
    await until(() => said().includes('could not be loaded'), 'says so');
    VcReportPage.load = load;
    button(element, 'Try again').click();
    await until(() => all(element, 'table').length === 2, 'the reports');
  });
});

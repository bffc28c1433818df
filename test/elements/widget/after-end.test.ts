import { expect } from '@open-wc/testing';
import { until } from '../until.ts';
import { focusedElement } from './focused-element.ts';
import { inWidget } from './in-widget.ts';

const ENDED = { phase: 'ended', endedBy: 'agent', endedAt: new Date().setHours(12, 0) } as const;
const TIME = new Intl.DateTimeFormat(navigator.language, { timeStyle: 'short' }).format(ENDED.endedAt);

const ended = async (change = {}, options = {}) => {
  const made = await inWidget(options);
  made.show({ ...ENDED, ...change });
  await customElements.whenDefined('vc-after-end');
  await until(() => made.all('button', 'Download conversation').length);
  return made;
};

describe('after the end in vc-widget', () => {
  for (const theme of ['light', 'dark']) {
    it(`C17 is accessible before and after the rating (${theme})`, async () => {
      const { widget, all, show, text, rest } = await ended({}, { theme });
      all('input')[2]?.click();
      await until(() => all('textarea').length);
      await rest();
      await expect(widget).to.be.accessible();
      show({ ...ENDED, rating: { score: 3, comment: '' } });
      await until(() => text().includes('Thank you for your rating.'));
      await rest();
      await expect(widget).to.be.accessible();
    });
  }

  it('C17 says who ended it, and when', async () => {
    const { show, text } = await ended();
    expect(text()).to.contain(`Anna ended it at ${TIME}.`);
    show({ ...ENDED, endedBy: 'visitor' });
    await until(() => text().includes(`You ended it at ${TIME}.`));
    show({ ...ENDED, endedBy: 'system' });
    await until(() => text().includes(`It ended at ${TIME}.`));
  });

  it('C17 takes a rating of one to five and a comment, and says thanks', async () => {
    const { all, button, session, show, text } = await ended();
    expect(all('[role="radiogroup"]')).to.have.length(1);
    expect(all('input[type="radio"]').map(({ ariaLabel }) => ariaLabel)).to.deep.equal([
      '1 of 5, poor',
      '2 of 5, fair',
      '3 of 5, good',
      '4 of 5, very good',
      '5 of 5, excellent',
    ]);
    expect(all('button', 'Send rating')).to.be.empty;
    all('input[type="radio"]')[3]?.click();
    await until(() => all('textarea').length);
    (all('textarea')[0] as HTMLTextAreaElement).value = ' Quick, and kind ';
    button('Send rating').click();
    await until(() => session().asked.includes('rate 4 Quick, and kind'));
    show({ ...ENDED, rating: { score: 4, comment: 'Quick, and kind' } });
    await until(() => text().includes('Thank you for your rating.'));
    expect(all('[role="img"]', '4 of 5')).to.have.length(1);
    expect(all('input')).to.be.empty;
    expect(focusedElement()?.className).to.equal('thanks');
  });

  it('C17 asks nobody for a rating whom nobody answered', async () => {
    const { all } = await ended({ takenAt: null, agent: null });
    expect(all('[role="radiogroup"]')).to.be.empty;
  });

  it('M9 gives the conversation as text and as JSON', async () => {
    const { button, widget } = await ended();
    const asked: unknown[] = [];
    widget.addEventListener('vc-transcript-request', (event) => {
      event.preventDefault();
      asked.push(event.detail);
    });
    button('Download conversation').click();
    button('Download conversation as JSON').click();
    expect(asked).to.deep.equal([
      { contact: 'c1', format: 'text' },
      { contact: 'c1', format: 'json' },
    ]);
  });
});

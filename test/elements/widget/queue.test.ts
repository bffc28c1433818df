import { expect } from '@open-wc/testing';
import type { ContactView } from '../../../core/protocol/server-frames.ts';
import { until } from '../until.ts';
import { aService } from './fake-session.ts';
import { inWidget } from './in-widget.ts';

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const anna = (picture: string | null): Partial<ContactView> => ({
  agent: { id: 'anna', name: 'Anna', picture, voice: true, video: true },
});

const waiting = async (options = {}) => {
  const made = await inWidget(options);
  made.session().visitor.dispatch({
    type: 'service',
    service: aService({ fallbacks: ['callback', 'lead'], typingPreview: true }),
  });
  made.show({ phase: 'waiting', agent: null, takenAt: null });
  await until(() => made.all('[role="status"] h2').length);
  return made;
};

describe('queue facts in vc-widget', () => {
  for (const theme of ['light', 'dark']) {
    it(`C18 is accessible while waiting (${theme})`, async () => {
      const { widget, session, text, rest } = await waiting({ theme });
      session().contact.dispatch({ type: 'told', told: { queue: { position: 2, expected: 180 } } });
      await until(() => text().includes('number 2'));
      await rest();
      await expect(widget).to.be.accessible();
    });
  }

  it('C18 tells the place in the queue and the expected wait, as far as known', async () => {
    const { session, text } = await waiting();
    expect(text()).to.contain('You are in the queue');
    const at = (position: number, expected: number | null) =>
      session().contact.dispatch({ type: 'told', told: { queue: { position, expected } } });
    at(3, 400);
    await until(() => text().includes('You are number 3 in the queue'));
    expect(text()).to.contain('It takes about 7 minutes. You can write already.');
    at(1, 30);
    await until(() => text().includes('You are next in the queue'));
    expect(text()).to.contain('It takes about a minute.');
    at(1, null);
    await until(() => text().includes('Somebody will be with you shortly. You can write already.'));
    expect(text()).not.to.contain('about');
  });

  it('C7 offers to leave word while waiting, as the service allows', async () => {
    const { session, all } = await waiting();
    expect(all('button', 'Call me back')).to.have.length(1);
    expect(all('button', 'Leave a message')).to.have.length(1);
    session().visitor.dispatch({ type: 'service', service: aService() });
    await until(() => !all('button', 'Call me back').length);
  });

  it('C18 shows the name and the picture of the agent, or the initial where there is none', async () => {
    const { show, all } = await waiting();
    show(anna(PIXEL));
    await until(() => all('h1', 'Anna').length);
    expect((all('.avatar img')[0] as HTMLImageElement).src).to.equal(PIXEL);
    show(anna('data:image/png;base64,broken'));
    await until(() => all('.avatar')[0]?.textContent?.trim() === 'A');
    expect(all('.avatar img')).to.be.empty;
  });

  it('C18 finds a picture that lies on the server', async () => {
    const { show, all } = await waiting();
    show(anna('/docs/screenshots/hero.png'));
    await until(() => all('.avatar img').length);
    const { src } = all('.avatar img')[0] as HTMLImageElement;
    expect(src).to.equal(new URL('/docs/screenshots/hero.png', location.origin).href);
  });

  it('M3 says that the agent sees what is typed, where that is so', async () => {
    const { session, text } = await waiting();
    expect(text()).to.contain('The agent sees what you write.');
    session().visitor.dispatch({ type: 'service', service: aService() });
    await until(() => !text().includes('The agent sees what you write.'));
  });

  it('M4 lets files be chosen once there is a conversation, within what the service takes', async () => {
    const { session, all } = await inWidget();
    const files = { maxBytes: 1_000, types: ['image/png', 'application/pdf'] };
    session().visitor.dispatch({ type: 'service', service: aService({ files }) });
    await until(() => all('button', 'Chat').length);
    const attach = () => all('vc-composer')[0]?.querySelector('vc-attach');
    expect(attach()).to.be.null;
    session().contact.dispatch({ type: 'identified', id: 'c1' });
    await customElements.whenDefined('vc-attach');
    await until(() => attach()?.maxBytes === 1_000);
    expect(attach()?.accept).to.equal('image/png,application/pdf');
  });
});

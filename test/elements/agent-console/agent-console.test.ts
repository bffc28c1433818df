import { expect, nextFrame } from '@open-wc/testing';
import { VcAgentConsole } from '../../../components/elements/agent-console/vc-agent-console.ts';
import { fakeDesk, waitingEntry } from './fake-desk.ts';
import { button, openDesk, panel, region, requests, settled, texts } from './open-desk.ts';

describe('vc-agent-console', () => {
  for (const theme of ['light', 'dark'] as const)
    for (const width of [375, 768, 1280])
      it(`E2 is accessible in ${theme}, ${width} px wide`, async () => {
        const { element, desk, welcome, assign } = await openDesk({ theme, width });
        welcome(waitingEntry());
        assign();
        desk.dispatch({
          type: 'noticed',
          notice: { code: 'offline', message: 'Cannot do that now: no connection' },
        });
        desk.dispatch({ type: 'connection', connection: 'offline' });
        await settled(element);
        await expect(element).to.be.accessible();
      });

  it('E2 hands a fresh token to its session, and begins another one for another server', async () => {
    const { element, asked } = await openDesk();
    const made: { server: string; token: string }[] = [];
    VcAgentConsole.createSession = ({ server, token }) => {
      made.push({ server, token });
      return fakeDesk().session;
    };
    element.token = 'second';
    await settled(element);
    expect(asked).to.deep.equal([['setToken', 'second']]);
    element.server = 'https://other.example';
    await settled(element);
    expect(asked.at(-1)).to.deep.equal(['close']);
    expect(made).to.deep.equal([{ server: 'https://other.example', token: 'second' }]);
  });

  it('E2 waits for a token', async () => {
    const made: string[] = [];
    VcAgentConsole.createSession = ({ token }) => {
      made.push(token);
      return fakeDesk().session;
    };
    const element = document.createElement('vc-agent-console');
    document.body.append(element);
    await settled(element);
    expect(made).to.deep.equal([]);
    element.token = 'late';
    await settled(element);
    expect(made).to.deep.equal(['late']);
    element.remove();
  });

  it('E2 survives being taken out and put back, with its conversations', async () => {
    const { element, box, desk, welcome, assign, asked } = await openDesk();
    welcome();
    assign();
    await settled(element);
    element.remove();
    // A router that puts it back takes its time.
    for (let frame = 0; frame < 3; frame++) await nextFrame();
    desk.dispatch({ type: 'waiting-put', entry: waitingEntry({ name: 'Jon' }) });
    box.append(element);
    await settled(element);
    expect(panel(element, 'Mara Lindqvist').checkVisibility()).to.equal(true);
    button(region(element, 'Waiting'), 'Take Jon').click();
    await settled(element);
    expect(asked.filter(([verb]) => verb !== 'setToken')).to.deep.equal([['take', 'w1']]);
  });

  it('E2 ends its session when nobody puts it back', async () => {
    const { element, asked } = await openDesk();
    const { setTimeout } = window;
    const due: (() => void)[] = [];
    window.setTimeout = ((callback: () => void) => due.push(callback)) as typeof setTimeout;
    element.remove();
    window.setTimeout = setTimeout;
    expect(asked).to.deep.equal([]);
    for (const callback of due) callback();
    expect(asked).to.deep.equal([['close']]);
  });

  it('E2 does nothing about a request the host application cancels', async () => {
    const { element, box, welcome, asked } = await openDesk();
    welcome(waitingEntry());
    await settled(element);
    const seen = requests(box, 'vc-take-request');
    button(element, 'Take next contact').click();
    await settled(element);
    expect(seen).to.deep.equal([{ contact: 'w1' }]);
    expect(asked).to.deep.equal([]);
  });

  it('E2 tells the host application who waits and what was taken', async () => {
    const { element, welcome, assign } = await openDesk();
    const facts: unknown[] = [];
    for (const type of ['vc-waiting-changed', 'vc-contact-taken'] as const)
      element.addEventListener(type, ({ type, detail }) => facts.push([type, detail]));
    welcome(waitingEntry());
    assign();
    expect(facts).to.deep.equal([
      ['vc-waiting-changed', { waiting: 1 }],
      ['vc-contact-taken', { contact: 'c1' }],
    ]);
  });

  it('C8 shows a refusal until it is dismissed', async () => {
    const { element, desk, asked } = await openDesk();
    desk.dispatch({
      type: 'noticed',
      notice: { code: 'agent.at-capacity', message: 'Cannot take: 4 are enough' },
    });
    await settled(element);
    expect(texts(element, '.toast b')).to.deep.equal(['You have enough conversations']);
    button(element, 'Dismiss').click();
    await settled(element);
    expect(asked).to.deep.equal([['dismissNotice', null]]);
    desk.dispatch({ type: 'noticed', notice: null });
    await settled(element);
    expect(texts(element, '.toast')).to.deep.equal([]);
  });

  it('E2 may be registered twice', async () => {
    const define = '../../../components/define/vc-agent-console.ts?again';
    await import(define);
    expect(customElements.get('vc-agent-console')).to.equal(VcAgentConsole);
  });
});

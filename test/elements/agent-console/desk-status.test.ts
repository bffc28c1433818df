import { expect } from '@open-wc/testing';
import type { VcPreJoin } from '../../../components/elements/parts/vc-pre-join.ts';
import { until } from '../until.ts';
import { all, button, one, openDesk, region, settled, textOf, texts } from './open-desk.ts';

describe('vc-desk-status', () => {
  for (const theme of ['light', 'dark'] as const)
    it(`C16 is accessible in ${theme}`, async () => {
      const { element, welcome } = await openDesk({ theme });
      welcome();
      await settled(element);
      await expect(one(element, 'vc-desk-status')).to.be.accessible();
    });

  it('C16 says who the agent is and what the server thinks they are available for', async () => {
    const { element, welcome } = await openDesk();
    welcome();
    await settled(element);
    const status = region(element, 'My status');
    expect(textOf(one(status, '.name'))).to.equal('Anna');
    expect(textOf(one(status, '.connection'))).to.equal('Online');
    const switches = [...status.querySelectorAll('[role=switch]')].map((each) => [
      textOf(each),
      each.getAttribute('aria-checked'),
    ]);
    expect(switches).to.deep.equal([
      ['Available', 'true'],
      ['Voice', 'true'],
      ['Video', 'false'],
    ]);
  });

  it('C16 asks for a switch and shows it only when the server has switched', async () => {
    const { element, desk, welcome, asked } = await openDesk();
    welcome();
    await settled(element);
    const video = button(region(element, 'My status'), 'Video');
    video.click();
    await settled(element);
    const status = { state: 'available', reason: null, voice: true, video: true } as const;
    expect(asked).to.deep.equal([['setStatus', status]]);
    expect(video.getAttribute('aria-checked')).to.equal('false');
    desk.dispatch({ type: 'status', status });
    await settled(element);
    expect(video.getAttribute('aria-checked')).to.equal('true');
  });

  it('C16 asks for nothing while there is no connection, and says so', async () => {
    const { element, desk, welcome, asked } = await openDesk();
    welcome();
    desk.dispatch({ type: 'connection', connection: 'offline' });
    await settled(element);
    button(region(element, 'My status'), 'Available').click();
    expect(asked).to.deep.equal([]);
    expect(texts(element, '.connection')).to.deep.equal(['Connection lost']);
    expect(texts(element, '.banner')[0]).to.match(/^The connection is lost\. Trying again/);
    desk.dispatch({ type: 'connection', connection: 'refused' });
    await settled(element);
    expect(texts(element, '.banner')[0]).to.match(/Sign in again/);
  });

  for (const [name, value, says] of [
    ['isSecureContext', false, /Calls need a secure page/],
    ['RTCPeerConnection', undefined, /has no WebRTC/],
  ] as const)
    it(`V20 says plainly why there are no calls without ${name}`, async () => {
      const before = Object.getOwnPropertyDescriptor(globalThis, name) as PropertyDescriptor;
      Object.defineProperty(globalThis, name, { value, configurable: true });
      try {
        const { element, welcome } = await openDesk();
        welcome();
        await settled(element);
        expect(texts(element, '.banner')[0]).to.match(says);
      } finally {
        Object.defineProperty(globalThis, name, before);
      }
    });

  it('V9 V19 opens the agent’s devices and the check of the connection with one click, and lets go of them', async () => {
    const { element, welcome } = await openDesk();
    welcome();
    await settled(element);
    expect(texts(element, '.banner'), 'calls are possible here').to.deep.equal([]);
    button(region(element, 'My status'), 'Devices and connection').click();
    await until(() => all(element, 'vc-pre-join').length === 1, 'the devices are shown');
    const preJoin = one<VcPreJoin>(element, 'vc-pre-join');
    await until(
      () => all<HTMLVideoElement>(preJoin, 'video').some(({ videoWidth }) => videoWidth > 0),
      'the picture',
    );
    await expect(preJoin).to.be.accessible();
    const { srcObject } = all<HTMLVideoElement>(preJoin, 'video')[0] as HTMLVideoElement;
    const tracks = (srcObject as MediaStream).getTracks();
    expect(all(preJoin, 'button').map(textOf)).to.include.members(['Check the connection', 'Done']);
    button(preJoin, 'Done').click();
    await until(() => all(element, 'vc-pre-join').length === 0, 'they are closed');
    expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(['ended', 'ended']);
  });

  it('C16 asks for a reason while the agent is away, and clears it with Available', async () => {
    const { element, desk, welcome, asked } = await openDesk();
    welcome();
    await settled(element);
    const status = region(element, 'My status');
    const media = { voice: true, video: false };
    expect(status.querySelector('select')).to.equal(null);
    button(status, 'Available').click();
    await settled(element);
    expect(asked.at(-1)).to.deep.equal(['setStatus', { state: 'away', reason: null, ...media }]);
    desk.dispatch({ type: 'status', status: { state: 'away', reason: null, ...media } });
    await settled(element);
    const select = one<HTMLSelectElement>(status, 'select');
    expect(select.getAttribute('aria-label')).to.equal('Why not available');
    expect([...select.options].map((option) => textOf(option))).to.deep.equal([
      'Away',
      'Away · Break',
      'Away · Training',
      'Offline',
    ]);
    select.selectedIndex = 1;
    select.dispatchEvent(new Event('change'));
    await settled(element);
    expect(asked.at(-1)).to.deep.equal(['setStatus', { state: 'away', reason: 'Break', ...media }]);
    expect(select.selectedIndex, 'before the server says so').to.equal(0);
    desk.dispatch({ type: 'status', status: { state: 'away', reason: 'Break', ...media } });
    await settled(element);
    expect(select.selectedIndex).to.equal(1);
    expect(texts(status, '.connection')).to.deep.equal(['Away · Break']);
    expect(button(status, 'Available').getAttribute('aria-checked')).to.equal('false');
    button(status, 'Available').click();
    await settled(element);
    expect(asked.at(-1)).to.deep.equal(['setStatus', { state: 'available', reason: null, ...media }]);
  });

  it('C16 shows a reason the configuration no longer knows', async () => {
    const { element, greet } = await openDesk();
    greet({ status: { state: 'away', reason: 'Lunch', voice: true, video: true } });
    await settled(element);
    const select = one<HTMLSelectElement>(region(element, 'My status'), 'select');
    expect(textOf(select.selectedOptions[0] as Element)).to.equal('Away · Lunch');
  });

  for (const theme of ['light', 'dark'] as const)
    for (const width of [375, 768, 1280])
      it(`C16 is accessible in ${theme}, ${width} px wide: away`, async () => {
        const { element, greet } = await openDesk({ theme, width });
        greet({ status: { state: 'away', reason: 'Break', voice: true, video: true }, reports: true });
        await settled(element);
        await expect(element).to.be.accessible();
      });
});

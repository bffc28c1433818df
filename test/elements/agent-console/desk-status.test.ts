import { expect } from '@open-wc/testing';
import { button, one, openDesk, region, settled, textOf, texts } from './open-desk.ts';

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
    const status = { available: true, voice: true, video: true };
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
    expect(texts(element, '.connection')).to.deep.equal(['Offline']);
    expect(texts(element, '.banner')[0]).to.match(/^The connection is lost\. Trying again/);
    desk.dispatch({ type: 'connection', connection: 'refused' });
    await settled(element);
    expect(texts(element, '.banner')[0]).to.match(/Sign in again/);
  });
});

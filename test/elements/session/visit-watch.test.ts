import { expect } from '@open-wc/testing';
import { trailWith } from '../../../components/session/trail.ts';
import { watchVisit } from '../../../components/session/visit-watch.ts';
import { until } from '../until.ts';

describe('watching a visit', () => {
  const here = location.href;
  let stop = () => {};
  let told: unknown[];
  let permitted: unknown[];
  const watch = (idleAfter = 60_000) => {
    told = [];
    permitted = [];
    const visit = watchVisit({
      server: location.origin,
      idleAfter: () => idleAfter,
      onPage: ({ url }) => told.push(url),
      onLeave: () => told.push('left'),
      onIdle: (idle) => told.push(idle),
      onAbilities: (_, permissions) => permitted.push(permissions),
    });
    stop = visit.stop;
    return visit;
  };
  beforeEach(() => sessionStorage.removeItem('vc:trail'));
  afterEach(() => {
    stop();
    history.replaceState(null, '', here);
  });

  it('C11 tells of an address that changed without a load, and of the page being left', async () => {
    watch();
    history.pushState(null, '', '?product=7');
    await until(() => told.length === 1, 'the page');
    expect(told[0]).to.contain('product=7');
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(told[1]).to.equal('left');
  });

  it('C11 tells when the visitor does nothing, and when they are back', async () => {
    watch(50);
    await until(() => told.length === 1, 'idle');
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
    expect(told).to.deep.equal([true, false]);
  });

  it('V8 tells what it may do with the devices here, and keeps it for the next connection', async () => {
    const visit = watch();
    expect(visit.permissions).to.equal(null);
    await until(() => permitted.length === 1, 'the permissions');
    expect(visit.permissions).to.equal(permitted[0]);
    expect(visit.permissions).to.have.keys('microphone', 'camera');
  });

  it('C11 tells nothing any more once stopped', () => {
    watch();
    stop();
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(told).to.deep.equal([]);
  });

  it('C12 keeps the pages of a visit, each once in a row, and no more than twenty', () => {
    const page = (n: number) => ({ url: `https://shop.example/${n}`, title: `Page ${n}`, referrer: '' });
    trailWith(page(1));
    expect(trailWith(page(1)).map(({ title }) => title)).to.deep.equal(['Page 1']);
    for (let n = 2; n <= 30; n++) trailWith(page(n));
    const trail = trailWith(page(31));
    expect(trail).to.have.length(20);
    expect(trail.at(-1)?.title).to.equal('Page 31');
    sessionStorage.setItem('vc:trail', '{"not": "ours"}');
    expect(trailWith(page(1))).to.have.length(1);
  });
});

import { expect } from '@open-wc/testing';
import { request } from '../../../components/elements/events.ts';
import { connectCallRequests } from '../../../components/elements/media-bar/call-requests.ts';
import { fakeCall } from './fake-call.ts';

describe('connectCallRequests', () => {
  let outer: HTMLElement;
  let inner: HTMLElement;
  let leaving: AbortController;
  beforeEach(() => {
    [outer, inner, leaving] = [
      document.createElement('div'),
      document.createElement('div'),
      new AbortController(),
    ];
    outer.append(inner);
  });
  afterEach(() => leaving.abort());

  it('V15 carries a request out on the call there is at that time', async () => {
    const [first, second] = [fakeCall(), fakeCall()];
    let current: typeof first | null = null;
    connectCallRequests(outer, () => current, leaving.signal);
    request(inner, 'vc-hangup-request', {});
    current = first;
    request(inner, 'vc-sound-request', { on: false });
    await Promise.resolve();
    current = second;
    request(inner, 'vc-hangup-request', {});
    await Promise.resolve();
    expect([first.asked, second.asked]).to.deep.equal([['sound false'], ['hangUp']]);
  });

  it('E3 leaves a request to the innermost that has a call', async () => {
    const [around, own] = [fakeCall(), fakeCall()];
    let mine: typeof own | null = own;
    connectCallRequests(outer, () => around, leaving.signal);
    connectCallRequests(inner, () => mine, leaving.signal);
    request(inner, 'vc-microphone-request', { on: true });
    await Promise.resolve();
    mine = null;
    request(inner, 'vc-camera-request', { on: true });
    await Promise.resolve();
    expect([around.asked, own.asked]).to.deep.equal([['camera true'], ['microphone true']]);
  });

  it('E3 obeys whoever cancels, even above and after', async () => {
    const call = fakeCall();
    connectCallRequests(inner, () => call, leaving.signal);
    outer.addEventListener('vc-recording-request', (event) => event.preventDefault());
    request(inner, 'vc-recording-request', { on: true });
    await Promise.resolve();
    expect(call.asked).to.deep.equal([]);
  });

  it('E3 stops with its signal', async () => {
    const call = fakeCall();
    connectCallRequests(inner, () => call, leaving.signal);
    leaving.abort();
    request(inner, 'vc-hangup-request', {});
    await Promise.resolve();
    expect(call.asked).to.deep.equal([]);
  });
});

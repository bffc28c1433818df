import { expect } from '@open-wc/testing';
import { createOneCall } from '../../../components/session/one-call.ts';
import type { CallHandle, CallState } from '../../../components/store/call-handle.ts';
import { createStore } from '../../../components/store/store.ts';
import { fakeCall } from '../media-bar/fake-call.ts';

const ALL = { microphone: true, camera: true, sound: true, screen: false };
const VOICE = { ...ALL, camera: false };
const NONE = { microphone: false, camera: false, sound: false, screen: false };

/** A call whose devices do what they are told. */
function call(state: Partial<CallState>) {
  const made = fakeCall(state);
  const tell = (own: Partial<CallState['own']>) => made.set({ own: { ...made.store.state.own, ...own } });
  const handle: CallHandle = {
    ...made,
    setMicrophone: async (microphone) => tell({ microphone }),
    setCamera: async (camera) => tell({ camera }),
    setScreen: async (screen) => tell({ screen }),
    setSound: (sound) => tell({ sound }),
  };
  return { handle, set: made.set, own: () => made.store.state.own };
}

const calls = () => createStore((_: unknown, handle: CallHandle | null) => ({ handle }), { handle: null });

/** An agent's calls by contact, in the order given. */
function desk(...all: ReturnType<typeof call>[]) {
  const oneCall = createOneCall();
  const stores = all.map(({ handle }, index) => {
    const current = calls();
    const unfollow = oneCall.follow(`c${index}`, current);
    current.dispatch(handle);
    return { current, unfollow };
  });
  return { oneCall, stores };
}

describe('one call', () => {
  it('C15 V5 a call that is taken up puts the others on hold, not while it rings', () => {
    const [first, second] = [
      call({ status: 'active', own: { ...ALL, screen: true } }),
      call({ status: 'waiting', own: ALL }),
    ];
    desk(first, second);
    expect(first.own()).to.eql({ ...ALL, screen: true });
    second.set({ status: 'connecting' });
    expect(first.own()).to.eql(NONE);
    expect(second.own()).to.eql(ALL);
    second.set({ status: 'active' });
    expect(second.own()).to.eql(ALL);
  });

  it('C15 V5 resumed, it has on what was on, and the one that was not on hold is', () => {
    const [first, second] = [call({ own: ALL }), call({ own: { ...VOICE, microphone: false } })];
    const { oneCall } = desk(first, second);
    oneCall.resume('c0');
    expect([first.own(), second.own()]).to.eql([ALL, NONE]);
    oneCall.resume('c1');
    expect([first.own(), second.own()]).to.eql([NONE, { ...VOICE, microphone: false }]);
  });

  it('C15 V5 who speaks or listens in a call on hold has taken it up, a camera that is late has not', () => {
    const [first, second] = [call({ own: ALL }), call({ own: ALL })];
    desk(first, second);
    void first.handle.setCamera(true);
    expect(second.own()).to.eql(ALL);
    void first.handle.setCamera(false);
    void first.handle.setMicrophone(true);
    expect([first.own(), second.own()]).to.eql([{ ...NONE, microphone: true }, NONE]);
  });

  it('C15 V17 calls that come back to a page are as they were, and can be resumed', () => {
    const [first, second] = [call({ own: ALL }), call({ own: NONE })];
    const { oneCall } = desk(first, second);
    expect([first.own(), second.own()]).to.eql([ALL, NONE]);
    oneCall.resume('c1');
    expect([first.own(), second.own()]).to.eql([NONE, VOICE]);
  });

  it('C15 a call that has ended, or whose contact is gone, is left alone and ends nothing', () => {
    const [first, second, third] = [call({ own: ALL }), call({ own: ALL }), call({ status: 'waiting' })];
    const { oneCall, stores } = desk(first, second, third);
    stores[0]?.current.dispatch(null);
    stores[1]?.unfollow();
    third.set({ status: 'active' });
    void first.handle.setMicrophone(true);
    oneCall.resume('c0');
    expect([first.own(), second.own()]).to.eql([{ ...NONE, microphone: true }, ALL]);
    expect(third.own()).to.eql(ALL);
  });
});

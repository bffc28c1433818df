import { expect } from '@open-wc/testing';
import { initialCallState, type Link, reduceCall } from '../../../components/media/call-state.ts';
import type { CallStatus } from '../../../components/store/call-handle.ts';

const start = initialCallState({ kind: 'video', otherName: 'Anna', canRecord: true });

function statusAfter(told: CallStatus, link: Link): CallStatus {
  const linked = reduceCall(start, { type: 'link', link });
  return reduceCall(linked, { type: 'told', view: { status: told } }).status;
}

describe('call state', () => {
  it('V1 waits until the other side answered', () => {
    expect(start.status).to.equal('waiting');
    expect(statusAfter('connecting', 'none')).to.equal('connecting');
  });

  it('V15 believes the media path while the call lasts, and the server about its end', () => {
    const rows: [CallStatus, Link, CallStatus][] = [
      ['waiting', 'up', 'waiting'],
      ['connecting', 'up', 'active'],
      ['connecting', 'lost', 'lost'],
      ['active', 'none', 'connecting'],
      ['active', 'up', 'active'],
      ['active', 'lost', 'lost'],
      ['lost', 'none', 'lost'],
      ['ended', 'up', 'ended'],
    ];
    for (const [told, link, status] of rows)
      expect(statusAfter(told, link), `${told} ${link}`).to.equal(status);
  });

  it('V5 shows the devices of the other side as it tells them', () => {
    const otherMedia = { microphone: false, camera: true, sound: false, screen: false };
    const state = reduceCall(start, { type: 'told', view: { otherMedia } });
    expect(state.other).to.equal(otherMedia);
    expect(state).not.to.have.property('otherMedia');
    expect(state.own).to.equal(start.own);
  });

  it('V8 names the problem of one device', () => {
    const state = reduceCall(start, { type: 'problem', device: 'camera', problem: 'denied' });
    expect(state).to.include({ cameraProblem: 'denied', microphoneProblem: null });
  });
});

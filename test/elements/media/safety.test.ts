import { expect } from '@open-wc/testing';
import { safetyWords } from '../../../components/media/safety.ts';

describe('safety words', () => {
  const made: RTCPeerConnection[] = [];
  afterEach(() => {
    for (const one of made.splice(0)) one.close();
  });

  const connection = (): RTCPeerConnection => {
    const one = new RTCPeerConnection();
    made.push(one);
    one.createDataChannel('any');
    return one;
  };

  /** Each takes the other's description, as a server that only passes it on would bring it. */
  async function describeTo(caller: RTCPeerConnection, answerer: RTCPeerConnection): Promise<void> {
    await caller.setLocalDescription();
    await answerer.setRemoteDescription(caller.localDescription as RTCSessionDescription);
    await answerer.setLocalDescription();
    await caller.setRemoteDescription(answerer.localDescription as RTCSessionDescription);
  }

  it('A2 are the same at both ends', async () => {
    const [visitor, agent] = [connection(), connection()];
    expect(await safetyWords(visitor)).to.equal(null);
    await describeTo(agent, visitor);
    const words = await safetyWords(visitor);
    expect(words).to.have.length(4);
    expect(await safetyWords(agent)).to.eql(words);
  });

  it('A2 differ when somebody in between answers both in the other’s name', async () => {
    const [visitor, agent] = [connection(), connection()];
    const [asAgent, asVisitor] = [connection(), connection()];
    await describeTo(asAgent, visitor);
    await describeTo(agent, asVisitor);
    const [atVisitor, atAgent] = [await safetyWords(visitor), await safetyWords(agent)];
    expect(atVisitor).to.have.length(4);
    expect(atAgent).to.have.length(4);
    expect(atVisitor).not.to.eql(atAgent);
  });
});

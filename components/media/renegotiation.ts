/** What one side tells the other about its end of the connection. */
interface Word {
  readonly description?: RTCSessionDescriptionInit;
  /** Which offer `description` is, or answers: they count up. */
  readonly offer?: number;
  readonly candidate?: RTCIceCandidateInit;
}

export interface RenegotiationOptions {
  /** Makes all offers; Firefox sees a need for one at the other side, too, when a direction is not what it was. */
  readonly leads: boolean;
  /** Brings a word to the other side. */
  say(word: object): void;
  /** Whether PeerJS can bring candidates by itself. */
  bringsCandidates(): boolean;
  readonly signal: AbortSignal;
}

/**
 * Changes a running connection: PeerJS makes the first description of both sides and none after. Only one side may offer:
 * of two offers that cross one is rolled back, after which Chromium shows no picture any more that it decodes.
 */
export class Renegotiation {
  #connection: RTCPeerConnection;
  #options: RenegotiationOptions;
  #offer = 0;
  #carriesVideo = true;

  constructor(connection: RTCPeerConnection, options: RenegotiationOptions) {
    const { leads, signal } = options;
    this.#connection = connection;
    this.#options = options;
    if (leads) connection.addEventListener('negotiationneeded', () => this.#describe('offer'), { signal });
    connection.addEventListener(
      'icecandidate',
      ({ candidate }) => {
        if (candidate && !options.bringsCandidates()) options.say({ candidate: candidate.toJSON() });
      },
      { signal },
    );
  }

  /** Looks for another way between both sides. */
  restart(): void {
    if (!this.repeat() && this.#connection.signalingState !== 'closed') this.#connection.restartIce();
  }

  /** Makes an offer again that nobody answered. @returns whether there is one. */
  repeat(): boolean {
    const unanswered = this.#connection.signalingState === 'have-local-offer';
    if (unanswered) this.#tell();
    return unanswered;
  }

  /**
   * Takes pictures out of the connection, both ways, or begins anew with them. With other codecs Chromium makes its sender anew, and
   * new pictures are no longer kept back by the other side. It cannot read an offer of Firefox that names fewer.
   */
  carryVideo(on: boolean): void {
    if (on === this.#carriesVideo || this.#connection.signalingState === 'closed') return;
    this.#carriesVideo = on;
    const { codecs = [] } = RTCRtpReceiver.getCapabilities('video') ?? {};
    const isFirefox = /\bFirefox\//.test(navigator.userAgent);
    const preferred = codecs.filter(({ mimeType }) => [codecs[0]?.mimeType, 'video/rtx'].includes(mimeType));
    for (const transceiver of this.#connection.getTransceivers()) {
      if (transceiver.receiver.track.kind !== 'video') continue;
      transceiver.direction = on ? 'sendrecv' : 'inactive';
      if (!isFirefox) transceiver.setCodecPreferences(on ? codecs : preferred);
    }
  }

  /** Takes a word of the other side. One that does not fit, or came too late, leaves the connection as it was. */
  async take({ description, offer = this.#offer, candidate }: Word): Promise<void> {
    try {
      if (candidate) await this.#connection.addIceCandidate(candidate);
      if (!description || offer < this.#offer) return;
      this.#offer = offer;
      await this.#connection.setRemoteDescription(description);
    } catch {
      return; // Broken: then the attempt is replaced.
    }
    if (description.type === 'offer') await this.#describe('answer');
  }

  async #describe(type: 'offer' | 'answer'): Promise<void> {
    const connection = this.#connection;
    try {
      // Without a description of its own an answer that is not wanted any more would become an offer.
      await connection.setLocalDescription(type === 'answer' ? await connection.createAnswer() : undefined);
    } catch {
      return; // Closed, or answered, meanwhile.
    }
    if (type === 'offer') this.#offer += 1;
    this.#tell();
  }

  #tell(): void {
    const { signal, say } = this.#options;
    const description = this.#connection.localDescription?.toJSON();
    if (!signal.aborted) say({ description, offer: this.#offer });
  }
}

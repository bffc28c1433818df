/** What one side tells the other about its end of the connection. */
interface Word {
  readonly description?: RTCSessionDescriptionInit;
  readonly candidate?: RTCIceCandidateInit;
}

export interface RenegotiationOptions {
  /** Gives way when both sides begin at once. */
  readonly polite: boolean;
  /** Brings a word to the other side. */
  say(word: object): void;
  /** Whether PeerJS can bring candidates by itself. */
  bringsCandidates(): boolean;
  readonly signal: AbortSignal;
}

/**
 * Changes a running connection: PeerJS makes the first description of both sides and none after.
 * @see https://www.w3.org/TR/webrtc/#perfect-negotiation-example
 */
export class Renegotiation {
  #connection: RTCPeerConnection;
  #options: RenegotiationOptions;
  #making = false;
  #ignoring = false;

  constructor(connection: RTCPeerConnection, options: RenegotiationOptions) {
    const { signal } = options;
    this.#connection = connection;
    this.#options = options;
    connection.addEventListener('negotiationneeded', () => this.#offer(), { signal });
    connection.addEventListener(
      'icecandidate',
      ({ candidate }) => {
        if (candidate && !options.bringsCandidates()) options.say({ candidate: candidate.toJSON() });
      },
      { signal },
    );
  }

  /** Looks for another way between both sides; media goes on where there is one. An offer nobody answered is made again. */
  restart(): void {
    const { signalingState } = this.#connection;
    if (signalingState === 'have-local-offer') this.#tell();
    else if (signalingState !== 'closed') this.#connection.restartIce();
  }

  /** Takes a word of the other side. One that does not fit leaves the connection as it was. */
  async take({ description, candidate }: Word): Promise<void> {
    try {
      if (description) await this.#describe(description);
      else if (candidate && !this.#ignoring) await this.#connection.addIceCandidate(candidate);
    } catch {
      // Broken or too late: then the attempt is replaced.
    }
  }

  async #offer(): Promise<void> {
    this.#making = true;
    try {
      await this.#connection.setLocalDescription();
      this.#tell();
    } catch {
      // Closed meanwhile.
    } finally {
      this.#making = false;
    }
  }

  async #describe(description: RTCSessionDescriptionInit): Promise<void> {
    const connection = this.#connection;
    const crossing = description.type === 'offer' && (this.#making || connection.signalingState !== 'stable');
    this.#ignoring = crossing && !this.#options.polite;
    if (this.#ignoring) return;
    await connection.setRemoteDescription(description);
    if (description.type !== 'offer') return;
    await connection.setLocalDescription();
    this.#tell();
  }

  #tell(): void {
    const { signal, say } = this.#options;
    if (!signal.aborted) say({ description: this.#connection.localDescription?.toJSON() });
  }
}

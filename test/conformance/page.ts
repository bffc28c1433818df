import { type DataConnection, type MediaConnection, Peer } from 'peerjs';

export interface Address {
  readonly port: number;
  readonly path: string;
}

export interface Refusal {
  readonly type: string;
  readonly opened: boolean;
  readonly destroyed: boolean;
}

/** One browser page with one unmodified PeerJS client; the tests drive it from outside. */
export class Client {
  #peer: Peer | undefined;
  #call: MediaConnection | undefined;
  #chat: DataConnection | undefined;
  readonly #received: unknown[] = [];
  readonly #errors: string[] = [];
  readonly #video = document.createElement('video');

  constructor() {
    this.#video.autoplay = true;
    this.#video.muted = true;
    document.body.append(this.#video);
  }

  /** Asks the broker for an id as PeerJS does. */
  async askId({ port, path }: Address): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${port}${path}peerjs/id?ts=${Date.now()}`);
    return answer.text();
  }

  /** Gives the id under which the broker let the client in. */
  open(id: string, token: string, address: Address): Promise<string> {
    const peer = this.#create(id, token, address);
    return new Promise((resolve, reject) => {
      peer.once('open', resolve);
      peer.once('error', reject);
    });
  }

  /** For a client that the broker should turn away. */
  openRefused(id: string, token: string, address: Address): Promise<Refusal> {
    const peer = this.#create(id, token, address);
    let opened = false;
    peer.once('open', () => {
      opened = true;
    });
    return new Promise((resolve) => {
      peer.once('error', ({ type }) => {
        peer.once('close', () => resolve({ type, opened, destroyed: peer.destroyed }));
      });
    });
  }

  #create(id: string, token: string, { port, path }: Address): Peer {
    const peer = new Peer(id, {
      host: '127.0.0.1',
      port,
      path,
      token,
      secure: false,
      config: { iceServers: [] },
    });
    peer.on('call', async (call) => {
      this.#keep(call);
      call.answer(await camera());
    });
    peer.on('connection', (chat) => this.#listen(chat));
    peer.on('error', ({ type }) => this.#errors.push(type));
    this.#peer = peer;
    return peer;
  }

  async call(remote: string): Promise<void> {
    this.#keep(this.#opened.call(remote, await camera()));
  }

  chat(remote: string): void {
    this.#listen(this.#opened.connect(remote));
  }

  async send(message: unknown): Promise<void> {
    await this.#chat?.send(message);
  }

  /** Gives up the place at the broker, keeps the connections to other peers. Resolves when the broker has let go. */
  async disconnect(): Promise<void> {
    const { _socket: socket } = this.#opened.socket as unknown as { _socket: WebSocket };
    const closed = new Promise((resolve) => socket.addEventListener('close', resolve, { once: true }));
    this.#opened.disconnect();
    await closed;
  }

  /** Comes back under the same id. */
  reconnect(token: string): Promise<void> {
    const peer = this.#opened;
    peer.options.token = token;
    return new Promise((resolve, reject) => {
      peer.once('open', () => resolve());
      peer.once('error', reject);
      peer.reconnect();
    });
  }

  get disconnected(): boolean {
    return this.#opened.disconnected;
  }

  /** The call's offer has been handed to the socket. */
  get offered(): boolean {
    return this.#call?.peerConnection.signalingState === 'have-local-offer';
  }

  get callOpen(): boolean {
    return this.#call?.open ?? false;
  }

  get chatOpen(): boolean {
    return this.#chat?.open ?? false;
  }

  /** Pictures of the other side shown so far. */
  get frames(): number {
    return this.#video.getVideoPlaybackQuality().totalVideoFrames;
  }

  get received(): readonly unknown[] {
    return this.#received;
  }

  /** Types of the errors the peer emitted, in order. */
  get errors(): readonly string[] {
    return this.#errors;
  }

  get #opened(): Peer {
    if (this.#peer === undefined) throw new Error('Cannot use the client: it was not opened');
    return this.#peer;
  }

  #keep(call: MediaConnection): void {
    this.#call = call;
    call.on('stream', (stream) => {
      this.#video.srcObject = stream;
    });
  }

  #listen(chat: DataConnection): void {
    this.#chat = chat;
    chat.on('data', (data) => this.#received.push(data));
  }
}

const camera = () => navigator.mediaDevices.getUserMedia({ audio: true, video: true });

declare global {
  var client: Client;
}
globalThis.client = new Client();

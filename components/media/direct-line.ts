import type { MediaState } from '../../core/contact/model.ts';
import type {
  DirectFile,
  DirectLine,
  DirectListener,
  DirectWord,
  DrivenCall,
} from '../store/call-factory.ts';
import { DirectFiles } from './direct-files.ts';
import { type Shapes, wordIn } from './words.ts';

type Word =
  | DirectWord
  /** This side hears. What was said before may be lost, so whoever hears this answers once. */
  | { readonly type: 'here'; readonly answers: boolean }
  /** What the own devices do, where the server cannot tell. */
  | { readonly type: 'media'; readonly media: MediaState };

/** Both sides open them by themselves when media is up: nothing has to be negotiated. */
const CHANNELS = { files: 1001, talk: 1002 } as const;

/** What both sides of a call say to each other over its own connection. */
export class LiveLine implements DirectLine {
  #call: Pick<DrivenCall, 'store' | 'update'>;
  #signal: AbortSignal;
  #files: DirectFiles | null = null;
  #listener: DirectListener | null = null;
  #connection: RTCPeerConnection | null = null;
  #talk: RTCDataChannel | null = null;
  #heard = false;

  constructor(call: Pick<DrivenCall, 'store' | 'update'>, signal: AbortSignal) {
    this.#call = call;
    this.#signal = signal;
    let told = call.store.state.own;
    const unsubscribe = call.store.subscribe(({ own }) => {
      if (own === told) return;
      told = own;
      this.#say({ type: 'media', media: own });
    });
    signal.addEventListener('abort', () => {
      unsubscribe();
      this.#talk = null;
      this.#files?.close();
    });
  }

  get isOpen(): boolean {
    return this.#heard && this.#talk?.readyState === 'open';
  }

  listen(listener: DirectListener): void {
    this.#listener = listener;
    this.#files = new DirectFiles(listener);
    if (this.#connection) this.#open(this.#connection);
  }

  /** Speaks over `connection` from now on. */
  attach(connection: RTCPeerConnection): void {
    if (connection === this.#connection) return;
    this.#connection = connection;
    if (this.#files) this.#open(connection);
  }

  say(word: DirectWord): void {
    this.#say(word);
  }

  async sendFile(file: DirectFile): Promise<void> {
    await this.#files?.send(file);
  }

  declineFile(id: string): void {
    this.#files?.decline(id);
  }

  #open(connection: RTCPeerConnection): void {
    if (this.#signal.aborted) return;
    const channel = (name: keyof typeof CHANNELS) =>
      connection.createDataChannel(name, { negotiated: true, id: CHANNELS[name] });
    const [files, talk] = [channel('files'), channel('talk')];
    this.#heard = false;
    this.#talk = talk;
    this.#files?.attach(files);
    talk.addEventListener('message', ({ data }) => {
      if (talk === this.#talk) this.#hear(data);
    });
    const greet = () => {
      if (files.readyState === 'open' && talk.readyState === 'open')
        this.#say({ type: 'here', answers: false });
    };
    for (const one of [files, talk]) one.addEventListener('open', greet);
    greet();
  }

  #say(word: Word): void {
    if (this.#talk?.readyState === 'open') this.#talk.send(JSON.stringify(word));
  }

  #hear(data: unknown): void {
    const word = wordIn<Word>(data, SHAPES);
    if (word?.type === 'here') this.#meet(word.answers);
    else if (word?.type === 'media') this.#call.update({ otherMedia: mediaIn(word.media) });
    else if (word) this.#listener?.onWord(word);
  }

  #meet(answers: boolean): void {
    // Heard before the own channel opened, which greets in its turn.
    if (this.#talk?.readyState !== 'open') return;
    if (!answers) this.#say({ type: 'here', answers: true });
    if (this.#heard) return;
    this.#heard = true;
    this.#say({ type: 'media', media: this.#call.store.state.own });
    this.#listener?.onOpen();
    this.#files?.begin();
  }
}

const mediaIn = ({ microphone, camera, sound, screen }: MediaState): MediaState => ({
  microphone: microphone === true,
  camera: camera === true,
  sound: sound === true,
  screen: screen === true,
});

const SHAPES: Shapes<Word> = {
  here: { answers: 'boolean' },
  media: { media: 'object' },
  message: { id: 'string', text: 'string' },
  have: { id: 'string' },
  withdraw: { id: 'string' },
  typing: { on: 'boolean' },
};

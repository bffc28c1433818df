import { dial, hangUp, Poll, receive, send } from './libc.ts';
import type { Member, Plan, Step } from './plan.ts';
import { CLOSE, handshake, PING, pongFrame, TEXT, textFrame } from './wire.ts';

/** Standard input: the benchmark says there when to go on. */
const STDIN = 0xffff_ffff;
const BUFFER_BYTES = 1 << 18;
const HEAD_END = '\r\n\r\n';

interface Socket {
  readonly fd: number;
  readonly member: number;
  readonly steps: readonly Step[];
  /** How many steps are done; -1: the handshake is not answered yet. */
  step: number;
  open: boolean;
  /** Bytes of a frame whose rest has not come yet. */
  begun: Uint8Array<ArrayBuffer> | null;
  /** Bytes that did not fit into the kernel's buffer. */
  unsent: Uint8Array<ArrayBuffer> | null;
}

/** What the crowd tells of. */
export interface Listener {
  opened(member: number): void;
  /** A text frame, as bytes of a buffer that is used again. */
  heard(member: number, buffer: Uint8Array, start: number, end: number): void;
  /** The server closed the socket, or refused to open it. */
  lost(member: number): void;
}

/** All sockets of the generator. One thread, no callbacks of a runtime: whoever drives it calls {@link turn}. */
export class Crowd {
  /** Set when a line came on the standard input. */
  told = false;
  readonly #plan: Pick<Plan, 'port' | 'members'>;
  readonly #listener: Listener;
  readonly #poll = new Poll();
  readonly #sockets: (Socket | undefined)[] = [];
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  readonly #stuck = new Set<Socket>();

  constructor(plan: Pick<Plan, 'port' | 'members'>, listener: Listener) {
    this.#plan = plan;
    this.#listener = listener;
    this.#poll.add(0, STDIN);
  }

  /** Begins the handshake of a member. */
  dial(member: number): void {
    const { port } = this.#plan;
    const { path, protocol, steps } = this.#plan.members[member] as Member;
    const socket: Socket = {
      fd: dial(port),
      member,
      steps,
      step: -1,
      open: false,
      begun: null,
      unsent: null,
    };
    this.#sockets[member] = socket;
    this.#poll.add(socket.fd, member);
    this.#write(socket, handshake(path, port, protocol));
  }

  isOpen(member: number): boolean {
    return this.#sockets[member]?.open === true;
  }

  /** Sends a frame; gives false when the socket is closed or takes nothing now, and nothing was sent. */
  send(member: number, frame: Uint8Array<ArrayBuffer>): boolean {
    const socket = this.#sockets[member];
    if (!socket?.open || socket.unsent) return false;
    this.#write(socket, frame);
    return true;
  }

  /** Handles what came, waiting up to so many milliseconds for it. */
  turn(milliseconds: number): void {
    const ready = this.#poll.wait(this.#stuck.size > 0 ? Math.min(milliseconds, 1) : milliseconds);
    for (let n = 0; n < ready; n++) {
      const name = this.#poll.name(n);
      if (name === STDIN) this.#listen();
      else {
        const socket = this.#sockets[name];
        if (socket) this.#read(socket);
      }
    }
    for (const socket of [...this.#stuck]) {
      const { unsent } = socket;
      socket.unsent = null;
      this.#stuck.delete(socket);
      if (unsent) this.#write(socket, unsent);
    }
  }

  #listen(): void {
    const line = new Uint8Array(16);
    if (Deno.stdin.readSync(line) === null) Deno.exit(0);
    this.told = true;
  }

  #write(socket: Socket, bytes: Uint8Array<ArrayBuffer>): void {
    const sent = send(socket.fd, bytes);
    if (sent === bytes.length) return;
    // A copy: the message is numbered anew for the next time.
    socket.unsent = bytes.slice(sent);
    this.#stuck.add(socket);
  }

  #read(socket: Socket): void {
    const { begun } = socket;
    const held = begun?.length ?? 0;
    if (begun) this.#buffer.set(begun);
    const got = receive(socket.fd, held > 0 ? this.#buffer.subarray(held) : this.#buffer);
    if (got <= 0) {
      this.#lose(socket);
      return;
    }
    let at = 0;
    const end = held + got;
    if (socket.step < 0) {
      at = this.#answered(socket, end);
      if (at < 0) return;
    }
    at = this.#frames(socket, at, end);
    socket.begun = at < end ? this.#buffer.slice(at, end) : null;
  }

  /** Reads the answer to the handshake; gives where the frames begin, or -1. */
  #answered(socket: Socket, end: number): number {
    const text = new TextDecoder('latin1').decode(this.#buffer.subarray(0, end));
    const head = text.indexOf(HEAD_END);
    if (head < 0) {
      socket.begun = this.#buffer.slice(0, end);
      return -1;
    }
    if (!/^HTTP\/1\.1 101 /.test(text)) {
      this.#lose(socket);
      return -1;
    }
    socket.step = 0;
    this.#goOn(socket);
    return head + HEAD_END.length;
  }

  #frames(socket: Socket, from: number, end: number): number {
    const buffer = this.#buffer;
    let at = from;
    while (end - at >= 2) {
      let head = 2;
      let length = (buffer[at + 1] as number) & 127;
      if (length === 126) {
        head = 4;
        if (end - at < head) break;
        length = ((buffer[at + 2] as number) << 8) | (buffer[at + 3] as number);
      } else if (length === 127) {
        throw new Error('Cannot read the frame: none here is that long');
      }
      const start = at + head;
      if (end < start + length) break;
      const opcode = (buffer[at] as number) & 15;
      at = start + length;
      if (opcode === TEXT) this.#text(socket, start, at);
      else if (opcode === PING) this.#write(socket, pongFrame(buffer.subarray(start, at)));
      else if (opcode === CLOSE) {
        this.#lose(socket);
        return end;
      }
    }
    return at;
  }

  #text(socket: Socket, start: number, end: number): void {
    if (socket.open) {
      this.#listener.heard(socket.member, this.#buffer, start, end);
      return;
    }
    const step = socket.steps[socket.step];
    if (!step || !('hear' in step)) return;
    const begins = new TextDecoder().decode(
      this.#buffer.subarray(start, Math.min(end, start + step.hear.length)),
    );
    if (begins !== step.hear) return;
    socket.step++;
    this.#goOn(socket);
  }

  #goOn(socket: Socket): void {
    let step = socket.steps[socket.step];
    while (step && 'say' in step) {
      this.#write(socket, textFrame(step.say));
      step = socket.steps[++socket.step];
    }
    if (step) return;
    socket.open = true;
    this.#listener.opened(socket.member);
  }

  #lose(socket: Socket): void {
    if (this.#sockets[socket.member] !== socket) return;
    this.#sockets[socket.member] = undefined;
    this.#stuck.delete(socket);
    hangUp(socket.fd);
    this.#listener.lost(socket.member);
  }
}

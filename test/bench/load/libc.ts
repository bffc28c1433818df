/**
 * Sockets straight from the C library of Linux. A WebSocket client that goes through a runtime costs as much as the server
 * it is to measure; this one costs what the kernel does, so that one core of it exhausts any server here.
 */
const { symbols } = Deno.dlopen('libc.so.6', {
  socket: { parameters: ['i32', 'i32', 'i32'], result: 'i32' },
  connect: { parameters: ['i32', 'buffer', 'u32'], result: 'i32' },
  setsockopt: { parameters: ['i32', 'i32', 'i32', 'buffer', 'u32'], result: 'i32' },
  send: { parameters: ['i32', 'buffer', 'usize', 'i32'], result: 'isize' },
  recv: { parameters: ['i32', 'buffer', 'usize', 'i32'], result: 'isize' },
  close: { parameters: ['i32'], result: 'i32' },
  epoll_create1: { parameters: ['i32'], result: 'i32' },
  epoll_ctl: { parameters: ['i32', 'i32', 'i32', 'buffer'], result: 'i32' },
  epoll_pwait2: { parameters: ['i32', 'buffer', 'i32', 'buffer', 'usize'], result: 'i32' },
});

const AF_INET = 2;
const SOCK_STREAM = 1;
const IPPROTO_TCP = 6;
const TCP_NODELAY = 1;
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;
const EPOLL_CTL_ADD = 1;
const EPOLLIN = 1;
/** `struct epoll_event` is packed on x86-64 alone. */
const [EVENT_BYTES, DATA_AT] = Deno.build.arch === 'x86_64' ? [12, 4] : [16, 8];
const MAX_EVENTS = 512;

const on = new Int32Array([1]);

/** Opens a socket to a port of this machine. */
export function dial(port: number): number {
  const fd = symbols.socket(AF_INET, SOCK_STREAM, 0);
  const address = new Uint8Array(16);
  const view = new DataView(address.buffer);
  view.setUint16(0, AF_INET, true);
  view.setUint16(2, port);
  address.set([127, 0, 0, 1], 4);
  if (fd < 0 || symbols.connect(fd, address, address.length) !== 0)
    throw new Error(`Cannot open a socket to port ${port}: the system refuses`);
  symbols.setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, on, 4);
  return fd;
}

/** Gives how many bytes went out, 0 when none fits now. */
export const send = (fd: number, bytes: Uint8Array<ArrayBuffer>): number =>
  Math.max(0, Number(symbols.send(fd, bytes, BigInt(bytes.length), MSG_DONTWAIT | MSG_NOSIGNAL)));

/** Gives how many bytes came, 0 at the end, -1 when there are none now or the socket failed. */
export const receive = (fd: number, into: Uint8Array<ArrayBuffer>): number =>
  Number(symbols.recv(fd, into, BigInt(into.length), MSG_DONTWAIT));

export const hangUp = (fd: number): void => void symbols.close(fd);

/** Tells which descriptors have something to read. */
export class Poll {
  readonly #fd = symbols.epoll_create1(0);
  readonly #events = new Uint8Array(EVENT_BYTES * MAX_EVENTS);
  readonly #view = new DataView(this.#events.buffer);
  readonly #timeout = new BigInt64Array(2);

  /** `name` comes back from {@link wait}. */
  add(fd: number, name: number): void {
    const event = new Uint8Array(EVENT_BYTES);
    const view = new DataView(event.buffer);
    view.setUint32(0, EPOLLIN, true);
    view.setUint32(DATA_AT, name, true);
    if (symbols.epoll_ctl(this.#fd, EPOLL_CTL_ADD, fd, event) !== 0)
      throw new Error(`Cannot watch descriptor ${fd}: the system refuses`);
  }

  /** Waits up to so many milliseconds; gives how many descriptors are ready, see {@link name}. */
  wait(milliseconds: number): number {
    this.#timeout[1] = BigInt(Math.round(Math.max(0, milliseconds) * 1e6));
    return Math.max(0, symbols.epoll_pwait2(this.#fd, this.#events, MAX_EVENTS, this.#timeout, 0n));
  }

  /** Name of the n-th ready descriptor. */
  name(n: number): number {
    return this.#view.getUint32(n * EVENT_BYTES + DATA_AT, true);
  }
}

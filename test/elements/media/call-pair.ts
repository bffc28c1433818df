import { createCall } from '../../../components/media/call.ts';
import type {
  CallOptions,
  CallSetup,
  DrivenCall,
  JoinedMedia,
} from '../../../components/store/call-factory.ts';
import { installPageBroker, type PageBroker } from './page-broker.ts';
import { stateWhere } from './wait-for.ts';

export const BROKER = { host: 'localhost', port: 1, path: '/', secure: false };
const { getUserMedia, getDisplayMedia } = MediaDevices.prototype;
const made: DrivenCall[] = [];

/** A broker for every test of the suite; what a test made or replaced ends with it. */
export function callsOfThisPage(): () => PageBroker {
  let broker: PageBroker;
  beforeEach(() => {
    broker = installPageBroker();
  });
  afterEach(() => {
    for (const one of made.splice(0)) one.close();
    broker.restore();
    Object.assign(MediaDevices.prototype, { getUserMedia, getDisplayMedia });
  });
  return () => broker;
}

/** Lets the calls of this page end with the test. */
export const untilTheEnd = (one: DrivenCall): DrivenCall => {
  made.push(one);
  return one;
};

export function call({
  microphone = true,
  camera = false,
  sound = true,
  ...options
}: Partial<CallOptions & JoinedMedia> = {}): DrivenCall {
  const nothing = () => {};
  const one = createCall({
    kind: 'video',
    otherName: 'Anna',
    canRecord: false,
    bitrate: 'free',
    onReady: nothing,
    onConnected: nothing,
    onLost: nothing,
    onMedia: nothing,
    onHangUp: nothing,
    onRecordRequest: nothing,
    onRecordStop: nothing,
    ...options,
  });
  made.push(one);
  one.join({ microphone, camera, sound });
  return one;
}

export interface Pair {
  readonly caller: DrivenCall;
  readonly answerer: DrivenCall;
  /** `caller lost 1`, and so on, as told to the session. */
  readonly told: string[];
}

/** Two calls that hear of each other what a server would tell. */
export async function pair(options: Parameters<typeof call>[0] = {}): Promise<Pair> {
  const told: string[] = [];
  const side = (name: string, other: () => DrivenCall, more: Partial<CallOptions>): DrivenCall =>
    call({
      onConnected: (attempt) => told.push(`${name} connected ${attempt}`),
      onLost: (attempt) => told.push(`${name} lost ${attempt}`),
      onMedia: (otherMedia) => other().update({ otherMedia }),
      ...options,
      ...more,
    });
  const caller: DrivenCall = side('caller', () => answerer, {});
  const answerer: DrivenCall = side('answerer', () => caller, { onReady: (attempt) => caller.dial(attempt) });
  await connect({ caller, answerer, told }, 1);
  return { caller, answerer, told };
}

export async function connect({ caller, answerer }: Pair, attempt: number): Promise<void> {
  const shared = { attempt, ice: [], broker: BROKER };
  const [near, far] = [`near${attempt}`, `far${attempt}`];
  const caller1: CallSetup = { ...shared, role: 'caller', self: near, remote: far, ticket: 'ticket-near' };
  const answerer1: CallSetup = { ...shared, role: 'answerer', self: far, remote: near, ticket: 'ticket-far' };
  for (const one of [caller, answerer]) one.update({ status: 'connecting' });
  caller.start(caller1);
  answerer.start(answerer1);
  await Promise.all([caller, answerer].map(({ store }) => stateWhere(store, (s) => s.status === 'active')));
}

/** The next picture of the other side, with its size. */
export async function nextPicture(one: DrivenCall): Promise<{ width: number; height: number }> {
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  video.srcObject = one.otherStream;
  await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  const size = { width: video.videoWidth, height: video.videoHeight };
  video.srcObject = null;
  return size;
}

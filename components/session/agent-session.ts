import type { AgentHello, ClientFrame } from '../../core/protocol/client-frames.ts';
import { MAX_RESUME, PROTOCOL_VERSION } from '../../core/protocol/limits.ts';
import type { ContactView, ServerFrame, Welcome } from '../../core/protocol/server-frames.ts';
import type { AgentSession } from '../store/agent-session.ts';
import type { CallFactory } from '../store/call-factory.ts';
import type { Notice } from '../store/contact-store.ts';
import type { DeskState } from '../store/desk-store.ts';
import { createDeskStore } from '../store/desk-store.ts';
import { openDurable } from '../store/durable.ts';
import type { RecorderFactory } from '../store/recorder-factory.ts';
import { watchAbilities } from './ability-watch.ts';
import type { Calls } from './calls.ts';
import { createCalls } from './calls.ts';
import type { ContactLink } from './contact-link.ts';
import { createContactLink } from './contact-link.ts';
import { keptPositions } from './contact-memory.ts';
import { newId } from './new-id.ts';
import { createOneCall } from './one-call.ts';
import { abilitiesHere } from './page-facts.ts';
import { createRecordingShelf } from './recording-shelf.ts';
import { fetchReport } from './report.ts';
import type { RingerOptions } from './ringer.ts';
import { createRinger } from './ringer.ts';
import { brokerAt, socketAt } from './server-address.ts';
import type { Transport } from './transport.ts';
import { createTransport } from './transport.ts';

export interface AgentSessionOptions {
  /** Origin of the server, e.g. `https://chat.example.com`. */
  readonly server: string;
  /** The agent's JWT, from the host application. */
  readonly token: string;
  /** What a notification says of a contact that waits. */
  readonly describe: RingerOptions['describe'];
  readonly loadCall: () => Promise<CallFactory>;
  readonly loadRecorder: () => Promise<RecorderFactory>;
}

interface Assigned {
  readonly link: ContactLink;
  readonly calls: Calls;
  readonly unfollow: readonly (() => void)[];
}

export function createAgentSession(options: AgentSessionOptions): AgentSession {
  const { server, loadCall } = options;
  const desk = createDeskStore();
  const client = newId();
  const durable = openDurable(`vicino-desk-${subjectOf(options.token)}`);
  const noRecording = (message: string) => notice({ code: 'recording.failed', message });
  const shelf = createRecordingShelf({
    server,
    token: () => token,
    loadRecorder: options.loadRecorder,
    request: (contact) => askToRecord({ type: 'recording.request', contact }),
    onFailed: noRecording,
  });
  const oneCall = createOneCall();
  const ringer = createRinger({ describe: options.describe, skew: () => desk.state.skew });
  const unring = desk.subscribe(ringOnChange());
  const assigned = new Map<string, Assigned>();
  let token = options.token;
  let epoch = '';
  let abilities = abilitiesHere();
  /** As the newest hello said. */
  let said = abilities;
  /** Contacts asked for from this window, `null` for the next one: their panel opens when they come. */
  const taking = new Set<string | null>();

  const notice = (notice: Notice) => desk.dispatch({ type: 'noticed', notice });

  const hold = (id: string): Assigned => {
    const known = assigned.get(id);
    if (known) return known;
    const send = (frame: ClientFrame) => transport.send(frame);
    const link = createContactLink({
      own: 'agent',
      id,
      durable,
      server,
      token: () => token,
      send,
      epoch: () => epoch,
      // That a full disk keeps nothing is said with every write: it does not take the place of what else went wrong.
      onNotice(said) {
        if (said.code !== 'history.unkept' || !desk.state.notice) notice(said);
      },
    });
    const calls = createCalls({
      own: 'agent',
      client,
      contact: link.store,
      broker: brokerAt(server),
      send: (frame) => (frame.type === 'recording.request' ? askToRecord(frame) : send(frame)),
      loadCall,
      onLine: link.talk,
      skew: () => desk.state.skew,
    });
    const unfollow = [shelf.follow(id, link.store, calls.current), oneCall.follow(id, calls.current)];
    const made = { link, calls, unfollow };
    assigned.set(id, made);
    return made;
  };

  /** It is with somebody else: what was written for it and not delivered is told, since it ends here. */
  const lose = (id: string) => {
    const { view, transcript } = assigned.get(id)?.link.store.state ?? {};
    const lost = transcript?.pending.filter(({ refused }) => !refused) ?? [];
    if (lost.length) {
      const texts = lost.map(({ text }) => `“${text}”`).join(' ');
      notice({
        code: 'message.undelivered',
        message: `Not delivered to ${view?.visitor.name ?? 'the visitor'}: ${texts}`,
      });
    }
    letGo(id);
  };

  const letGo = (id: string) => {
    const { link, calls, unfollow = [] } = assigned.get(id) ?? {};
    assigned.delete(id);
    for (const end of unfollow) end();
    calls?.close();
    link?.forget().catch(() => {});
    desk.dispatch({ type: 'put-away', contact: id });
  };

  // What this browser kept is in the stores before the first hello, which says how far it goes.
  const kept = keptPositions(durable)
    .then((positions) =>
      Promise.all(positions.slice(-MAX_RESUME).map(({ contact }) => hold(contact).link.restored)),
    )
    .catch(() => {}); // Nothing is kept in this browser: everything comes from the server.

  const hello = async (): Promise<AgentHello> => {
    await kept;
    const resume = [...assigned.values()].flatMap(({ link: { id, store } }) => {
      const { epoch, head } = store.state.transcript;
      return epoch === null ? [] : [{ contact: id, epoch, offset: head }];
    });
    said = abilities;
    return {
      type: 'hello',
      side: 'agent',
      version: PROTOCOL_VERSION,
      client,
      token,
      abilities,
      again: epoch !== '',
      resume: resume.slice(-MAX_RESUME),
    };
  };

  const tellAbilities = () => transport.send({ type: 'abilities.set', abilities });

  const show = (view: ContactView, anew = false) => {
    const { link } = hold(view.id);
    link.store.dispatch({ type: 'viewed', view, anew });
    const isNew = !desk.state.assigned.includes(view.id);
    if (isNew && view.phase === 'ended') return letGo(view.id);
    const expand = isNew && (taking.delete(view.id) || taking.delete(null));
    if (isNew) desk.dispatch({ type: 'assigned', contact: view.id, expand });
  };

  const welcome = (frame: Welcome) => {
    const { now, you, contacts } = frame;
    if (you.side !== 'agent') return;
    const anew = epoch !== frame.epoch;
    epoch = frame.epoch;
    if (said !== abilities) tellAbilities();
    taking.clear();
    desk.dispatch({ type: 'clock', skew: now - Date.now() });
    desk.dispatch({
      type: 'welcomed',
      me: { id: you.id, name: you.name },
      status: you.status,
      reasons: you.reasons,
      responses: you.responses,
      limit: you.limit,
      reports: you.reports,
      waiting: you.waiting,
    });
    const ours = new Set(contacts.map(({ id }) => id));
    for (const [id, { link }] of assigned)
      if (!ours.has(id) && link.store.state.view?.phase !== 'ended') lose(id);
    for (const view of contacts.toSorted((a, b) => (a.takenAt ?? 0) - (b.takenAt ?? 0))) show(view, anew);
    for (const { link, calls } of assigned.values()) {
      link.resend();
      calls.receive(frame);
    }
  };

  const receive = (frame: ServerFrame) => {
    switch (frame.type) {
      case 'welcome':
        return welcome(frame);
      case 'waiting.put':
        return desk.dispatch({ type: 'waiting-put', entry: frame.entry });
      case 'waiting.gone':
        return desk.dispatch({ type: 'waiting-gone', contact: frame.contact });
      case 'agent.state':
        return desk.dispatch({ type: 'status', status: frame.status });
      case 'responses.state':
        return desk.dispatch({ type: 'responses', own: frame.own });
      case 'contact.state':
        return show(frame.contact);
      case 'contact.gone':
        return lose(frame.contact);
      case 'log.appended':
      case 'log.page':
      case 'typing':
      case 'visitor.card':
      case 'transfer.targets':
        return assigned.get(frame.contact)?.link.receive(frame);
      case 'call.start':
      case 'call.dial':
        return assigned.get(frame.contact)?.calls.receive(frame);
      case 'error': {
        taking.clear();
        const about = frame.contact ? assigned.get(frame.contact) : undefined;
        if (about) return about.link.receive(frame);
        return notice({ code: frame.code, message: frame.message });
      }
    }
  };

  const connect = (): Transport =>
    createTransport({
      url: socketAt(server),
      hello,
      onFrame: receive,
      onConnection: (connection) => desk.dispatch({ type: 'connection', connection }),
    });
  let transport = connect();
  const closing = new AbortController();
  watchAbilities({
    server,
    tell(now) {
      if (now.voice === abilities.voice && now.video === abilities.video) return;
      abilities = now;
      tellAbilities();
    },
    signal: closing.signal,
  });

  /** Nobody is asked for what this device cannot do. */
  const askToRecord = (frame: ClientFrame) => {
    shelf.prepare().then(
      () => ask(frame),
      (error: Error) => noRecording(error.message),
    );
    return true;
  };

  /** For what makes sense only now: said, not kept, when there is no connection. */
  const ask = (frame: ClientFrame) => {
    if (!transport.send(frame))
      notice({ code: 'offline', message: 'Cannot do that now: there is no connection.' });
  };

  /** The ringer hears of the queue, and of the clock it is measured by. */
  function ringOnChange() {
    let before = desk.state;
    return (now: DeskState) => {
      const changed = now.waiting !== before.waiting || now.skew !== before.skew;
      before = now;
      if (changed) ringer.update(now.waiting);
    };
  }

  const linkOf = (contact: string) => assigned.get(contact)?.link;
  return {
    desk,
    recordings: shelf.recordings,
    ringer: ringer.state,
    contact: (id) => assigned.get(id)?.link.store,
    call: (id) => assigned.get(id)?.calls.current,
    take(contact) {
      taking.add(contact);
      ask({ type: 'contact.take', ...(contact === null ? {} : { contact }) });
    },
    expand: (contact) => desk.dispatch({ type: 'expanded', contact }),
    putAway: letGo,
    setStatus: (status) => ask({ type: 'agent.set', ...status }),
    write: (contact, text) => linkOf(contact)?.write(text),
    note: (contact, text) => linkOf(contact)?.note(text),
    sendFiles: (contact, files) => linkOf(contact)?.sendFiles(files),
    cancelFile: (contact, upload) => linkOf(contact)?.cancelFile(upload),
    draft: (contact, text) => linkOf(contact)?.draft(text),
    read: (contact) => linkOf(contact)?.read(),
    discard: (contact, id) => linkOf(contact)?.discard(id),
    pushLink: (contact, url) => ask({ type: 'link.push', contact, url }),
    setColour: (contact, colour) => ask({ type: 'contact.colour', contact, colour }),
    // Shown as soon as it comes; without a connection the last one stays.
    readCard: (contact) => void transport.send({ type: 'card.read', contact }),
    readTargets: (contact) => ask({ type: 'transfer.read', contact }),
    transfer: (contact, to, note) => ask({ type: 'transfer.offer', contact, to, note }),
    declineTransfer: (contact) => ask({ type: 'transfer.decline', contact }),
    withdrawTransfer: (contact) => ask({ type: 'transfer.withdraw', contact }),
    putResponse: (response) => ask({ type: 'response.put', response }),
    deleteResponse: (id) => ask({ type: 'response.delete', id }),
    setRinger: (change) => ringer.set(change),
    enableSound: () => ringer.enableSound(),
    readReport: (days, signal) => fetchReport(server, token, days, signal),
    dismissNotice(contact) {
      if (contact === null) desk.dispatch({ type: 'noticed', notice: null });
      else linkOf(contact)?.store.dispatch({ type: 'noticed', notice: null });
    },
    requestChannel: (contact, channel) => ask({ type: 'channel.request', contact, channel }),
    dropChannel: (contact, channel) => ask({ type: 'channel.drop', contact, channel }),
    resumeCall: (contact) => oneCall.resume(contact),
    answerCall: (contact, answer) => assigned.get(contact)?.calls.answer(answer),
    end: (contact) => ask({ type: 'contact.end', contact }),
    finishRecording: (recording) => shelf.finish(recording),
    sendRecording: (recording, on) => shelf.send(recording, on),
    recordingAsMp4: (recording) =>
      shelf.asMp4(recording).catch((error: Error) => {
        noRecording(error.message);
        return null;
      }),
    discardRecording: (recording) => shelf.discard(recording),
    setToken(next) {
      if (next === token) return;
      token = next;
      if (desk.state.connection !== 'refused') return;
      transport.close();
      desk.dispatch({ type: 'connection', connection: 'connecting' });
      transport = connect();
    },
    close() {
      for (const { link, calls, unfollow } of assigned.values()) {
        for (const end of unfollow) end();
        calls.close();
        link.close();
      }
      unring();
      ringer.close();
      shelf.close();
      closing.abort();
      transport.close();
    },
  };
}

/** Keeps the histories of two agents on one machine apart. The server, not this, decides who the agent is. */
function subjectOf(token: string): string {
  try {
    const payload = token.split('.')[1] ?? '';
    const { sub } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof sub === 'string' ? sub : 'agent';
  } catch {
    return 'agent';
  }
}

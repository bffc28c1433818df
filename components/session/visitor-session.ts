import type { ContactKind } from '../../core/contact/model.ts';
import type { ClientFrame, VisitorHello } from '../../core/protocol/client-frames.ts';
import { CloseCode } from '../../core/protocol/codes.ts';
import { PROTOCOL_VERSION } from '../../core/protocol/limits.ts';
import type { Permissions } from '../../core/protocol/schemas.ts';
import type { ContactView, ServerFrame, Welcome } from '../../core/protocol/server-frames.ts';
import type { CallFactory } from '../store/call-factory.ts';
import { createContactStore, type Notice } from '../store/contact-store.ts';
import { openDurable } from '../store/durable.ts';
import { fetchCode } from '../store/fetch-code.ts';
import type { VisitorSession } from '../store/visitor-session.ts';
import { createVisitorStore } from '../store/visitor-store.ts';
import { createCalls } from './calls.ts';
import { type ContactLink, createContactLink } from './contact-link.ts';
import { flagLive } from './live-contact.ts';
import { newId } from './new-id.ts';
import { abilitiesHere, currentPage, deviceFrom, zoneHere } from './page-facts.ts';
import { brokerAt, socketAt } from './server-address.ts';
import type { Submission } from './submission.ts';
import { trailWith } from './trail.ts';
import { createTransport } from './transport.ts';
import type { VisitWatch } from './visit-watch.ts';

export interface VisitorSessionOptions {
  /** Origin of the server, e.g. `https://chat.example.com`. */
  readonly server: string;
  readonly service: string;
  /** BCP 47 tag of the visitor's language. */
  readonly language: string;
  /** Id of the agent the page addresses; empty: nobody in particular. */
  readonly agent: string;
  readonly loadCall: () => Promise<CallFactory>;
}

/** The contact this browser is in, per service. */
interface Current {
  readonly contact: string;
  readonly kind: ContactKind;
  /** The server has confirmed it. */
  readonly opened: boolean;
}

export function createVisitorSession(options: VisitorSessionOptions): VisitorSession {
  const { server, service, language, agent, loadCall } = options;
  const durable = openDurable('vicino');
  const visitor = createVisitorStore();
  const contact = createContactStore('visitor');
  const client = newId();
  const currentKey = `current/${service}`;
  const draftKey = `draft/${service}`;
  let token: string | undefined;
  let current: Current | null = null;
  /** What sends callbacks and leads; few visitors leave any. */
  let submission: Submission | null = null;
  let link: ContactLink | null = null;
  /** Of the logs, as the newest welcome said. */
  let epoch = '';
  let watching: Promise<VisitWatch | null> | null = null;
  let abilities = abilitiesHere();
  let visible = false;
  let closed = false;

  const notice = (notice: Notice) => visitor.dispatch({ type: 'noticed', notice });
  const remember = (next: Current | null) => {
    current = next;
    // Kept nowhere, the contact still runs as long as the page: the link says so once.
    (next ? durable.set(currentKey, next) : durable.del(currentKey)).catch(() => {});
  };

  /** A page nobody talks from is nobody's business: who watches it comes with the first contact. */
  const watch = () => {
    const tell = (frame: ClientFrame) => link && transport.send(frame);
    watching ??= fetchCode(() => import('./visit-watch.ts')).then(
      ({ watchVisit }) =>
        watchVisit({
          server,
          idleAfter: () => (visitor.state.service?.idleSeconds ?? Number.POSITIVE_INFINITY) * 1_000,
          onPage(page) {
            trailWith(page);
            tell({ type: 'page.set', page });
          },
          onLeave: () => tell({ type: 'page.leave' }),
          onIdle: (on) => tell({ type: 'idle.set', on }),
          onAbilities(now, permissions) {
            abilities = now;
            tellDevices(permissions);
          },
        }),
      () => null, // The agent sees less of the visitor, no more.
    );
  };

  /** Also while there is no contact: the next one begins with it. */
  const tellDevices = (permissions: Permissions) => {
    transport.send({ type: 'abilities.set', abilities });
    transport.send({ type: 'permissions.set', permissions });
  };

  const attach = (id: string) => {
    link?.close();
    watch();
    link = createContactLink({
      own: 'visitor',
      id,
      durable,
      server,
      token: () => token ?? '',
      preview: () => visitor.state.service?.typingPreview ?? false,
      send: (frame) => transport.send(frame),
      epoch: () => epoch,
      onNotice: notice,
      store: contact,
    });
    contact.dispatch({ type: 'identified', id });
    return link;
  };

  const begin = (kind: ContactKind, invitation?: string) => {
    const contact = newId();
    remember({ contact, kind, opened: false });
    durable.del(draftKey).catch(() => {});
    const begun = attach(contact);
    announce(invitation);
    return begun;
  };

  /** Who the contact is for, and what it answers. */
  const address = (invitation?: string) => ({
    ...(agent ? { agent } : {}),
    ...(invitation ? { invitation } : {}),
  });

  const announce = (invitation?: string) => {
    if (!current) return;
    const { contact, kind } = current;
    transport.send({ type: 'contact.open', contact, service, kind, ...address(invitation) });
  };

  /** Whether a contact of this visitor goes on here. Who left a message does not come back to it. */
  const isOurs = ({ phase, entry, kind }: ContactView) =>
    phase !== 'ended' && entry === service && kind !== 'lead';

  /** Leaves the contact; gives what is still to be forgotten of it. */
  const leave = () => {
    const old = link;
    link = null;
    remember(null);
    contact.dispatch({ type: 'cleared' });
    return old;
  };
  // What cannot be deleted was not kept either.
  const forget = (old: ContactLink | null) => void old?.forget().catch(() => {});

  /** No way into the contact any more: what it refused, and what stands behind that, goes into a new one. Answers come in order. */
  const rehome = (ref?: string) => {
    const { pending } = contact.state.transcript;
    const rest = pending.filter((one, n) => !one.refused && n >= pending.findIndex(({ id }) => id === ref));
    const old = leave();
    if (rest.length) {
      const next = begin('chat');
      next.adopt(rest);
      next.resend();
    }
    // Last: until the new contact has kept them, the old one does.
    forget(old);
  };

  const kept = Promise.all([
    durable.get<string>('token'),
    durable.get<Current>(currentKey),
    durable.get<string>(draftKey),
  ]).then(
    async ([keptToken, keptCurrent, draft]) => {
      token = keptToken;
      if (draft && !contact.state.draft) contact.dispatch({ type: 'drafted', text: draft });
      if (closed || current || !keptCurrent) return;
      current = keptCurrent;
      await attach(keptCurrent.contact).restored;
    },
    () => {}, // Nothing is kept in this browser: begin as a stranger.
  );

  const hello = async (): Promise<VisitorHello> => {
    await kept;
    await link?.restored;
    const { transcript } = contact.state;
    return {
      type: 'hello',
      side: 'visitor',
      version: PROTOCOL_VERSION,
      client,
      service,
      ...(token ? { token } : {}),
      language,
      page: currentPage(),
      device: deviceFrom(navigator.userAgent),
      abilities,
      zone: zoneHere(),
      trail: trailWith(currentPage()),
      again: epoch !== '',
      ...(link && transcript.epoch !== null
        ? { resume: [{ contact: link.id, epoch: transcript.epoch, offset: transcript.head }] }
        : {}),
    };
  };

  const welcome = (frame: Welcome) => {
    const { now, you, contacts } = frame;
    if (you.side !== 'visitor') return;
    const anew = epoch !== frame.epoch;
    epoch = frame.epoch;
    token = you.token;
    durable.set('token', you.token).catch(() => {});
    visitor.dispatch({ type: 'clock', skew: now - Date.now() });
    visitor.dispatch({ type: 'service', service: you.service });
    submission?.welcomed(contacts);
    const live = contacts.find((view) => isOurs(view));
    if (!current && live) {
      remember({ contact: live.id, kind: live.kind, opened: true });
      attach(live.id);
    }
    if (!link || !current) return;
    const view = contacts.find(({ id }) => id === link?.id);
    if (view) {
      contact.dispatch({ type: 'viewed', view, anew });
      remember({ ...current, opened: true });
    } else if (!current.opened || contact.state.transcript.pending.length) {
      announce();
    } else {
      // The server lost it, and nothing of ours is underway: there is nothing to go on with.
      return forget(leave());
    }
    link.resend();
    calls.receive(frame);
    // A new socket knows nothing of it.
    void watching?.then((watch) => {
      if (watch?.idle) transport.send({ type: 'idle.set', on: true });
      if (watch?.permissions) tellDevices(watch.permissions);
    });
  };

  const receive = (frame: ServerFrame) => {
    switch (frame.type) {
      case 'welcome':
        return welcome(frame);
      case 'service.state':
        return visitor.dispatch({ type: 'service', service: frame.service });
      case 'contact.state': {
        const { id, kind } = frame.contact;
        submission?.viewed(frame.contact);
        // Another window of this visitor opened it.
        if (!current && isOurs(frame.contact)) {
          remember({ contact: id, kind, opened: true });
          attach(id);
        }
        if (link?.id !== id) return;
        if (current && (!current.opened || current.kind !== kind))
          remember({ ...current, kind, opened: true });
        return link.receive(frame);
      }
      case 'log.appended':
      case 'log.page':
      case 'typing':
      case 'queue.state':
        if (link?.id === frame.contact) link.receive(frame);
        return;
      case 'call.start':
      case 'call.dial':
        return calls.receive(frame);
      case 'error': {
        const ours = frame.contact === link?.id;
        if (submission?.refused(frame)) return;
        if (ours && (frame.code === 'contact.unknown' || frame.code === 'contact.ended') && frame.ref)
          return rehome(frame.ref);
        if (ours && link) return link.receive(frame);
        return notice({ code: frame.code, message: frame.message });
      }
    }
  };

  const transport = createTransport({
    url: socketAt(server),
    hello,
    onFrame: receive,
    onConnection(connection, code) {
      if (code === CloseCode.badToken || code === CloseCode.expiredToken) {
        // Our own token is void (the server's secret changed): go on as somebody new, with what was not delivered.
        token = undefined;
        void durable.del('token').catch(() => {});
        rehome();
        return transport.restart();
      }
      visitor.dispatch({ type: 'connection', connection });
    },
  });
  const calls = createCalls({
    own: 'visitor',
    client,
    contact,
    broker: brokerAt(server),
    send: (frame) => transport.send(frame),
    loadCall,
    onLine: (line) => link?.talk(line),
    skew: () => visitor.state.skew,
  });
  const unflag = contact.subscribe(({ id, view }) =>
    flagLive(service, id !== null && view?.phase !== 'ended'),
  );

  const loadSubmission = async (): Promise<Submission> => {
    const { createSubmission } = await fetchCode(() => import('./submission.ts'));
    submission ??= createSubmission({
      service,
      agent,
      visitor,
      contact,
      send: (frame) => transport.send(frame),
      onOpened(id, kind) {
        remember({ contact: id, kind, opened: true });
        attach(id);
      },
    });
    return submission;
  };

  /** For what makes sense only now: said, not kept, when there is no connection. */
  const ask = (frame: ClientFrame) => {
    if (!transport.send(frame))
      notice({ code: 'offline', message: 'Cannot do that now: there is no connection.' });
  };
  const about = () => link?.id ?? '';
  return {
    visitor,
    contact,
    call: calls.current,
    open(kind, invitation) {
      if (!link) begin(kind, invitation);
    },
    submit(form) {
      loadSubmission().then(
        ({ submit }) => submit(form),
        () => {
          const message = 'You are offline. Please send it again in a moment.';
          visitor.dispatch({ type: 'form', form: { status: 'refused', field: null, message } });
        },
      );
    },
    dismissForm: () => visitor.dispatch({ type: 'form', form: null }),
    rate: (score, comment) => ask({ type: 'contact.rate', contact: about(), score, comment }),
    sendFiles: (files) => (link ?? begin('chat')).sendFiles(files),
    cancelFile: (upload) => link?.cancelFile(upload),
    consentToLinks: (allow) => ask({ type: 'link.consent', contact: about(), allow }),
    write(text) {
      (link ?? begin('chat')).write(text);
    },
    draft(text) {
      if (link) return link.draft(text);
      contact.dispatch({ type: 'drafted', text });
      (text ? durable.set(draftKey, text) : durable.del(draftKey)).catch(() => {});
    },
    read() {
      if (visible) link?.read();
    },
    discard: (id) => link?.discard(id),
    dismissNotice() {
      contact.dispatch({ type: 'noticed', notice: null });
      visitor.dispatch({ type: 'noticed', notice: null });
    },
    requestChannel: (channel) => ask({ type: 'channel.request', contact: about(), channel }),
    dropChannel: (channel) => ask({ type: 'channel.drop', contact: about(), channel }),
    answerCall: (answer) => calls.answer(answer),
    answerRecording: (allow) => ask({ type: 'recording.answer', contact: about(), allow }),
    end: () => ask({ type: 'contact.end', contact: about() }),
    wait: () => ask({ type: 'contact.wait', contact: about() }),
    anew: () => forget(leave()),
    visible(on) {
      visible = on;
    },
    close() {
      closed = true;
      void watching?.then((watch) => watch?.stop());
      unflag();
      calls.close();
      link?.close();
      transport.close();
    },
  };
}

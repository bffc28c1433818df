import type { AgentSession } from '../../store/agent-session.ts';
import type { VcEventMap } from '../events.ts';
import type { CallRequestType } from '../media-bar/call-requests.ts';

/** For requests about one contact; those of nobody's contact ask for nothing. */
const about =
  <D extends { contact: string | null }>(verb: (session: AgentSession, contact: string, detail: D) => void) =>
  (session: AgentSession, detail: D): void => {
    if (detail.contact !== null) verb(session, detail.contact, detail);
  };

/** All requests but those of visitors, and those of a running call, which its panel answers. */
export type RequestType = Exclude<
  Extract<keyof VcEventMap, `${string}-request`>,
  | CallRequestType
  | 'vc-open-request'
  | 'vc-toggle-request'
  | 'vc-wait-request'
  | 'vc-anew-request'
  | 'vc-recording-answer-request'
  | 'vc-form-request'
  | 'vc-form-dismiss-request'
  | 'vc-form-show-request'
  | 'vc-rate-request'
  | 'vc-link-consent-request'
  | 'vc-invitation-dismiss-request'
  // The call area's, carried out there.
  | 'vc-snapshot-request'
  | 'vc-detach-request'
  // The console's own, carried out here.
  | 'vc-page-request'
  | 'vc-transcript-request'
  | 'vc-preview-request'
  | 'vc-recording-mp4-request'
>;

type Verbs = { readonly [K in RequestType]: (session: AgentSession, detail: VcEventMap[K]) => void };

/** What the console does about each request. */
export const VERBS: Verbs = {
  'vc-take-request': (session, { contact }) => session.take(contact),
  'vc-status-request': (session, { status }) => session.setStatus(status),
  'vc-panel-expand-request': (session, { contact }) => session.expand(contact),
  'vc-put-away-request': (session, { contact }) => session.putAway(contact),
  'vc-notice-dismiss-request': (session, { contact }) => session.dismissNotice(contact),
  'vc-recording-finish-request': (session, { recording }) => session.finishRecording(recording),
  'vc-recording-send-request': (session, { recording, on }) => session.sendRecording(recording, on),
  'vc-recording-discard-request': (session, { recording }) => session.discardRecording(recording),
  'vc-message-request': about((session, contact, { text }) => session.write(contact, text)),
  'vc-draft-request': about((session, contact, { text }) => session.draft(contact, text)),
  'vc-read-request': about((session, contact) => session.read(contact)),
  'vc-discard-request': about((session, contact, { id }) => session.discard(contact, id)),
  'vc-channel-request': about((session, contact, { channel }) => session.requestChannel(contact, channel)),
  'vc-channel-drop-request': about((session, contact, { channel }) => session.dropChannel(contact, channel)),
  'vc-call-answer-request': about((session, contact, { answer }) => session.answerCall(contact, answer)),
  'vc-call-resume-request': about((session, contact) => session.resumeCall(contact)),
  'vc-end-request': about((session, contact) => session.end(contact)),
  'vc-note-request': about((session, contact, { text }) => session.note(contact, text)),
  'vc-file-request': about((session, contact, { files }) => session.sendFiles(contact, files)),
  'vc-file-cancel-request': about((session, contact, { id }) => session.cancelFile(contact, id)),
  'vc-link-request': about((session, contact, { url }) => session.pushLink(contact, url)),
  'vc-colour-request': about((session, contact, { colour }) => session.setColour(contact, colour)),
  'vc-card-request': about((session, contact) => session.readCard(contact)),
  'vc-transfer-targets-request': about((session, contact) => session.readTargets(contact)),
  'vc-transfer-request': about((session, contact, { to, note }) => session.transfer(contact, to, note)),
  'vc-transfer-decline-request': (session, { contact }) => session.declineTransfer(contact),
  'vc-transfer-withdraw-request': about((session, contact) => session.withdrawTransfer(contact)),
  'vc-response-request': (session, { response }) => session.putResponse(response),
  'vc-response-delete-request': (session, { id }) => session.deleteResponse(id),
  'vc-ringer-request': (session, { change }) => session.setRinger(change),
  'vc-sound-enable-request': (session) => session.enableSound(),
};

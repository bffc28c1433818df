import type { CallKind } from '../../../core/contact/model.ts';
import type { CallView } from '../../../core/protocol/server-frames.ts';

/** Which call the agent asks the visitor for now: a first one, or a picture in a running voice call. */
export function askedFor(call: CallView | null | undefined): CallKind | null {
  if (call?.upgradeBy === 'agent') return 'video';
  return call?.status === 'asking' && call.askedBy === 'agent' ? call.kind : null;
}

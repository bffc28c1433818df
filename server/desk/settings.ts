import type { ContactSettings } from '../../core/contact/model.ts';
import type { Config, Service } from '../config/schema.ts';

/** What a service allows a contact. */
export const settingsOf = (
  service: Service,
  { graceSeconds }: Pick<Config, 'graceSeconds'>,
): ContactSettings => ({
  voice: service.channels.voice,
  video: service.channels.video,
  recording: service.recording,
  maxWait: service.maxWaitSeconds * 1000,
  grace: graceSeconds * 1000,
  ring: service.ringSeconds * 1000,
  audioFirst: service.audioFirst,
  bitrate: service.bitrate,
  selfView: service.selfView,
  files: service.files,
  transfer: service.transferSeconds * 1000,
});

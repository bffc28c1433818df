import type { ContactSettings } from '../../core/contact/model.ts';
import type { Abilities } from '../../core/protocol/schemas.ts';
import type { Config, Service } from '../config/schema.ts';

/** What a service allows a contact with a visitor whose browser is able to do so much. */
export const settingsOf = (
  service: Service,
  { graceSeconds }: Pick<Config, 'graceSeconds'>,
  abilities: Abilities,
): ContactSettings => ({
  voice: service.channels.voice && abilities.voice,
  video: service.channels.video && abilities.video,
  recording: service.recording,
  maxWait: service.maxWaitSeconds * 1000,
  grace: graceSeconds * 1000,
  ring: service.ringSeconds * 1000,
  transfer: service.transferSeconds * 1000,
});

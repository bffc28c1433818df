import type { ConfigError } from './load.ts';
import type { Agent, Config, Service } from './schema.ts';

/** What no single field can tell is wrong, since it depends on another one. */
export const crossCheck = ({ services, agents, ice }: Config): ConfigError[] => [
  ...services.flatMap((service, i) => checkService(service, `services.${i}`)),
  ...agents.flatMap((agent, i) => checkPicture(agent, `agents.${i}.picture`)),
  ...ice.servers.flatMap((server, i) => checkIceServer(server, `ice.servers.${i}`)),
];

const checkService = (service: Service, path: string): ConfigError[] => [
  ...checkOffers(service, path),
  ...checkAudioFirst(service, path),
  ...checkResponses(service, `${path}.responses`),
  ...checkInvitations(service, `${path}.invitations`),
];

function checkOffers({ channels, offers }: Service, path: string): ConfigError[] {
  if (!offers)
    return Object.values(channels).includes(true)
      ? []
      : [{ field: `${path}.channels`, reason: 'all are off, and no offers name another way to begin' }];
  return offers.flatMap(({ kind }, i) => {
    const field = `${path}.offers.${i}.kind`;
    if (offers.findIndex((offer) => offer.kind === kind) !== i)
      return [{ field, reason: `"${kind}" is offered twice` }];
    return isOff(channels, kind) ? [{ field, reason: `the channel "${kind}" is off` }] : [];
  });
}

function checkAudioFirst({ audioFirst, channels }: Service, path: string): ConfigError[] {
  return audioFirst && channels.video && !channels.voice
    ? [{ field: `${path}.audioFirst`, reason: 'the channel "voice" is off' }]
    : [];
}

function checkResponses({ responses }: Service, path: string): ConfigError[] {
  const checkUnique = (field: 'id' | 'shortcut') =>
    responses.flatMap((response, i) => {
      const value = response[field].toLowerCase();
      return responses.findIndex((other) => other[field].toLowerCase() === value) === i
        ? []
        : [
            {
              field: `${path}.${i}.${field}`,
              reason: `two responses have the ${field} "${response[field]}"`,
            },
          ];
    });
  return [...checkUnique('id'), ...checkUnique('shortcut')];
}

function checkInvitations({ channels, invitations }: Service, path: string): ConfigError[] {
  return invitations.flatMap(({ kind, afterSeconds, scrollPercent, exitIntent, url }, i) => {
    const errors: ConfigError[] = [];
    if (afterSeconds === undefined && scrollPercent === undefined && !exitIntent && url === undefined)
      errors.push({
        field: `${path}.${i}`,
        reason: 'it has no condition: afterSeconds, scrollPercent, exitIntent or url',
      });
    if (isOff(channels, kind))
      errors.push({ field: `${path}.${i}.kind`, reason: `the channel "${kind}" is off` });
    return errors;
  });
}

function checkPicture({ picture }: Agent, field: string): ConfigError[] {
  if (picture === undefined || /^\/(?!\/)/.test(picture)) return [];
  const isAddress = URL.canParse(picture) && /^https?:$/.test(new URL(picture).protocol);
  return isAddress ? [] : [{ field, reason: 'it is not an address such as "https://example.com/anna.jpg"' }];
}

function checkIceServer({ urls, username, credential }: Config['ice']['servers'][number], field: string) {
  const isTurn = [urls].flat().some((url) => url.startsWith('turn'));
  // Browsers refuse to begin a call with such a server in the list.
  return isTurn && (username === undefined || credential === undefined)
    ? [{ field, reason: 'a TURN server needs a username and a credential' }]
    : [];
}

const isOff = (channels: Service['channels'], kind: string): boolean =>
  kind in channels && !channels[kind as keyof typeof channels];

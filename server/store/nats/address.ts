/** What `nats://…` asks for. */
export interface NatsAddress {
  /** `host:port`, one or more of the same cluster. */
  readonly servers: readonly string[];
  readonly user?: string;
  readonly password?: string;
  /** Begins the names of the streams and subjects, so that several installations share a cluster. */
  readonly name: string;
  /** Copies of the data in the cluster; without it 1 for new data, and what there is stays as it is. */
  readonly replicas?: number;
  /** Where in the cluster the copies may lie. */
  readonly placement?: { readonly cluster?: string; readonly tags?: readonly string[] };
}

const SERVER = /^[A-Za-z0-9.-]+(:\d+)?$|^\[[0-9a-f:]+\](:\d+)?$/i;

/**
 * Reads `nats://[USER:PASSWORD@]HOST[:PORT][,HOST[:PORT]…][/NAME][?replicas=1…5&cluster=NAME&tags=TAG[,TAG…]]`.
 * @returns the reason when it is not of this form
 */
export function parseNatsAddress(text: string): NatsAddress | string {
  const [, login, hosts = '', name = '', query = ''] =
    text.match(/^nats:\/\/(?:([^@/?]*)@)?([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/) ?? [];
  const servers = hosts.split(',');
  if (!servers.every((server) => SERVER.test(server))) return 'it names no HOST:PORT';
  if (!/^[A-Za-z0-9_-]*$/.test(name))
    return 'the name behind the servers has more than letters, digits, _ and -';
  const options = new URLSearchParams(query);
  const unknown = [...options.keys()].find((key) => !['replicas', 'cluster', 'tags'].includes(key));
  if (unknown !== undefined) return `it has an unknown option ${unknown}`;
  const replicas = options.get('replicas');
  if (replicas !== null && !/^[1-5]$/.test(replicas)) return 'replicas is not a number from 1 to 5';
  const cluster = options.get('cluster');
  const tags = options.get('tags')?.split(',');
  const [user, password] = (login ?? '').split(':', 2).map(decodeURIComponent);
  return {
    servers,
    name: name || 'vicino',
    ...(user && { user }),
    ...(password !== undefined && { password }),
    ...(replicas !== null && { replicas: Number(replicas) }),
    ...((cluster || tags) && { placement: { ...(cluster && { cluster }), ...(tags && { tags }) } }),
  };
}

/**
 * A key, log or subject of the port as the end of a NATS subject: segments are tokens there, and a dot inside
 * a segment becomes what no segment holds.
 */
export const toSubject = (name: string): string => name.replaceAll('.', '=').replaceAll('/', '.');

export const fromSubject = (subject: string): string => subject.replaceAll('.', '/').replaceAll('=', '.');

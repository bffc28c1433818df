/** Gives an unguessable id: 128 random bits in hexadecimal, fit for the wire, for store keys and for PeerJS. */
export type Ids = () => string;

export const randomId: Ids = () => crypto.randomUUID().replaceAll('-', '');

import { createContext } from '@lit/context';

/** Origin of the server, for the addresses of files and pictures. */
export const serverContext = createContext<string>(Symbol('vc-server'));

/** Where the bytes of a file in the log are. */
export const fileAddress = (server: string, { file, name }: { file: string; name: string }): string =>
  `${server}/api/files/${file}/${encodeURIComponent(name)}`;

/** An address of the configuration, which may begin at the root of the server. */
export const addressOn = (server: string, address: string): string => new URL(address, server).href;

import type { StoreErrorCode } from '../port.ts';

/** What one instance puts into the inbox of another. */
export type KvLetter =
  | { readonly type: 'message'; readonly subject: string; readonly message: unknown }
  | {
      readonly type: 'question';
      readonly id: string;
      readonly from: string;
      readonly subject: string;
      readonly message: unknown;
    }
  | { readonly type: 'answer'; readonly id: string; readonly reply: Reply };

/** An answer, or why there is none. */
export type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: StoreErrorCode; readonly sentence: string };

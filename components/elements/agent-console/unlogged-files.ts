import type { ContactState } from '../../store/contact-store.ts';
import type { ShownFile } from '../parts/transcript-rows.ts';

/** A file as the list of files shows it. */
export type ListedFile = ShownFile & {
  readonly id: string;
  readonly at: number;
  readonly author: { readonly name: string };
};

/** Files that went over a call and are not in the log yet: those of this side wait here, those of the other are here alone. */
export function unloggedFiles({ transcript, direct, view }: ContactState): readonly ListedFile[] {
  const own = transcript.pending.flatMap(({ id, at, text: name, file }) =>
    file
      ? [
          {
            id,
            at,
            name,
            ...file,
            file: '',
            width: null,
            height: null,
            author: { name: view?.agent?.name ?? '' },
          },
        ]
      : [],
  );
  return [...own, ...(direct?.heard ?? []).filter((entry) => entry.kind === 'file')];
}

import { openDesk, panel, settled } from './open-desk.ts';

export const NAME = 'Mara Lindqvist';

/** A console with the contact of Mara open, in front of a session that keeps drafts as a real one does. */
export async function inPanel(options?: Parameters<typeof openDesk>[0]) {
  const desk = await openDesk(options);
  desk.welcome();
  const store = desk.assign({ desk: { colour: null, permissions: null, transfer: null } });
  desk.element.addEventListener('vc-draft-request', ({ detail }) =>
    store.dispatch({ type: 'drafted', text: detail.text }),
  );
  await settled(desk.element);
  return { ...desk, store, article: panel(desk.element, NAME) };
}

/** What the keyboard does in the console. */
export type ShortcutAction = 'next' | 'forward' | 'back' | 'reply' | 'close' | 'list';

/** Each action with its single key, which is also its key with Alt. */
export const SHORTCUTS: readonly { readonly action: ShortcutAction; readonly key: string }[] = [
  { action: 'next', key: 'n' },
  { action: 'forward', key: 'j' },
  { action: 'back', key: 'k' },
  { action: 'reply', key: 'r' },
  { action: 'close', key: 'x' },
  { action: 'list', key: '?' },
];

type Keystroke = Pick<
  KeyboardEvent,
  'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'repeat' | 'isComposing'
>;

/**
 * What a keystroke asks for, or null. Single keys count only where `singles` says so; with Alt they work everywhere.
 * Other modifiers belong to the browser and to the page.
 */
export function shortcutOf(stroke: Keystroke, singles: boolean): ShortcutAction | null {
  const { altKey, ctrlKey, metaKey, repeat, isComposing } = stroke;
  if (ctrlKey || metaKey || repeat || isComposing || !(altKey || singles)) return null;
  const key = altKey ? letterOf(stroke) : stroke.key;
  const found = SHORTCUTS.find((shortcut) => shortcut.key === key);
  return found?.action ?? null;
}

/** The letter on the key: with Alt some systems type another sign. */
function letterOf({ key, code, shiftKey }: Keystroke): string {
  if (/^[a-z?]$/i.test(key)) return shiftKey && key !== '?' ? key.toUpperCase() : key.toLowerCase();
  if (shiftKey) return '';
  return /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : '';
}

/** Kinds of input that take no text. */
const WITHOUT_TEXT = ['button', 'checkbox', 'radio', 'range', 'color', 'file', 'image', 'reset', 'submit'];

/** Whether keys typed into the element are text, or choose something by its first letter. */
export function takesText(element: Element): boolean {
  if (element instanceof HTMLInputElement) return !WITHOUT_TEXT.includes(element.type);
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  if (element instanceof HTMLElement && element.isContentEditable) return true;
  return /^(textbox|searchbox|combobox|listbox|menu|menuitem|tree|grid)$/.test(
    element.getAttribute('role') ?? '',
  );
}

const KEPT = 'vc:single-keys';

/** Whether single keys act on this device. */
export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(KEPT) !== 'off';
  } catch {
    return true;
  }
}

export function keepSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(KEPT, on ? 'on' : 'off');
  } catch {
    // Storage is blocked: the choice holds for this page.
  }
}

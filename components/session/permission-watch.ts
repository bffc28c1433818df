import type { Permission, Permissions } from '../../core/contact/model.ts';

const DEVICES = [
  ['microphone', 'audioinput'],
  ['camera', 'videoinput'],
] as const;

/**
 * Tells what this browser may do with its devices: soon, and after every change, until `signal` aborts. Nothing is opened
 * and nobody is asked. A browser that keeps the answer to itself counts as one that was not asked yet, unless a device
 * has a label: browsers name devices only to pages that may use them.
 * @see https://www.w3.org/TR/permissions/
 */
export function watchPermissions(tell: (permissions: Permissions) => void, signal: AbortSignal): void {
  const { mediaDevices } = navigator;
  if (!mediaDevices?.getUserMedia) {
    tell({ microphone: 'unsupported', camera: 'unsupported' });
    return;
  }
  let last = '';
  let newest = 0;
  const asked = Promise.all(DEVICES.map(([name]) => statusOf(name)));

  const look = async () => {
    const look = ++newest;
    const [statuses, devices] = await Promise.all([asked, mediaDevices.enumerateDevices().catch(() => null)]);
    if (signal.aborted || look !== newest) return;
    const now = Object.fromEntries(
      DEVICES.map(([name, kind], at) => [
        name,
        permissionOf(statuses[at]?.state ?? null, devices?.filter((device) => device.kind === kind) ?? null),
      ]),
    ) as unknown as Permissions;
    const text = JSON.stringify(now);
    if (text !== last) tell(now);
    last = text;
  };

  mediaDevices.addEventListener('devicechange', look, { signal });
  void asked.then((statuses) => {
    for (const status of statuses) status?.addEventListener('change', look, { signal });
  });
  void look();
}

/** `devices` of one kind; null: the browser did not say. */
export function permissionOf(
  state: PermissionState | null,
  devices: readonly Pick<MediaDeviceInfo, 'label'>[] | null,
): Permission {
  if (devices?.length === 0) return 'missing';
  return state ?? (devices?.some(({ label }) => label) ? 'granted' : 'prompt');
}

/** Not every browser answers for cameras and microphones; one that does not rejects. */
async function statusOf(name: string): Promise<PermissionStatus | null> {
  try {
    return await navigator.permissions.query({ name: name as PermissionName });
  } catch {
    return null;
  }
}

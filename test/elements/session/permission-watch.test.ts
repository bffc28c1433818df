import { expect } from '@open-wc/testing';
import { permissionOf, watchPermissions } from '../../../components/session/permission-watch.ts';
import type { Permission, Permissions } from '../../../core/contact/model.ts';
import { until } from '../until.ts';

const { enumerateDevices } = MediaDevices.prototype;
const prototype = Object.getPrototypeOf(navigator.permissions) as Pick<typeof navigator.permissions, 'query'>;
const { query } = prototype;

/** A permission the test decides. */
class FakeStatus extends EventTarget {
  state: PermissionState = 'prompt';
  set(state: PermissionState): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

const plug = (...kinds: MediaDeviceKind[]) => {
  MediaDevices.prototype.enumerateDevices = async () =>
    kinds.map((kind) => ({ kind, label: '' }) as MediaDeviceInfo);
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
};

describe('permission watch', () => {
  let statuses: Record<string, FakeStatus>;
  let told: Permissions[];
  let stopping: AbortController;
  const watch = () => watchPermissions((now) => told.push(now), stopping.signal);

  beforeEach(() => {
    statuses = { microphone: new FakeStatus(), camera: new FakeStatus() };
    told = [];
    stopping = new AbortController();
    prototype.query = async ({ name }) => statuses[name] as unknown as PermissionStatus;
    plug('audioinput', 'videoinput');
  });
  afterEach(() => {
    stopping.abort();
    prototype.query = query;
    MediaDevices.prototype.enumerateDevices = enumerateDevices;
  });

  it('V8 tells soon, and again when the visitor decides or a device is plugged in', async () => {
    plug('audioinput');
    watch();
    await until(() => told.length === 1);
    statuses.microphone?.set('granted');
    await until(() => told.length === 2);
    plug('audioinput', 'videoinput');
    await until(() => told.length === 3);
    statuses.camera?.set('denied');
    await until(() => told.length === 4);
    expect(told).to.eql([
      { microphone: 'prompt', camera: 'missing' },
      { microphone: 'granted', camera: 'missing' },
      { microphone: 'granted', camera: 'prompt' },
      { microphone: 'granted', camera: 'denied' },
    ]);
  });

  it('V8 says nothing twice, and nothing after its end', async () => {
    watch();
    await until(() => told.length === 1);
    plug('audioinput', 'videoinput');
    statuses.microphone?.set('granted');
    await until(() => told.length === 2);
    stopping.abort();
    statuses.microphone?.set('denied');
    plug();
    await Promise.resolve();
    expect(told).to.have.length(2);
  });

  it('V8 knows a grant by the names of the devices where the browser keeps the answer to itself', () => {
    const rows: [PermissionState | null, { label: string }[] | null, Permission][] = [
      [null, [{ label: 'Headset' }], 'granted'],
      [null, [{ label: '' }], 'prompt'],
      [null, null, 'prompt'],
      [null, [], 'missing'],
      ['denied', [], 'missing'],
      ['denied', [{ label: '' }], 'denied'],
      ['granted', null, 'granted'],
    ];
    for (const [state, devices, permission] of rows)
      expect(permissionOf(state, devices)).to.equal(permission);
  });
});

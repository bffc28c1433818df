import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkImports } from '../../scripts/check-imports.mjs';

const WIDGET = 'components/elements/widget/vc-widget.ts';
const CONSOLE = 'components/elements/agent-console/vc-agent-console.ts';

/** @type {[path: string, source: string][]} */
const FORBIDDEN = [
  ['core/contact/model.ts', "import { a } from '../../server/hub.ts';"],
  ['core/contact/model.ts', "import { a } from '../../components/store/store.ts';"],
  ['core/contact/model.ts', "import { a } from 'hono';"],
  ['core/contact/model.ts', "import { a } from 'node:crypto';"],
  ['server/hub.ts', "import { a } from '../components/store/store.ts';"],
  ['server/hub.ts', "import { a } from '../demo/desk.ts';"],
  ['components/store/store.ts', "import { a } from '../../server/hub.ts';"],
  ['components/store/store.ts', "import { a } from '../session/outbox.ts';"],
  ['components/store/store.ts', "import { a } from '../elements/base.ts';"],
  ['components/session/outbox.ts', "import { a } from '../media/call.ts';"],
  ['components/session/outbox.ts', "import { a } from '../elements/base.ts';"],
  ['components/media/call.ts', "import { a } from '../session/outbox.ts';"],
  ['components/media/call.ts', "import { a } from '../elements/base.ts';"],
  ['components/elements/parts/tile.ts', "import { a } from '../../session/outbox.ts';"],
  ['components/elements/parts/tile.ts', "import { a } from '../../media/call.ts';"],
  ['components/elements/parts/tile.ts', "const a = await import('../../media/call.ts');"],
  ['components/elements/parts/tile.ts', "import type { A } from '../../media/call.ts';"],
  ['components/elements/parts/tile.ts', "let a: import('../../media/call.ts').A;"],
  ['components/elements/parts/tile.ts', "export { a } from '../../media/call.ts';"],
  ['components/elements/parts/tile.ts', "import '../../media/call.ts';"],
  ['components/elements/parts/tile.ts', "import { a } from '../../define/vc-widget.ts';"],
  ['components/elements/widget/vc-widget-panel.ts', "import { a } from '../../session/outbox.ts';"],
  [WIDGET, "import { a } from '../../media/call.ts';"],
  [CONSOLE, "export * from '../../media/call.ts';"],
  [WIDGET, "import { a } from '../../loader/vc.ts';"],
  ['components/define/vc-widget.ts', "import { a } from '../session/outbox.ts';"],
  ['components/loader/vc.ts', "import { a } from '../elements/widget/vc-widget.ts';"],
  ['components/loader/vc.ts', "import { a } from '../../core/protocol/codes.ts';"],
  ['components/index.ts', "import './define/vc-widget.ts';"],
  ['components/extras/more.ts', "import { a } from '../store/store.ts';"],
  ['demo/desk.ts', "import { a } from '../server/hub.ts';"],
  ['demo/desk.ts', "import { a } from '../components/elements/base.ts';"],
  ['components/media/call.ts', "import { Peer } from 'peerjs';"],
  ['components/session/outbox.ts', "import { get } from 'idb-keyval';"],
  ['components/media/peer.ts', "import { Input } from 'mediabunny';"],
  ['components/media/call.ts', "import type { Peer } from 'peerjs';"],
  ['server/hub.ts', "const a = await import('peerjs/dist/bundler.mjs');"],
  ['components/media/recording/recorder.ts', "import { remux } from '../remux.ts';"],
];

/** @type {[path: string, source: string][]} */
const ALLOWED = [
  ['core/contact/model.ts', "import * as v from 'valibot';\nimport { a } from '../protocol/codes.ts';"],
  ['server/desk/take.ts', "import { a } from '../../core/contact/model.ts';\nimport { Hono } from 'hono';"],
  ['components/store/durable.ts', "import { get } from 'idb-keyval';"],
  ['components/media/peer.ts', "import { Peer } from 'peerjs';"],
  ['components/media/remux.ts', "import { Input } from 'mediabunny';"],
  ['components/media/recording/recorder.ts', "const { remux } = await import('../remux.ts');"],
  ['components/session/outbox.ts', "import { a } from '../store/durable.ts';"],
  ['components/elements/parts/tile.ts', "import { a } from '../../store/call-handle.ts';"],
  [WIDGET, "import { a } from '../../session/outbox.ts';\nconst b = await import('../../media/call.ts');"],
  [CONSOLE, "import type { Call } from '../../media/call.ts';\nimport { a } from '../../session/desk.ts';"],
  ['components/define/vc-widget.ts', "import { VcWidget } from '../elements/widget/vc-widget.ts';"],
  ['components/loader/vc.ts', "import { a } from '../elements/widget/launcher-style.ts';"],
  ['demo/desk.ts', "import '../components/define/vc-agent-console.ts';"],
  ['test/core/routing_test.ts', "import { a } from '../../server/hub.ts';"],
];

for (const [path, source] of FORBIDDEN) {
  test(`${path} may not: ${source}`, () => {
    const complaints = checkImports(path, `\n${source}\n`);
    assert.equal(complaints.length, 1);
    assert.match(complaints[0], new RegExp(`^${path}:2 Cannot import `));
  });
}

for (const [path, source] of ALLOWED) {
  test(`${path} may: ${source.replace('\n', ' ')}`, () => {
    assert.deepEqual(checkImports(path, source), []);
  });
}

import { insertWidget } from './insert-widget.ts';
import { notePage } from './note-page.ts';

/**
 * The script tag: `<script async src="https://HOST/vc.js" data-service="sales"></script>`. A classic script, so it knows
 * its own tag; everything else is in {@link insertWidget}.
 */

/** Paths of modules on the server this script came from; filled in by the build. */
declare const __VC_WIDGET__: string;
declare const __VC_INVITATIONS__: string;

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const { origin } = new URL(script.src);
  const insert = () => {
    notePage();
    const addresses = { widget: origin + __VC_WIDGET__, invitations: origin + __VC_INVITATIONS__ };
    insertWidget(origin, addresses, script.dataset);
  };
  if (document.body) insert();
  else document.addEventListener('DOMContentLoaded', insert);
}

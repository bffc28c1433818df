import { insertWidget } from './insert-widget.ts';

/**
 * The script tag: `<script async src="https://HOST/vc.js" data-service="sales"></script>`. A classic script, so it knows
 * its own tag; everything else is in {@link insertWidget}.
 */

/** Path of the widget's module on the server this script came from; filled in by the build. */
declare const __VC_WIDGET__: string;

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const { origin } = new URL(script.src);
  const insert = () => insertWidget(origin, new URL(__VC_WIDGET__, origin).href, script.dataset);
  if (document.body) insert();
  else document.addEventListener('DOMContentLoaded', insert);
}

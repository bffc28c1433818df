/**
 * Style of the launcher, as text: the loader shows the button before Lit is there, and the widget then shows the very same
 * one. So it reads the public tokens with their defaults instead of the private ones.
 */
export const launcherCss = /* css */ `
:host {
  /* A page's "body > *" means its own content. */
  position: fixed !important;
  inline-size: auto !important;
  block-size: auto !important;
  margin: 0 !important;
  padding: 0 !important;
  z-index: 2147483000;
  inset: auto 20px 20px auto;
  color-scheme: light dark;
}
:host([position='left']) { inset: auto auto 20px 20px; }
:host([theme='light']) { color-scheme: light; }
:host([theme='dark']) { color-scheme: dark; }
.launcher {
  position: relative;
  display: grid;
  place-items: center;
  inline-size: 58px;
  block-size: 58px;
  margin: 0;
  padding: 0;
  border: 1px solid transparent;
  border-radius: 50%;
  background: var(--vc-accent, light-dark(#0b6478, #117a91));
  color: var(--vc-on-accent, #fff);
  box-shadow: 0 1px 3px rgb(15 23 32 / 20%), 0 8px 24px rgb(15 23 32 / 28%);
  cursor: pointer;
  transition: transform .15s, box-shadow .15s;
  -webkit-tap-highlight-color: transparent;
}
.launcher:hover { transform: translateY(-2px); box-shadow: 0 2px 4px rgb(15 23 32 / 20%), 0 12px 32px rgb(15 23 32 / 34%); }
.launcher:active { transform: scale(.96); }
.launcher:focus-visible { outline: 3px solid light-dark(#0b6478, #6cc9dc); outline-offset: 3px; }
.launcher > svg { inline-size: 26px; block-size: 26px; }
@media (prefers-reduced-motion: reduce) { .launcher { transition: none; } }
:host([open]) vc-invitations { display: none; }
@media print { :host { display: none; } }
`;

/** The launcher while the widget is on its way: the loader's alone. */
export const launcherBusyCss = /* css */ `
.launcher[aria-busy='true'] > svg { opacity: 0; }
.launcher[aria-busy='true']::after {
  content: '';
  position: absolute;
  inset: 17px;
  border: 2.5px solid;
  border-block-end-color: transparent;
  border-radius: 50%;
  animation: turn .8s linear infinite;
}
@keyframes turn { to { rotate: 1turn; } }
@media (prefers-reduced-motion: reduce) { .launcher[aria-busy='true']::after { animation-duration: 3s; } }
`;

/** Style of the bubble. As the launcher's, it reads the public tokens: there may be no widget around it yet. */
export const invitationsCss = /* css */ `
:host {
  position: absolute;
  inset: auto 0 calc(100% + 14px) auto;
  inline-size: max-content;
  max-inline-size: min(300px, calc(100vw - 40px));
}
:host([position='left']) { inset: auto auto calc(100% + 14px) 0; }
section {
  box-sizing: border-box;
  padding: 16px;
  border: 1px solid var(--vc-line, light-dark(#e3e6e9, #2c3238));
  border-radius: var(--vc-radius, 16px);
  background: var(--vc-surface, light-dark(#fff, #16191d));
  color: var(--vc-text, light-dark(#14191f, #e9ecef));
  font: 400 15px / 1.45 var(--vc-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif);
  letter-spacing: normal;
  text-align: start;
  box-shadow: 0 2px 6px rgb(15 23 32 / 10%), 0 16px 48px rgb(15 23 32 / 24%);
  animation: appear .2s cubic-bezier(.2, 0, 0, 1);
}
p { margin: 0; padding-inline-end: 32px; overflow-wrap: anywhere; text-wrap: pretty; }
button {
  box-sizing: border-box;
  min-block-size: 40px;
  margin: 14px 0 0;
  padding: 6px 18px;
  border: 1px solid transparent;
  border-radius: calc(var(--vc-radius, 16px) * .625);
  background: var(--vc-accent, light-dark(#0b6478, #117a91));
  color: var(--vc-on-accent, #fff);
  font: inherit;
  font-weight: 550;
  cursor: pointer;
  -webkit-tap-highlight-color: transparent;
}
button:hover { filter: brightness(.9); }
button:focus-visible { outline: 2px solid light-dark(#0b6478, #6cc9dc); outline-offset: 2px; }
.close {
  position: absolute;
  inset-block-start: 6px;
  inset-inline-end: 6px;
  inline-size: 40px;
  margin: 0;
  padding: 0;
  border-radius: 50%;
  background: none;
}
.close:hover { background: light-dark(rgb(15 23 32 / 6%), rgb(255 255 255 / 8%)); filter: none; }
.close::before, .close::after {
  content: '';
  position: absolute;
  inset: 18px 12px auto;
  border-block-start: 1.75px solid var(--vc-muted, light-dark(#59636e, #a0a9b3));
  rotate: 45deg;
}
.close::after { rotate: -45deg; }
@keyframes appear { from { opacity: 0; transform: translateY(8px); } }
@media (prefers-reduced-motion: reduce) { section { animation: none; } }
@media (forced-colors: active) { button { border-color: ButtonText; } }
`;

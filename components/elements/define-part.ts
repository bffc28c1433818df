/** Registers an inner element once, however many bundles bring it; does nothing where there are no custom elements. */
export function definePart(name: string, element: CustomElementConstructor): void {
  const registry = globalThis.customElements;
  if (registry && !registry.get(name)) registry.define(name, element);
}

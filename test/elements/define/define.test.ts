import { expect, fixture } from '@open-wc/testing';
import { html, unsafeStatic } from 'lit/static-html.js';
import { definePart } from '../../../components/elements/define-part.ts';

const ELEMENTS = {
  'vc-widget': ['VcWidget', 'widget/vc-widget'],
  'vc-agent-console': ['VcAgentConsole', 'agent-console/vc-agent-console'],
  'vc-media-bar': ['VcMediaBar', 'media-bar/vc-media-bar'],
} as const;

/** As a second bundle on the page would bring it: the same module, run once more. */
const copyOf = (path: string) => import(new URL(`../../../components/${path}.ts?copy`, import.meta.url).href);

for (const [name, [className, path]] of Object.entries(ELEMENTS))
  describe(name, () => {
    before(() => import(`../../../components/define/${name}.ts`));

    it('E1 E2 E3 is accessible as it comes, in light and dark', async () => {
      for (const theme of ['light', 'dark']) {
        const tag = unsafeStatic(name);
        const element = await fixture(html`<${tag} theme=${theme}></${tag}>`);
        await expect(element).to.be.accessible();
      }
    });

    it('E1 E2 E3 may be registered twice', async () => {
      const first = customElements.get(name);
      expect(first).to.be.a('function');
      await copyOf(`define/${name}`);
      const { [className]: Copy } = await copyOf(`elements/${path}`);
      expect(Copy).not.to.equal(first);
      definePart(name, Copy);
      expect(customElements.get(name)).to.equal(first);
      expect(await fixture(`<${name}></${name}>`)).to.be.instanceOf(first);
    });
  });

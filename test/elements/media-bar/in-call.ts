import { ContextProvider } from '@lit/context';
import { fixture } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import { type CallHandle, callContext } from '../../../components/store/call-handle.ts';

/** The elements of `template` inside something that provides `call`, at `width` pixels; `use` provides another. */
export async function inCall<T extends Element>(
  template: TemplateResult,
  call: CallHandle | null,
  width = 360,
) {
  const parentNode = document.createElement('div');
  parentNode.style.setProperty('inline-size', `${width}px`);
  const provider = new ContextProvider(parentNode, { context: callContext, initialValue: call });
  document.body.append(parentNode);
  const element = await fixture<T>(template, { parentNode });
  return { element, parentNode, use: (other: CallHandle | null) => provider.setValue(other) };
}

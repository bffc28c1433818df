import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { checkConnection, type Measures, type Probe } from '../../check/connection-check.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { icon } from '../icon.ts';
import { t } from '../strings/connection-check.ts';
import { tokens } from '../tokens.ts';
import {
  FINDINGS,
  type Finding,
  type Findings,
  PROBES,
  textOf,
  verdictOf,
  WAITING,
} from './check-findings.ts';
import { connectionCheckStyles } from './connection-check-styles.ts';
import { controls } from './controls.ts';

const MARKS = {
  good: 'm4 10.5 4 4 8-9',
  bad: 'm5 5 10 10M15 5 5 15',
  fair: 'M10 4.5v7M10 15.4v.1',
  absent: 'M5 10h10',
  waiting: 'M10 3a7 7 0 1 1-7 7',
} as const;

/**
 * Whether calls work from this computer, on this network, through this server: by real connections, while it is in the
 * document. The result can be copied for whoever is asked for help.
 */
export class VcConnectionCheck extends VcElement {
  static override styles = [tokens, controls, connectionCheckStyles];

  /** Carries the check out; a test puts its own here. */
  static check: typeof checkConnection = checkConnection;

  /** Origin of the server. */
  @property() server: string = location.origin;
  @state() private findings: Partial<Record<Probe, Finding>> = {};
  @state() private verdict: Finding | null = null;
  @state() private copied: 'yes' | 'no' | null = null;
  @query('details') private details!: HTMLDetailsElement;
  #checking = new AbortController();
  #text = '';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#check();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#checking.abort();
  }

  protected override render(): TemplateResult {
    const { verdict } = this;
    const { level, word, hint } = verdict ?? { ...WAITING, hint: t('patience') };
    return html`
      <section class="verdict" data-level=${level} aria-live="polite">
        ${mark(level)}
        <div>
          <h2>${word}</h2>
          <p>${hint}</p>
        </div>
      </section>
      <ul aria-label=${t('results')}>${PROBES.map((probe) => this.#row(probe))}</ul>
      <div class="actions">
        <button class="button primary" type="button" ?disabled=${!verdict} @click=${this.#copy}>${t('copy')}</button>
        <button class="button outline" type="button" ?disabled=${!verdict} @click=${this.#check}>${t('again')}</button>
        <p class="copied" role="status">${this.copied && t(this.copied === 'yes' ? 'copied' : 'notCopied')}</p>
      </div>
      <details ?hidden=${!verdict}>
        <summary>${t('asText')}</summary>
        <pre tabindex="0">${this.#text}</pre>
      </details>
    `;
  }

  #row(probe: Probe): TemplateResult {
    const { level, word, hint } = this.findings[probe] ?? WAITING;
    return html`
      <li data-level=${level}>
        ${mark(level)}<b>${t(probe)}</b><span class="word">${word}</span>
        ${hint ? html`<p class="hint">${hint}</p>` : nothing}
      </li>
    `;
  }

  async #check(): Promise<void> {
    this.#checking.abort();
    this.#checking = new AbortController();
    const { signal } = this.#checking;
    const { check } = this.constructor as typeof VcConnectionCheck;
    this.findings = {};
    this.verdict = this.copied = null;
    const note = <P extends Probe>(probe: P, measure: Measures[P]) => {
      this.findings = { ...this.findings, [probe]: FINDINGS[probe](measure) };
    };
    const measures = await check(this.server, note, signal).catch(() => null);
    if (!measures || signal.aborted) return;
    const verdict = verdictOf(measures);
    this.#text = textOf(this.findings as Findings, verdict, [
      [t('server'), this.server],
      [t('time'), new Date().toISOString()],
      [t('program'), navigator.userAgent],
    ]);
    this.verdict = verdict;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#text);
      this.copied = 'yes';
    } catch {
      // Not allowed here: the text can be selected.
      this.details.open = true;
      this.copied = 'no';
    }
  }
}

const mark = (level: Finding['level']): TemplateResult =>
  html`<span class="mark" aria-hidden="true">${icon(MARKS[level])}</span>`;

definePart('vc-connection-check', VcConnectionCheck);

declare global {
  interface HTMLElementTagNameMap {
    'vc-connection-check': VcConnectionCheck;
  }
}

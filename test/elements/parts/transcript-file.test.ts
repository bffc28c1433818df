import { expect } from '@open-wc/testing';
import {
  savedTranscript,
  saveTranscript,
  transcriptName,
  transcriptText,
} from '../../../components/elements/parts/transcript-file.ts';
import type { LogEntry } from '../../../core/protocol/server-frames.ts';
import { emptyTranscript } from '../../../core/transcript/transcript.ts';
import { aFile, aNote, aView, DAY, happened, MINUTE, message, SERVER, START } from './contact-fixture.ts';

const VIEW = aView({
  phase: 'ended',
  endedAt: START + DAY,
  rating: { score: 5, comment: 'Quick and kind' },
});
const ENTRIES: readonly LogEntry[] = [
  happened(1, 'contact.taken'),
  message(2, 'visitor', 'Hello\nmy lamp is dark'),
  message(3, 'agent', 'Let me see', START + MINUTE),
  aFile(4, { name: 'label.pdf', mime: 'application/pdf', width: null, height: null }),
  aNote(5, 'Warranty until 2027'),
  happened(6, 'call.ended', { side: null, name: null, call: 'video', seconds: 64, at: START + DAY }),
  { kind: 'hidden', offset: 7, previous: 6, id: 'h-7', at: START + DAY },
];
const saved = (own: 'visitor' | 'agent') =>
  savedTranscript(VIEW, { ...emptyTranscript, epoch: 'e', head: 7, entries: ENTRIES }, own, SERVER);

describe('transcript file', () => {
  it('M9 has the whole conversation as data: messages, files, events', () => {
    const { entries, ...rest } = saved('visitor');
    expect(rest).to.deep.equal({
      contact: 'c1',
      service: 'Sales',
      kind: 'chat',
      visitor: 'Vera',
      agent: 'Anna',
      openedAt: new Date(START).toISOString(),
      endedAt: new Date(START + DAY).toISOString(),
      form: null,
      rating: { score: 5, comment: 'Quick and kind' },
    });
    expect(entries.map(({ type }) => type)).to.deep.equal(['event', 'message', 'message', 'file', 'event']);
    expect(entries[0]).to.deep.include({
      type: 'event',
      event: 'contact.taken',
      by: 'agent',
      text: 'Anna joined',
    });
    expect(entries[1]).to.deep.include({ by: 'visitor', author: 'Vera', text: 'Hello\nmy lamp is dark' });
    expect(entries[3]).to.deep.include({
      name: 'label.pdf',
      mime: 'application/pdf',
      size: 48_200,
      url: `${SERVER}/api/files/file4/label.pdf`,
    });
    expect(entries[4]).to.deep.include({ event: 'call.ended', call: 'video', seconds: 64, by: null });
  });

  it('M8 has notes for agents, marked, and none for visitors', () => {
    expect(saved('agent').entries.find(({ type }) => type === 'note')).to.deep.include({
      author: 'Anna',
      text: 'Warranty until 2027',
    });
    expect(transcriptText(saved('agent'))).to.contain('[Note by Anna] Warranty until 2027');
    expect(JSON.stringify(saved('visitor'))).not.to.contain('Warranty');
  });

  it('M9 reads as text, day by day', () => {
    const lines = transcriptText(saved('visitor')).split('\n');
    expect(lines[0]).to.equal('Conversation of Vera and Anna');
    expect(lines).to.include('Service: Sales');
    expect(lines).to.include('Rating: 5 of 5. Quick and kind');
    expect(lines.filter((line) => /Vera: Hello$/.test(line))).to.have.length(1);
    expect(lines).to.include('       my lamp is dark');
    expect(lines.some((line) => line.endsWith('Anna: Let me see'))).to.be.true;
    expect(
      lines.some((line) => line.includes(`[File] label.pdf, 48 kB: ${SERVER}/api/files/file4/label.pdf`)),
    ).to.be.true;
    expect(lines.some((line) => line.endsWith('* The video call ended after 1:04'))).to.be.true;
    expect(lines.filter((line) => /2026$/.test(line))).to.have.length(2);
  });

  it('M9 is named after the day and who took part', () => {
    expect(transcriptName(VIEW)).to.equal('conversation-2026-03-03-vera-anna');
    const odd = aView({ agent: null, visitor: { ...VIEW.visitor, name: '../Zoë “O’Neil”' } });
    expect(transcriptName(odd)).to.equal('conversation-2026-03-03-zoë-o-neil');
  });

  for (const [format, type] of [
    ['text', 'text/plain;charset=utf-8'],
    ['json', 'application/json'],
  ] as const)
    it(`M9 is downloaded as ${format}`, async () => {
      const downloaded = new Promise<HTMLAnchorElement>((resolve) => {
        // The link is not in the page: what it does is seen at the document's own click only when it is let through.
        const click = HTMLAnchorElement.prototype.click;
        HTMLAnchorElement.prototype.click = function () {
          HTMLAnchorElement.prototype.click = click;
          resolve(this);
        };
      });
      saveTranscript(VIEW, { ...emptyTranscript, entries: ENTRIES }, 'visitor', SERVER, format);
      const link = await downloaded;
      expect(link.download).to.equal(
        `conversation-2026-03-03-vera-anna.${format === 'json' ? 'json' : 'txt'}`,
      );
      const blob = await (await fetch(link.href)).blob();
      expect(blob.type).to.equal(type);
      const content = await blob.text();
      if (format === 'json') expect(JSON.parse(content)).to.deep.equal(saved('visitor'));
      else expect(content).to.equal(transcriptText(saved('visitor')));
    });
});

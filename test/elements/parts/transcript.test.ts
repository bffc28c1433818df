import { expect } from '@open-wc/testing';
import { eventText } from '../../../components/elements/parts/event-text.ts';
import { textParts } from '../../../components/elements/parts/links.ts';
import type { VcFile } from '../../../components/elements/parts/vc-file.ts';
import { eventEntry } from '../../../core/protocol/server-frames.ts';
import { until } from '../until.ts';
import {
  aFile,
  aNote,
  append,
  aView,
  DAY,
  fill,
  happened,
  MINUTE,
  message,
  START,
} from './contact-fixture.ts';
import { inTranscript } from './in-transcript.ts';

const many = (count: number) =>
  Array.from({ length: count }, (_, i) => message(i + 1, i % 2 ? 'agent' : 'visitor', `Line ${i + 1}`));
const atEnd = (log: HTMLElement) => log.scrollHeight - log.scrollTop - log.clientHeight < 2;
/** Scrolling as a reader does it; resolves when the element has seen it. */
const scrollTo = (log: HTMLElement, top: number) =>
  new Promise<void>((seen) => {
    log.addEventListener('scroll', () => seen(), { once: true });
    log.scrollTop = top;
  });

describe('vc-transcript', () => {
  for (const theme of ['light', 'dark']) {
    it(`M1 is accessible (${theme})`, async () => {
      const { element, store, settle, find } = await inTranscript({ theme });
      store.dispatch({ type: 'viewed', view: aView() });
      store.dispatch({ type: 'typing', on: true });
      fill(store, [
        happened(1, 'contact.taken'),
        message(2, 'agent', 'Have a look: https://shop.example/halo'),
        message(3, 'visitor', 'Thanks'),
      ]);
      store.dispatch({
        type: 'transcript',
        event: { type: 'write', message: { id: 'p', text: 'Hm', at: START } },
      });
      store.dispatch({ type: 'transcript', event: { type: 'refused', id: 'p', reason: 'No.' } });
      await settle();
      // Colours are measured when the bubbles have stopped appearing.
      await Promise.all(
        find('.log')
          .getAnimations({ subtree: true })
          .map(({ finished }) => finished),
      );
      await expect(element).to.be.accessible();
    });
  }

  it('M1 is a log named Conversation, with author and time of each message', async () => {
    const { store, settle, find, findAll } = await inTranscript();
    fill(store, [message(1, 'visitor', 'Hello'), message(2, 'agent', 'Hi', START + MINUTE)]);
    await settle();
    expect(find('[role="log"]').getAttribute('aria-label')).to.equal('Conversation');
    expect(findAll('.author').map(({ textContent }) => textContent)).to.deep.equal(['You', 'Anna']);
    const times = findAll<HTMLTimeElement>('time').map(({ dateTime }) => Date.parse(dateTime));
    expect(times).to.deep.equal([START, START + MINUTE]);
    expect(findAll('.message').map(({ classList }) => classList.contains('own'))).to.deep.equal([
      true,
      false,
    ]);
  });

  it('M1 groups by day, and names an author once in a run', async () => {
    const { store, settle, findAll } = await inTranscript();
    const today = Date.now();
    fill(store, [
      message(1, 'agent', 'one', START),
      message(2, 'agent', 'two', START + MINUTE),
      message(3, 'agent', 'later', START + 20 * MINUTE),
      message(4, 'agent', 'yesterday', today - DAY),
      message(5, 'agent', 'now', today),
    ]);
    await settle();
    const days = findAll('.day').map(({ textContent }) => textContent);
    expect(days).to.have.length(3);
    expect(days.slice(1)).to.deep.equal(['Yesterday', 'Today']);
    expect(findAll('.message').map(({ classList }) => classList.contains('first'))).to.deep.equal([
      true,
      false,
      true,
      true,
      true,
    ]);
  });

  it('M1 makes links clickable, safely, and keeps line breaks', async () => {
    const { store, settle, find, findAll } = await inTranscript();
    fill(store, [
      message(
        1,
        'agent',
        'See https://a.example/x?b=(1) or (www.b.example), mailto:c@d.example.\nOr javascript:alert(1)',
      ),
    ]);
    await settle();
    const links = findAll<HTMLAnchorElement>('a');
    expect(links.map(({ href }) => href)).to.deep.equal([
      'https://a.example/x?b=(1)',
      'https://www.b.example/',
      'mailto:c@d.example',
    ]);
    for (const link of links) {
      expect(link.target).to.equal('_blank');
      expect(link.rel).to.equal('noopener noreferrer');
    }
    const text = find('.bubble span');
    expect(text.textContent).to.contain('d.example.\nOr javascript:alert(1)');
    expect(getComputedStyle(text).whiteSpace).to.equal('pre-wrap');
  });

  it('M1 leaves text alone that only looks like a link', () => {
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://',
      'a.b',
      '<img src=x onerror=alert(1)>',
    ])
      expect(textParts(text)).to.deep.equal([text]);
  });

  it('M1 ticks own messages sent, delivered and read', async () => {
    const { store, settle, findAll } = await inTranscript();
    const cursors = { visitor: { delivered: 4, read: 4 }, agent: { delivered: 2, read: 1 } };
    store.dispatch({ type: 'viewed', view: aView({ cursors }) });
    fill(store, [...[1, 2, 3].map((at) => message(at, 'visitor', 'x')), message(4, 'agent', 'y')]);
    await settle();
    const labels = () => findAll('.tick').map(({ ariaLabel }) => ariaLabel);
    expect(labels()).to.deep.equal(['Read', 'Delivered', 'Sent']);
    const later = { ...cursors, agent: { delivered: 3, read: 3 } };
    store.dispatch({ type: 'viewed', view: aView({ rev: 2, cursors: later }) });
    await settle();
    expect(labels()).to.deep.equal(['Read', 'Read', 'Read']);
  });

  it('M2 shows a message as pending, and on the same line once the server has it', async () => {
    const { store, settle, find, findAll } = await inTranscript();
    const write = { id: 'm1', text: 'Anyone?', at: START };
    store.dispatch({ type: 'transcript', event: { type: 'write', message: write } });
    await settle();
    const line = find('.message');
    expect(find('.tick').ariaLabel).to.equal('Waiting to be sent');
    append(store, message(1, 'visitor', 'Anyone?'));
    await settle();
    expect(findAll('.message')).to.deep.equal([line]);
    expect(find('.tick').ariaLabel).to.equal('Sent');
  });

  it('M2 shows why a message was refused, and lets it be thrown away', async () => {
    const { store, settle, find, asked } = await inTranscript();
    const write = { id: 'p1', text: 'x', at: START };
    store.dispatch({ type: 'transcript', event: { type: 'write', message: write } });
    store.dispatch({ type: 'transcript', event: { type: 'refused', id: 'p1', reason: 'It is over.' } });
    await settle();
    expect(find('.problem').textContent).to.contain('Not sent: It is over.');
    find('.problem button').click();
    expect(asked).to.deep.include({ type: 'vc-discard-request', detail: { contact: 'c1', id: 'p1' } });
  });

  it('M3 says who is writing', async () => {
    const { store, settle, find, findAll } = await inTranscript();
    store.dispatch({ type: 'viewed', view: aView() });
    store.dispatch({ type: 'typing', on: true });
    await settle();
    expect(find('.typing').textContent?.trim()).to.equal('Anna is writing');
    append(store, message(1, 'agent', 'There'));
    await settle();
    expect(findAll('.typing')).to.be.empty;
  });

  it('M1 has a sentence for every event', () => {
    for (const event of eventEntry.entries.event.options)
      for (const side of ['visitor', 'agent', null] as const) {
        const text = eventText(
          happened(1, event, {
            side,
            name: side && 'Anna',
            call: 'video',
            seconds: 64,
            text: 'Ben',
            score: 4,
          }),
          'visitor',
        );
        expect(text, event).to.match(/^[A-Z]/);
        expect(text, event).not.to.match(/[{}]|null|undefined/);
      }
    const ended = happened(1, 'call.ended', { call: 'video', seconds: 64 });
    expect(eventText(ended, 'visitor')).to.equal('The video call ended after 1:04');
    expect(eventText(happened(1, 'contact.ended'), 'agent')).to.equal('You ended the conversation');
  });

  it('M4 names a file at once, and shows it when what draws files has come', async () => {
    const { store, settle, find } = await inTranscript();
    fill(store, [aFile(1)]);
    await settle();
    expect(find('vc-file').textContent).to.equal('lamp.png');
    await until(() => find('vc-file').shadowRoot?.querySelector('a'));
  });

  it('M4 shows a picture in the room it takes, and a document by name and size, each to be opened', async () => {
    const { store, settle, find, findAll } = await inTranscript();
    const document = {
      name: 'Warranty & terms.pdf',
      mime: 'application/pdf',
      size: 1_200_000,
      width: null,
      height: null,
    };
    fill(store, [
      aFile(1),
      aFile(2, document),
      aFile(3, { side: 'agent', author: { id: 'anna', name: 'Anna' } }),
    ]);
    await settle();
    for (const each of findAll('vc-file')) await (each as VcFile).updateComplete;
    const [picture, paper] = findAll('vc-file').map(({ shadowRoot }) => shadowRoot as ShadowRoot);
    const image = picture?.querySelector('img') as HTMLImageElement;
    expect([image.width, image.height, image.alt]).to.deep.equal([280, 210, 'Picture lamp.png']);
    const link = paper?.querySelector('a') as HTMLAnchorElement;
    expect(link.href).to.equal('https://chat.example/api/files/file2/Warranty%20%26%20terms.pdf');
    expect([link.target, link.rel]).to.deep.equal(['_blank', 'noopener noreferrer']);
    expect(link.textContent?.replace(/\s+/g, ' ').trim()).to.equal('Warranty & terms.pdf 1.2 MB');
    expect(findAll('.message').map(({ classList }) => classList.contains('own'))).to.deep.equal([
      true,
      true,
      false,
    ]);
    expect(find('.tick').ariaLabel).to.equal('Sent');
  });

  it('M4 shows a picture that cannot be loaded as a document', async () => {
    const { store, settle, find } = await inTranscript();
    fill(store, [aFile(1)]);
    await settle();
    await until(() => find('vc-file').shadowRoot?.querySelector('.name'), 'is a document');
    expect(find('vc-file').shadowRoot?.querySelector('.name')?.textContent).to.equal('lamp.png');
  });

  it('M4 stays at the end when a file takes its room', async () => {
    const { store, settle, find, findAll } = await inTranscript();
    fill(store, [...many(30), aFile(31, { width: 200, height: 400 })]);
    await settle();
    await until(() => findAll('vc-file').every(({ clientHeight }) => clientHeight > 40));
    await until(() => atEnd(find('.log')), 'is at the end');
  });

  it('M8 shows notes among agents, apart from what both sides said', async () => {
    const { store, settle, find, findAll } = await inTranscript({ own: 'agent' });
    store.dispatch({ type: 'viewed', view: aView() });
    fill(store, [message(1, 'agent', 'Hello'), aNote(2, 'Ask Ben')]);
    const write = { id: 'p', text: 'Mine', at: START, note: true };
    store.dispatch({ type: 'transcript', event: { type: 'write', message: write } });
    await settle();
    expect(findAll('.author').map(({ textContent }) => textContent)).to.deep.equal([
      'You',
      'Note · Anna',
      'Note',
    ]);
    expect(
      findAll('[part=note]').map(({ parentElement }) => parentElement?.classList.contains('own')),
    ).to.deep.equal([false, false]);
    expect(find('[part=note] .tick').ariaLabel).to.equal('Waiting to be sent');
  });

  it('M8 leaves no trace where a visitor must not read', async () => {
    const { store, settle, findAll } = await inTranscript();
    const hidden = { kind: 'hidden', offset: 2, previous: 1, id: 'h-2', at: START + DAY } as const;
    fill(store, [message(1, 'visitor', 'Hello'), hidden, message(3, 'visitor', 'There')]);
    await settle();
    expect(findAll('.day, .event, .message')).to.have.length(3);
    expect(findAll('.message').map(({ classList }) => classList.contains('first'))).to.deep.equal([
      true,
      false,
    ]);
  });

  it('M5 lets a page be opened that was shown', async () => {
    const { store, settle, find } = await inTranscript();
    fill(store, [happened(1, 'link.pushed', { text: 'https://shop.example/halo' })]);
    await settle();
    expect(find('.event').textContent).to.equal('Anna showed a page: https://shop.example/halo');
    expect(find<HTMLAnchorElement>('.event a').href).to.equal('https://shop.example/halo');
  });

  it('C14 names the agents before this one', async () => {
    const { store, settle, findAll } = await inTranscript({ own: 'agent' });
    store.dispatch({ type: 'viewed', view: aView() });
    const ben = { author: { id: 'ben', name: 'Ben' } };
    fill(store, [
      happened(1, 'contact.taken', { name: 'Ben' }),
      { ...message(2, 'agent', 'Hello'), ...ben },
      happened(3, 'contact.transferred', { text: 'Ben' }),
      message(4, 'agent', 'I go on'),
    ]);
    await settle();
    expect(findAll('.event').map(({ textContent }) => textContent)).to.deep.equal([
      'Ben joined',
      'You took over from Ben',
    ]);
    expect(findAll('.author').map(({ textContent }) => textContent)).to.deep.equal(['Ben', 'You']);
  });

  it('M1 stays at the end while the reader is there', async () => {
    const { store, settle, find } = await inTranscript();
    fill(store, many(60));
    await settle();
    const log = find('.log');
    expect(log.scrollTop).to.be.greaterThan(0);
    expect(atEnd(log)).to.be.true;
    append(store, message(61, 'agent', 'One more\nof two lines'));
    await settle();
    expect(atEnd(log)).to.be.true;
  });

  it('M1 leaves a reader who scrolled up in place, and offers the way down', async () => {
    const { store, settle, find, findAll } = await inTranscript();
    fill(store, many(60));
    await settle();
    const log = find('.log');
    await scrollTo(log, 200);
    append(store, message(61, 'agent', 'Read me'));
    await settle();
    expect(log.scrollTop).to.equal(200);
    find('.newer').click();
    await settle();
    expect(atEnd(log)).to.be.true;
    expect(findAll('.newer')).to.be.empty;
  });

  it('M1 offers no way down when all is seen because the box grew', async () => {
    const { element, store, settle, find, findAll } = await inTranscript();
    fill(store, many(60));
    await settle();
    await scrollTo(find('.log'), 0);
    append(store, message(61, 'agent', 'Read me'));
    await settle();
    expect(findAll('.newer')).to.have.length(1);
    element.style.setProperty('block-size', '9000px');
    await until(() => findAll('.newer').length === 0);
  });

  it('M1 goes to the end when the reader writes', async () => {
    const { store, settle, find } = await inTranscript();
    fill(store, many(60));
    await settle();
    await scrollTo(find('.log'), 0);
    const write = { id: 'p', text: 'Mine', at: START };
    store.dispatch({ type: 'transcript', event: { type: 'write', message: write } });
    await settle();
    expect(atEnd(find('.log'))).to.be.true;
  });

  it('M1 tells once that the newest entry was seen, and not while it is out of sight', async () => {
    const { store, settle, find, asked, element } = await inTranscript();
    const reads = () => asked.filter(({ type }) => type === 'vc-read-request').length;
    store.dispatch({ type: 'viewed', view: aView() });
    fill(store, many(60));
    await settle();
    await until(() => reads() === 1);
    await scrollTo(find('.log'), 0);
    append(store, message(61, 'agent', 'Unseen'));
    await settle();
    document.dispatchEvent(new Event('visibilitychange'));
    expect(reads()).to.equal(1);
    element.hidden = true;
    find('.newer').click();
    await settle();
    expect(reads()).to.equal(1);
    element.hidden = false;
    await until(() => reads() === 2);
  });

  it('M1 draws only the newest of a long history, and more when asked', async () => {
    const { store, settle, find, findAll } = await inTranscript();
    fill(store, many(5_000));
    await settle();
    expect(findAll('.message')).to.have.length(100);
    expect(findAll('.message').at(-1)?.textContent).to.contain('Line 5000');
    const log = find('.log');
    await scrollTo(log, 0);
    const first = find('.message');
    const before = first.getBoundingClientRect().top;
    find('.earlier').click();
    await settle();
    expect(findAll('.message')).to.have.length(200);
    expect(first.getBoundingClientRect().top).to.be.closeTo(before, 60);
  });
});

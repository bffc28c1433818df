import type { Browser } from 'playwright-core';

/**
 * Drawn people for the cameras of the pictures: Chromium plays a file of JPEG frames where a camera would be. Each entry
 * is what differs; room and figure are shared.
 */

const SIZE = { width: 960, height: 720 };
const FRAMES = 24;
const SMILE = '<path d="M440 408q46 44 92 0-10 46-46 46t-46-46z" fill="#fff"/>';

interface Person {
  readonly skin: string;
  readonly shade: string;
  readonly hair: string;
  readonly shirt: string;
  readonly collar: string;
  readonly wall: readonly [string, string];
  /** Drawn behind the figure. */
  readonly room: string;
  /** Drawn on the head, under the fringe. */
  readonly hairBack: string;
  readonly hairFront: string;
  /** Drawn over the figure. */
  readonly front: string;
}

const lampOn = (x: number, y: number, shade: string) => `
  <path d="M${x} 0V${y - 44}" stroke="#3b2c20" stroke-width="4"/>
  <path d="M${x - 130} 720 L${x - 52} ${y} H${x + 52} L${x + 130} 720Z" fill="#ffdf9e" opacity=".16"/>
  <ellipse cx="${x}" cy="${y + 2}" rx="150" ry="90" fill="url(#glow)"/>
  <path d="M${x - 14} ${y - 48}h28c8 0 36 28 42 50H${x - 56}c6-22 34-50 42-50z" fill="${shade}"/>
  <ellipse cx="${x}" cy="${y + 2}" rx="54" ry="8" fill="#ffe9bd"/>`;

/** The agent: in the workshop, a shelf of lamps behind her. */
export const agent: Person = {
  skin: '#e8b48f',
  shade: '#d39a74',
  hair: '#4a2c1d',
  shirt: '#0f6b80',
  collar: '#0a5163',
  wall: ['#e9dcc8', '#cdb898'],
  room: `
    <rect x="0" y="470" width="960" height="250" fill="#b99f7c"/>
    <rect x="40" y="232" width="236" height="14" rx="4" fill="#7d5a3c"/>
    <rect x="40" y="408" width="236" height="14" rx="4" fill="#7d5a3c"/>
    <path d="M78 232v-58h54v58zM176 232l12-74h38l12 74z" fill="#a77a4b"/>
    <circle cx="92" cy="372" r="36" fill="#fff3d6"/><path d="M80 404h24v4H80z" fill="#7a6a58"/>
    <path d="M150 408v-84l36-20 34 20v84z" fill="#6f7f63"/>
    <path d="M238 408v-50" stroke="#4a443d" stroke-width="8"/>
    ${lampOn(792, 190, '#b88a45')}`,
  hairBack:
    '<path d="M352 330c-10-150 60-214 132-214s138 64 130 214c-4 92-4 150 16 190H336c22-40 20-98 16-190z" fill="#4a2c1d"/>',
  hairFront:
    '<path d="M374 300c0-106 52-150 112-150s110 48 110 146c-26-10-42-46-48-78-32 40-110 62-174 82z" fill="#5a3623"/>',
  front: `
    <path d="M368 300c-14-150 60-206 116-206s130 56 116 206" fill="none" stroke="#20242a" stroke-width="13"/>
    <rect x="350" y="282" width="34" height="70" rx="16" fill="#20242a"/>
    <rect x="584" y="282" width="34" height="70" rx="16" fill="#20242a"/>
    <path d="M366 350c4 44 34 62 68 66" fill="none" stroke="#20242a" stroke-width="8" stroke-linecap="round"/>
    <circle cx="438" cy="416" r="9" fill="#20242a"/>
    ${SMILE}`,
};

/** The visitor: in his living room, with a window. */
export const visitor: Person = {
  skin: '#b97d55',
  shade: '#a06843',
  hair: '#1f1a18',
  shirt: '#d7794a',
  collar: '#b9622f',
  wall: ['#dfe5e4', '#b9c6c6'],
  room: `
    <rect x="0" y="500" width="960" height="220" fill="#93a3a0"/>
    <rect x="70" y="70" width="230" height="310" rx="8" fill="#f6fbff"/>
    <path d="M70 300c40-50 84-56 120-18 30-40 76-44 110-10v108H70z" fill="#a9c7a4"/>
    <path d="M185 70v310M70 225h230" stroke="#fff" stroke-width="12"/>
    <rect x="70" y="70" width="230" height="310" rx="8" fill="none" stroke="#fff" stroke-width="14"/>
    <path d="M820 700V360" stroke="#5b4a3d" stroke-width="10"/>
    <path d="M820 420c-60-10-84-60-82-104 46 4 78 44 82 104zM820 380c50-16 78-56 78-110-46 6-78 50-78 110zM820 470c56-6 92-40 100-90-52-2-92 36-100 90z" fill="#5f8a63"/>
    <path d="M764 610h112l-16 110H780z" fill="#c9805b"/>`,
  hairBack: '<path d="M372 290c-14-120 50-176 112-176s126 56 112 176z" fill="#1f1a18"/>',
  hairFront:
    '<path d="M374 296c-10-100 20-186 112-186s122 86 112 186c-10-16-16-40-24-66-56 16-120 16-176 0-8 26-14 50-24 66z" fill="#1f1a18"/>',
  front: `
    <path d="M385 330c0 92 53 138 101 138s101-46 101-138c-8 48-32 66-56 64-16-10-74-10-90 0-24 2-48-16-56-64z" fill="#1f1a18"/>
    ${SMILE}`,
};

function picture(person: Person, frame: number): string {
  const sway = Math.sin((frame / FRAMES) * Math.PI * 2);
  const blink = frame === 7 || frame === 8;
  const eye = (x: number) =>
    blink
      ? `<path d="M${x - 14} 322h28" stroke="#2a1d16" stroke-width="6" stroke-linecap="round"/>`
      : `<circle cx="${x}" cy="320" r="11" fill="#2a1d16"/><circle cx="${x + 4}" cy="316" r="3.5" fill="#fff"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 720" width="${SIZE.width}" height="${SIZE.height}">
    <defs>
      <linearGradient id="wall" x2="0" y2="1"><stop stop-color="${person.wall[0]}"/><stop offset="1" stop-color="${person.wall[1]}"/></linearGradient>
      <radialGradient id="glow"><stop stop-color="#ffdf9e" stop-opacity=".8"/><stop offset="1" stop-color="#ffdf9e" stop-opacity="0"/></radialGradient>
    </defs>
    <rect width="960" height="720" fill="url(#wall)"/>
    ${person.room}
    <g transform="translate(${4 * sway} ${3 * Math.abs(sway)})">
      <g transform="rotate(${1.2 * sway} 486 480)">${person.hairBack}</g>
      <path d="M180 720c4-150 90-196 190-216l116-20 116 20c100 20 186 66 190 216z" fill="${person.shirt}"/>
      <path d="M424 430h124v86c-10 50-114 50-124 0z" fill="${person.shade}"/>
      <path d="M404 498l20-14c8 60 116 60 124 0l20 14c-10 100-154 100-164 0z" fill="${person.collar}"/>
      <g transform="rotate(${1.2 * sway} 486 480)">
        <path d="M384 288c0-90 48-126 102-126s102 36 102 126c0 106-46 178-102 178s-102-72-102-178z" fill="${person.skin}"/>
        <path d="M428 288q18-12 36 0M508 288q18-12 36 0" fill="none" stroke="${person.hair}" stroke-width="8" stroke-linecap="round"/>
        ${eye(446)}${eye(526)}
        <path d="M486 326c-4 26-14 34-2 40" fill="none" stroke="${person.shade}" stroke-width="7" stroke-linecap="round"/>
        ${person.hairFront}${person.front}
      </g>
    </g>
  </svg>`;
}

/** Films the person into `path`, a file Chromium takes for a camera. */
export async function film(browser: Browser, person: Person, path: string): Promise<void> {
  const page = await browser.newPage({ viewport: SIZE });
  const frames: Uint8Array[] = [];
  for (let frame = 0; frame < FRAMES; frame++) {
    await page.setContent(`<style>body{margin:0}svg{display:block}</style>${picture(person, frame)}`);
    frames.push(await page.screenshot({ type: 'jpeg', quality: 88 }));
  }
  await page.close();
  await Deno.writeFile(path, new Blob(frames as BlobPart[]).stream());
}

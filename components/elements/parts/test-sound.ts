/** Two notes, seconds from the beginning → hertz. */
const NOTES = [
  [0, 523],
  [0.25, 659],
] as const;
const LENGTH = 0.9;

/** Plays a short sound on the speaker with this id; empty: the browser's default. Resolves when it is over. */
export async function testSound(speaker: string): Promise<void> {
  const context = new AudioContext();
  const player = new Audio();
  try {
    const out = context.createMediaStreamDestination();
    const tone = context.createOscillator();
    const loudness = context.createGain();
    tone.connect(loudness).connect(out);
    const { currentTime: now } = context;
    for (const [at, hertz] of NOTES) tone.frequency.setValueAtTime(hertz, now + at);
    loudness.gain.setValueAtTime(0.3, now);
    loudness.gain.exponentialRampToValueAtTime(0.001, now + LENGTH);
    player.srcObject = out.stream;
    await player.setSinkId?.(speaker).catch(() => {}); // Gone since it was listed: the default one plays.
    await player.play();
    const ended = new Promise((resolve) => tone.addEventListener('ended', resolve, { once: true }));
    tone.start();
    tone.stop(context.currentTime + LENGTH);
    await ended;
  } catch {
    // Not heard: that is what a test is for.
  } finally {
    player.srcObject = null;
    await context.close();
  }
}

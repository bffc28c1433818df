/**
 * Place of an instance among all when it comes to who does something about `key`: 0 does it, the others step in one after
 * the other. All come to the same order by themselves, and one that comes or goes changes it for few keys.
 */
export function rankOf(me: string, others: Iterable<string>, key: string): number {
  const mine = weight(me, key);
  let rank = 0;
  for (const other of others) {
    const theirs = weight(other, key);
    if (theirs > mine || (theirs === mine && other > me)) rank++;
  }
  return rank;
}

/** FNV-1a, with the mixing of MurmurHash3 behind it, for ids differ little. */
function weight(instance: string, key: string): number {
  let hash = 0x811c9dc5;
  for (const text of [instance, '/', key])
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Room on this device that is taken so that it can be given back: blocks of zeros in the origin private file system, which
 * gives room back at once, as IndexedDB does not.
 */

const FOLDER = 'vicino-reserve';

const folder = async (): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });

/** Takes so many blocks of so many bytes; says whether there is room for them. Where nothing can be taken there is. */
export async function fillReserve(blocks: number, bytes: number): Promise<boolean> {
  try {
    const reserve = await folder();
    for (let block = 0; block < blocks; block++) {
      const file = await reserve.getFileHandle(String(block), { create: true });
      if (await fill(await file.createWritable(), bytes)) continue;
      await clearReserve();
      return false;
    }
  } catch {
    // What a browser that knows no such files may have begun.
    await clearReserve();
  }
  return true;
}

/** Says whether it fitted. */
async function fill(stream: FileSystemWritableFileStream, bytes: number): Promise<boolean> {
  try {
    await stream.write(new Uint8Array(bytes));
    await stream.close();
    return true;
  } catch {
    // Not every browser says `QuotaExceededError` each time. A file that is still open cannot be removed.
    await stream.abort().catch(() => {});
    return false;
  }
}

/** How many blocks are taken. */
export async function heldReserve(): Promise<number> {
  let held = 0;
  try {
    for await (const _ of (await folder()).keys()) held += 1;
  } catch {
    // A browser that knows no such files.
  }
  return held;
}

/** Gives one of at most so many blocks back; says how many are left, or null when there was none. */
export async function spendReserve(blocks: number): Promise<number | null> {
  for (let block = blocks - 1; block >= 0; block--) {
    try {
      await (await folder()).removeEntry(String(block));
      return block;
    } catch {
      // It was spent before.
    }
  }
  return null;
}

export async function clearReserve(): Promise<void> {
  try {
    await (await navigator.storage.getDirectory()).removeEntry(FOLDER, { recursive: true });
  } catch {
    // There is none.
  }
}

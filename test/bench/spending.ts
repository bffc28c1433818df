/** What processes of this machine cost, as Linux tells it. */

/** Of `/proc/PID/stat`, in every Linux that Deno runs on. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time of a process so far, of all its threads, in user space and in the kernel. */
export function processorSeconds(pid: number): number {
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  // The name of the program, in brackets, may hold blanks.
  const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
  return (user + system) / TICKS_PER_SECOND;
}

/** Bytes of memory a process has in use. */
export function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes) * 1024;
}

/** What processes have used, as Linux counts it (proc(5)). */
import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of the clock that Linux counts processor time in; sysconf(_SC_CLK_TCK) is 100 on all that runs Node. */
const TICKS_PER_SECOND = 100;

/** Fields of /proc/<pid>/stat after the name: state is the first, user and system time follow. */
const PARENT = 1;
const USER_TIME = 11;
const SYSTEM_TIME = 12;

/** Processor time of a process since it began, seconds. */
export function cpuSecondsOf(pid: number): number {
  const fields = statOf(pid);
  const ticks = Number(fields[USER_TIME] ?? 0) + Number(fields[SYSTEM_TIME] ?? 0);
  return ticks / TICKS_PER_SECOND;
}

/** The same of all processes that another one started; those that ended are not in it. */
export function cpuSecondsOfChildren(parent: number): number {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => Number(statOf(pid)[PARENT]) === parent)
    .reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
}

export function parentOf(pid: number): number {
  return Number(statOf(pid)[PARENT]);
}

/** The most memory that a process has held, MB. */
export function peakMemoryMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

function statOf(pid: number): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before may hold anything, brackets too.
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

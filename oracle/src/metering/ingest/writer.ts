import type { Database } from '../../store/database/database.ts';
import { insertWindows, type NewWindow, type StoredWindow } from '../../store/windows.ts';

/** Windows in one commit: enough to share its cost, few enough that nobody waits long. */
const MAX_COMMIT = 2_000;

/** A window that is new in the store, with its id. */
export interface AcceptedWindow extends NewWindow {
  readonly id: number;
}

/** Stores windows of many requests in common commits, one after the other. */
export interface WindowWriter {
  /** Returns once the commit is durable. */
  readonly write: (windows: readonly NewWindow[]) => Promise<readonly StoredWindow[]>;
  /** Windows that wait for their commit. */
  readonly waiting: () => number;
  /** Returns when everything that was asked for is written. */
  readonly drain: () => Promise<void>;
}

interface Waiting {
  readonly windows: readonly NewWindow[];
  readonly resolve: (stored: readonly StoredWindow[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * `onCommit` hears of new windows after their commit, in the order of their ids; `onTime` of the seconds
 * that a commit took.
 */
export function createWindowWriter(
  database: Database,
  onCommit: (accepted: readonly AcceptedWindow[]) => void,
  onTime: (seconds: number, windows: number) => void = () => undefined,
): WindowWriter {
  const queue: Waiting[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (queue.length > 0) await commit(takeGroup(queue));
    running = undefined;
  }

  async function commit(group: readonly Waiting[]): Promise<void> {
    const windows = group.flatMap((waiting) => waiting.windows);
    const started = performance.now();
    try {
      const stored = await insertWindows(database, windows);
      onTime((performance.now() - started) / 1000, windows.length);
      onCommit(acceptedOf(windows, stored));
      let start = 0;
      for (const waiting of group) {
        waiting.resolve(stored.slice(start, start + waiting.windows.length));
        start += waiting.windows.length;
      }
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
    }
  }

  return {
    write: (windows) =>
      new Promise((resolve, reject) => {
        queue.push({ windows, resolve, reject });
        running ??= run();
      }),
    waiting: () => queue.reduce((sum, { windows }) => sum + windows.length, 0),
    drain: async () => running,
  };
}

/** At least one request, and more as long as the commit stays small. */
function takeGroup(queue: Waiting[]): readonly Waiting[] {
  let size = 0;
  let taken = 0;
  for (const { windows } of queue) {
    if (taken > 0 && size + windows.length > MAX_COMMIT) break;
    size += windows.length;
    taken++;
  }
  return queue.splice(0, taken);
}

function acceptedOf(
  windows: readonly NewWindow[],
  stored: readonly StoredWindow[],
): readonly AcceptedWindow[] {
  const accepted = windows.flatMap((window, index) => {
    const result = stored[index];
    return result?.status === 'accepted' ? [{ ...window, id: result.id }] : [];
  });
  return accepted.sort((a, b) => a.id - b.id);
}

import { Problem } from '../problem.ts';

/** Keys of writes that are under way, or of which no answer came: they may have been done. */
const unanswered = new Map<string, string>();

/**
 * Does a write under a key by which the oracle knows it again. Where no answer came, the same write is
 * asked for under the same key the next time, so that it is done once however often a person tries.
 *
 * @param what tells the write from any other: its method, path and content
 */
export async function askOnce<T>(what: string, ask: (key: string) => Promise<T>): Promise<T> {
  const key = unanswered.get(what) ?? crypto.randomUUID();
  unanswered.set(what, key);
  try {
    const answer = await ask(key);
    unanswered.delete(what);
    return answer;
  } catch (error) {
    if (error instanceof Problem && error.status < 500) unanswered.delete(what);
    throw error;
  }
}

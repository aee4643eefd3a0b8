import type { WindowResult } from '../metering/ingest/accept.ts';
import { atPlace, problemOf } from '../runtime/problem.ts';

/** What a device hears on its answers topic: one JSON text for each refused window. */
export function answersOf(results: readonly WindowResult[]): readonly string[] {
  return results.flatMap((result) => {
    if (result.status !== 'refused') return [];
    const { sequence, error, where } = result;
    return [JSON.stringify({ sequence, ...problemOf(atPlace(error, where)) })];
  });
}

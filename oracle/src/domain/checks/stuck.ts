import type { CheckedReading, CheckMemory, Rules } from './check.ts';

/**
 * Follows active power that stays exactly the same while energy flows: a sensor that froze ("dead
 * values", IEC TS 61724-3, data filtering). Answers the readings beyond the limit and what to remember.
 */
export function followStuck(
  readings: readonly CheckedReading[],
  memory: CheckMemory,
  rule: NonNullable<Rules['STUCK_VALUE']>,
): { readonly stuck: readonly number[]; readonly memory: CheckMemory } {
  let run = memory.stuck;
  const stuck: number[] = [];
  for (const { reading, index, energy } of readings) {
    const power = reading.fields.activePowerMw;
    if (power === undefined || power === 0n || energy.exportedWh === 0n) {
      run = undefined;
      continue;
    }
    const powerMw = String(power);
    run =
      run?.powerMw === powerMw
        ? { ...run, readings: run.readings + 1 }
        : { powerMw, since: reading.at, readings: 1 };
    if (run.readings >= rule.readings && reading.at - run.since >= rule.seconds) stuck.push(index);
  }
  return { stuck, memory: run === undefined ? {} : { stuck: run } };
}

import { WHOLE_WINDOW, type ReasonCode } from '@truetonne/protocol';
import type { CheckedReading, CheckInput, CheckMemory, Rules } from './check.ts';
import { isClockOff } from './clock.ts';
import { hasSentinel, isOutOfRange, saysFault } from './fields.ts';
import { isEnergyAbovePower, isPowerAboveCapacity, isPowerInconsistent } from './power.ts';
import {
  isDaylightGap,
  isEnergyAboveClearSky,
  isEnergyAboveIrradiance,
  isEnergyAtNight,
} from './sky.ts';
import { followStuck } from './stuck.ts';

/** A check that struck: a reading of the window, or all of it. */
export interface Hit {
  readonly readingIndex: number;
  readonly reason: ReasonCode;
}

export interface Checked {
  readonly deductions: readonly Hit[];
  readonly flags: readonly Hit[];
  readonly memory: CheckMemory;
}

/**
 * Runs the checks of a methodology's version over a window. Pure: what a device sent, where its plant
 * stands and the thresholds decide, and what is found can only lower the credit.
 */
export function runChecks(input: CheckInput, rules: Rules): Checked {
  const { window, readings, receivedAt } = input;
  const hits: Hit[] = readings.flatMap((checked) =>
    reasonsOf(checked, input, rules).map((reason) => ({ readingIndex: checked.index, reason })),
  );
  const about = (readingIndex: number, reason: ReasonCode): void => {
    hits.push({ readingIndex, reason });
  };
  if (rules.CLOCK_SKEW !== undefined && isClockOff(window, receivedAt, rules.CLOCK_SKEW))
    about(WHOLE_WINDOW, 'CLOCK_SKEW');
  if (rules.DAYLIGHT_GAP !== undefined && isDaylightGap(input, rules.DAYLIGHT_GAP))
    about(0, 'DAYLIGHT_GAP');
  let { memory } = input;
  if (rules.STUCK_VALUE !== undefined) {
    const followed = followStuck(readings, memory, rules.STUCK_VALUE);
    for (const index of followed.stuck) about(index, 'STUCK_VALUE');
    ({ memory } = followed);
  }
  const deducts = ({ reason }: Hit): boolean => severityOf(rules, reason) === 'deduct';
  return { deductions: hits.filter(deducts), flags: hits.filter((hit) => !deducts(hit)), memory };
}

/** Severity that the rules give a reason; `flag` where they do not name it. */
export function severityOf(rules: Rules, reason: ReasonCode): 'flag' | 'deduct' {
  // Proof: reasons that are no key of the rules give undefined.
  return rules[reason as keyof Rules]?.severity ?? 'flag';
}

/** What is wrong with one reading, the plainest first: that one is the reason of a deduction. */
function reasonsOf(
  checked: CheckedReading,
  { capacityW, site }: CheckInput,
  rules: Rules,
): readonly ReasonCode[] {
  const { reading } = checked;
  const found: ReasonCode[] = [];
  const look = <Code extends ReasonCode & keyof Rules>(
    code: Code,
    strikes: (rule: NonNullable<Rules[Code]>) => boolean,
  ): void => {
    const rule = rules[code];
    if (rule !== undefined && strikes(rule)) found.push(code);
  };
  look('SENTINEL_VALUE', (rule) => hasSentinel(reading, rule));
  look('READING_OUT_OF_RANGE', (rule) => isOutOfRange(reading, rule));
  look('DEVICE_FAULT', (rule) => saysFault(reading, rule));
  look('POWER_ABOVE_CAPACITY', (rule) => isPowerAboveCapacity(reading, capacityW, rule));
  look('POWER_INCONSISTENT', (rule) => isPowerInconsistent(reading, rule));
  look('ENERGY_ABOVE_POWER', (rule) => isEnergyAbovePower(checked, capacityW, rule));
  look('ENERGY_ABOVE_IRRADIANCE', (rule) => isEnergyAboveIrradiance(checked, capacityW, rule));
  if (site === undefined) return found;
  look('ENERGY_AT_NIGHT', (rule) => isEnergyAtNight(checked, site, rule));
  look('ENERGY_ABOVE_CLEAR_SKY', (rule) => isEnergyAboveClearSky(checked, capacityW, site, rule));
  return found;
}

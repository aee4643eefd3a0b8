import type { Rules } from './check.ts';

/** What a meter's two registers show, Wh. */
export interface Registers {
  readonly exportWh: bigint;
  readonly importWh: bigint;
}

/** The same energy by a main meter and by the one that checks it. */
export interface MeterPair {
  readonly main: Registers;
  readonly check: Registers;
}

/** Two values of a register are off by less than 1 Wh, so two meters differ by less than 2 Wh. */
const RESOLUTION_WH = 1n;

/** What both measured between two times; undefined when a register was lower afterwards: a new meter. */
export function exchangeBetween(before: MeterPair, after: MeterPair): MeterPair | undefined {
  const main = minus(after.main, before.main);
  const check = minus(after.check, before.check);
  const all = [main.exportWh, main.importWh, check.exportWh, check.importWh];
  return all.some((wh) => wh < 0n) ? undefined : { main, check };
}

/**
 * The two meters differ by as much as they may not: for each direction the difference of a day is to
 * be smaller than twice the accuracy class times the day's exchange, both directions of the main meter
 * together (Meetcode elektriciteit 5.3.9 a). What registers in whole Wh can't show is no difference.
 *
 * @param classE2 accuracy class of the main meter in hundredths of a percent: class 0.5 S is 50
 */
export function differsFromCheckMeter(
  { main, check }: MeterPair,
  classE2: bigint,
  { classes }: NonNullable<Rules['CHECK_METER_MISMATCH']>,
): boolean {
  const exchangeWh = main.exportWh + main.importWh;
  return [check.exportWh - main.exportWh, check.importWh - main.importWh]
    .map((wh) => (wh < 0n ? -wh : wh))
    .some((wh) => wh > RESOLUTION_WH && wh * 10_000n >= classes * classE2 * exchangeWh);
}

function minus(after: Registers, before: Registers): Registers {
  return {
    exportWh: after.exportWh - before.exportWh,
    importWh: after.importWh - before.importWh,
  };
}

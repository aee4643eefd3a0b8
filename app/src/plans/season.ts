/** The season's discount as the contract works it out: by the month of the payment, in UTC. */
import type { Plan } from '../chain/index.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** "March, August and October"; empty where there is no season. */
export function monthsOf(seasonMonths: number): string {
  const names = MONTHS.filter((_, index) => ((seasonMonths >> index) & 1) === 1);
  if (names.length <= 1) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

type Season = Pick<Plan, 'seasonMonths' | 'seasonPercent'>;

/** Percent off now; 0 out of season. */
export function seasonPercentAt({ seasonMonths, seasonPercent }: Season, now: number): number {
  const month = new Date(now * 1000).getUTCMonth();
  return ((seasonMonths >> month) & 1) === 1 ? seasonPercent : 0;
}

/** A price (USD x 10^6) with `percent` off, rounded up as the contract rounds it. */
export function offUp(listUsd: bigint, percent: number): bigint {
  return (listUsd * BigInt(100 - percent) + 99n) / 100n;
}

/** What a year costs less than twelve and a sixth months, in whole percent, rounded down. */
export function yearlySavingDown({
  monthlyUsd,
  yearlyUsd,
}: Pick<Plan, 'monthlyUsd' | 'yearlyUsd'>): number {
  const byMonths = (monthlyUsd * 365n) / 30n;
  if (monthlyUsd === 0n || yearlyUsd === 0n || yearlyUsd >= byMonths) return 0;
  return Number(((byMonths - yearlyUsd) * 100n) / byMonths);
}

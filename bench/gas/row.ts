import type { BenchRow } from '../row.ts';
import type { Gas } from './reprice.ts';

/**
 * A row of gas at Polygon's prices, sent as page, oracle and keeper send it: with an access list where
 * that is cheaper. Beside it without one, at Ethereum's prices, and a reference of the same run.
 */
export function toGasRow(name: string, gas: Gas, aim: number, reference: Gas): BenchRow {
  const [value, against] = [asSent(gas), asSent(reference)];
  return {
    ...{ name, value, unit: 'gas', aim },
    ...{ reference: against, ratio: Number((value / against).toFixed(3)) },
    ...{ unlisted: gas.polygon, ethereum: gas.ethereum },
  };
}

/** What one of `count` takes, with what `less` took left aside. */
export function shareOf(all: Gas, count: number, less?: Gas): Gas {
  const share = (of: keyof Gas): number => Math.round((all[of] - (less?.[of] ?? 0)) / count);
  return { ethereum: share('ethereum'), polygon: share('polygon'), listed: share('listed') };
}

/** Whichever of the two a node estimates to be less. */
function asSent({ polygon, listed }: Gas): number {
  return Math.min(polygon, listed);
}

/** Of what is always sent without a list. */
export function withoutList(gas: Gas): Gas {
  return { ...gas, listed: gas.polygon };
}

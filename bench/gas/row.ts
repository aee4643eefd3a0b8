import type { BenchRow } from '../row.ts';
import type { Gas } from './reprice.ts';

/** A row of gas at Polygon's prices, beside Ethereum's and a reference measured in the same run. */
export function toGasRow(name: string, gas: Gas, aim: number, reference: Gas): BenchRow {
  return {
    name,
    value: gas.polygon,
    unit: 'gas',
    aim,
    reference: reference.polygon,
    ratio: Number((gas.polygon / reference.polygon).toFixed(3)),
    ethereum: gas.ethereum,
  };
}

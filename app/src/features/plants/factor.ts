import type { Checked } from '../../forms/index.ts';

/** The contract keeps micrograms per Wh in 32 bits. */
const MAX_UG_PER_WH = 2 ** 32 - 1;

/** t CO2e per MWh as typed, in micrograms per Wh (1 t/MWh = 1,000,000 ug/Wh). Zero is a value. */
export function checkFactor(input: string): Checked<number> {
  const match = /^(\d{1,4})(?:\.(\d{1,6}))?$/.exec(input.trim());
  const ugPerWh = Number(match?.[1] ?? '0') * 1_000_000 + Number((match?.[2] ?? '').padEnd(6, '0'));
  return match === null || ugPerWh > MAX_UG_PER_WH
    ? { ok: false, problem: 'Enter t CO₂e per MWh, such as 0.352; at most six decimals.' }
    : { ok: true, value: ugPerWh };
}

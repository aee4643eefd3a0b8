/** What a void draws from whom, in the order of the contracts: owner, buffer, then a debt. */
import type { VoidBasis } from '../../chain/recourse.ts';

const WH_PER_CERTIFICATE = 1_000_000n;

export interface VoidPlan {
  /** Of the owner of the project: grams, or certificates. */
  readonly fromOwner: bigint;
  readonly fromBuffer: bigint;
  /** What nobody has: the project owes it. */
  readonly debt: bigint;
  /** Energy that made no certificate yet, and goes first. */
  readonly fromRemainderWh: bigint;
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Grams of a batch, as `CarbonCredit.void` draws them. */
export function planCarbonVoid({ held, buffered }: VoidBasis, grams: bigint): VoidPlan {
  const fromOwner = least(held, grams);
  const fromBuffer = least(buffered, grams - fromOwner);
  return { fromOwner, fromBuffer, debt: grams - fromOwner - fromBuffer, fromRemainderWh: 0n };
}

/** Energy of a batch, as `EnergyCertificate.void` draws it: whole certificates, rounded up. */
export function planEnergyVoid({ held, remainderWh }: VoidBasis, creditableWh: bigint): VoidPlan {
  const fromRemainderWh = least(remainderWh, creditableWh);
  const dueWh = creditableWh - fromRemainderWh;
  const due = (dueWh + WH_PER_CERTIFICATE - 1n) / WH_PER_CERTIFICATE;
  const fromOwner = least(held, due);
  return { fromOwner, fromBuffer: 0n, debt: due - fromOwner, fromRemainderWh };
}

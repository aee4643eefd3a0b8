import { creditBatchDown, type Crediting, type CreditingInput } from '../batch/crediting.ts';
import { TonneError } from '../errors/tonneError.ts';
import type { MethodologyParameters } from './parameters.ts';
import { multiply, subtract, toRatio, toWholeUp } from './ratio.ts';

/** A credit under a version, with the energy that the version's export share leaves out. */
export interface VersionCrediting extends Crediting {
  readonly shareWh: bigint;
}

/**
 * What the chain would credit under a version: the formula of SPEC section 7, with the part of the
 * export that the version does not count as one more deduction, rounded up. Only versions without
 * project and leakage emissions can be credited so, as the contract's formula has none.
 *
 * @throws TonneError PARAMETER_INVALID for a version with such emissions
 */
export function creditUnderDown(
  parameters: MethodologyParameters,
  input: CreditingInput,
): VersionCrediting {
  assertNoOtherEmissions(parameters);
  const counted = input.exportedWh - input.deductedWh;
  const left = subtract(toRatio(1n), parameters.exportShare);
  const shareWh = toWholeUp(multiply(toRatio(counted), left));
  const credited = creditBatchDown({ ...input, deductedWh: input.deductedWh + shareWh });
  return { ...credited, shareWh };
}

function assertNoOtherEmissions(parameters: MethodologyParameters): void {
  const { projectEmissionsTCo2PerMWh: project, leakageTCo2PerMWh: leakage } = parameters;
  if (project.numerator === 0n && leakage.numerator === 0n) return;
  throw new TonneError('PARAMETER_INVALID', {
    field: `${parameters.code} ${parameters.version}`,
    value: 'project or leakage emissions',
    expected: "none: the contract's formula has no place for them",
  });
}

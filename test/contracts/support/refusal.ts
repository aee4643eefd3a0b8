import assert from 'node:assert/strict';

import {
  BaseError,
  ContractFunctionRevertedError,
  type Abi,
  type ContractErrorArgs,
  type ContractErrorName,
} from 'viem';

import type { creditAbi } from '../../../protocol/src/abi/credit.ts';
import type { energyCertificateAbi } from '../../../protocol/src/abi/energyCertificate.ts';
import type { readingsAbi } from '../../../protocol/src/abi/readings.ts';
import type { recourseAbi } from '../../../protocol/src/abi/recourse.ts';
import type { registryAbi } from '../../../protocol/src/abi/registry.ts';
import type { verificationAbi } from '../../../protocol/src/abi/verification.ts';

type Refusal<TAbi extends Abi, TName extends ContractErrorName<TAbi>> = (
  call: Promise<unknown>,
  name: TName,
  args: ContractErrorArgs<TAbi, TName>,
) => Promise<void>;

/** Asserts that the registry refuses a call with a custom error and its very values. */
export function assertRefused<TName extends ContractErrorName<typeof registryAbi>>(
  ...[call, name, args]: Parameters<Refusal<typeof registryAbi, TName>>
): Promise<void> {
  return assertReverted(call, name, args);
}

/** The same for the credit contract. */
export function assertCreditRefused<TName extends ContractErrorName<typeof creditAbi>>(
  ...[call, name, args]: Parameters<Refusal<typeof creditAbi, TName>>
): Promise<void> {
  return assertReverted(call, name, args);
}

/** The same for the contract that proves single readings. */
export function assertReadingsRefused<TName extends ContractErrorName<typeof readingsAbi>>(
  ...[call, name, args]: Parameters<Refusal<typeof readingsAbi, TName>>
): Promise<void> {
  return assertReverted(call, name, args);
}

/** The same for the contract that counts opinions; what the registry refuses comes through it. */
export function assertOpinionRefused<
  TName extends ContractErrorName<typeof verificationAbi | typeof registryAbi>,
>(
  ...[call, name, args]: Parameters<Refusal<typeof verificationAbi | typeof registryAbi, TName>>
): Promise<void> {
  return assertReverted(call, name, args);
}

/** The same for the contract that voids batches. */
export function assertRecourseRefused<TName extends ContractErrorName<typeof recourseAbi>>(
  ...[call, name, args]: Parameters<Refusal<typeof recourseAbi, TName>>
): Promise<void> {
  return assertReverted(call, name, args);
}

/** The same for energy certificates. */
export function assertEnergyRefused<TName extends ContractErrorName<typeof energyCertificateAbi>>(
  ...[call, name, args]: Parameters<Refusal<typeof energyCertificateAbi, TName>>
): Promise<void> {
  return assertReverted(call, name, args);
}

/** The custom error that a call is refused with; undefined when it is not. */
export async function findRefusal(
  call: Promise<unknown>,
): Promise<{ name: string; args: unknown } | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => readRevert(error),
  );
}

async function assertReverted(call: Promise<unknown>, name: string, args: unknown): Promise<void> {
  assert.deepEqual(await findRefusal(call), { name, args });
}

function readRevert(error: unknown) {
  const revert =
    error instanceof BaseError
      ? error.walk((cause) => cause instanceof ContractFunctionRevertedError)
      : null;
  if (!(revert instanceof ContractFunctionRevertedError)) throw error;
  return {
    name: revert.data?.errorName ?? revert.signature ?? 'nothing',
    args: revert.data?.args ?? [],
  };
}

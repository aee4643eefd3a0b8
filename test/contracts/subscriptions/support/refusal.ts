import assert from 'node:assert/strict';

import type { ContractErrorArgs, ContractErrorName } from 'viem';

import type { plansAbi } from '../../../../protocol/src/abi/plans.ts';
import type { subscriptionsAbi } from '../../../../protocol/src/abi/subscriptions.ts';
import { findRefusal } from '../../support/refusal.ts';

/** Asserts that the contract that holds the money refuses a call with a custom error and its values. */
export async function assertRefused<TName extends ContractErrorName<typeof subscriptionsAbi>>(
  call: Promise<unknown>,
  name: TName,
  args: ContractErrorArgs<typeof subscriptionsAbi, TName>,
): Promise<void> {
  assert.deepEqual(await findRefusal(call), { name, args });
}

/** The same for the plans contract. */
export async function assertPlansRefused<TName extends ContractErrorName<typeof plansAbi>>(
  call: Promise<unknown>,
  name: TName,
  args: ContractErrorArgs<typeof plansAbi, TName>,
): Promise<void> {
  assert.deepEqual(await findRefusal(call), { name, args });
}

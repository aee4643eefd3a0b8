import { registryAbi, verificationAbi } from '@truetonne/protocol';
import type { Address } from 'viem';
import { contractCall, type Transaction } from '../../transactions/transaction.ts';
import { dateTime } from '../../ui/format.ts';

export type JudgeRole = 'validator' | 'verifier' | 'recomputer';
/** Of the contracts' `Role`. */
const ROLES = { verifier: 3, recomputer: 4 } as const;

interface Contracts {
  readonly registry: Address;
  readonly verification: Address;
}

export interface AccreditInput {
  readonly wallet: Address;
  readonly role: JudgeRole;
  /** Last second, Unix. */
  readonly until: number;
}

function accreditCall({ registry, verification }: Contracts, input: AccreditInput) {
  const { wallet, role, until } = input;
  if (role === 'validator') {
    return contractCall({
      address: registry,
      abi: registryAbi,
      functionName: 'accredit',
      args: [wallet, until],
    });
  }
  return contractCall({
    address: verification,
    abi: verificationAbi,
    functionName: 'accredit',
    args: [wallet, ROLES[role], until],
  });
}

/** Accredits a wallet until a day, prolongs it, or ends it with a time that has passed. */
export function accreditTransaction(contracts: Contracts, input: AccreditInput): Transaction {
  const { wallet, role, until } = input;
  return {
    title: `Accredit a ${role}`,
    effects: [
      { label: 'Wallet', value: wallet, wide: true },
      { label: 'Role, for good', value: role },
      { label: 'Until', value: dateTime(until) },
      { label: 'Begins', value: 'after the notice; a prolongation or an end holds at once' },
    ],
    warning: 'A wallet has one role here, for good: it can never own, submit or earn.',
    action: `Accredit the ${role}`,
    done: `The ${role} is accredited`,
    call: accreditCall(contracts, input),
  };
}

/** Stops submissions and sales, or goes on with a time that has passed. */
export function pauseTransaction(registry: Address, until: number, now: number): Transaction {
  const goesOn = until <= now;
  return {
    title: goesOn ? 'Go on' : 'Pause submissions and sales',
    effects: [
      { label: goesOn ? 'From now on' : 'Until', value: goesOn ? 'all goes on' : dateTime(until) },
      { label: 'Minting, retiring, transfers, withdrawals', value: 'are never paused' },
    ],
    action: goesOn ? 'Go on' : 'Pause',
    done: goesOn ? 'Submissions and sales go on' : 'Submissions and sales are paused',
    call: contractCall({
      address: registry,
      abi: registryAbi,
      functionName: 'pause',
      args: [until],
    }),
  };
}

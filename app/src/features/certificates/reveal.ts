import { certificatesAbi } from '@truetonne/protocol';
import type { Address } from 'viem';
import { contractCall, type Transaction } from '../../transactions/transaction.ts';
import type { Secret } from '../../dedication/index.ts';

/** Tells for good whom a private retirement was for. */
export function revealTransaction(
  certificates: Address,
  retirementId: bigint,
  { beneficiary, salt }: Secret,
): Transaction {
  return {
    title: 'Reveal the beneficiary',
    effects: [
      { label: 'Stands on the certificate from now on', value: beneficiary },
      { label: 'Certificate', value: String(retirementId), wide: true },
    ],
    warning: 'Name and salt are public for ever after this.',
    action: 'Reveal the beneficiary',
    done: 'The certificate names the beneficiary now',
    call: contractCall({
      address: certificates,
      abi: certificatesAbi,
      functionName: 'reveal',
      args: [retirementId, beneficiary, salt],
    }),
  };
}

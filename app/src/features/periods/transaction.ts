import { inventoryAnchorAbi, periodHash } from '@truetonne/protocol';
import type { Address, Hex } from 'viem';
import type { Period, SealedInventory } from '../../api/oracle/periods.ts';
import { contractCall, type Transaction } from '../../transactions/transaction.ts';
import { shortHex } from '../../ui/format.ts';

/** Writes the root of a closed inventory to the chain, in the wallet's own name. */
export function anchorTransaction(
  contract: Address,
  organisation: Hex,
  { firstDay, lastDay }: Period,
  { number, root, factorSetsHash, engineVersion }: SealedInventory,
): Transaction {
  return {
    title: 'Anchor the inventory',
    effects: [
      { label: 'Period', value: `${firstDay} to ${lastDay}` },
      { label: 'Root', value: shortHex(root) },
      { label: 'Hash of the factor sets', value: shortHex(factorSetsHash) },
      { label: 'Engine', value: String(engineVersion) },
      { label: 'Becomes public', value: 'these hashes and your wallet; no line and no name' },
    ],
    warning: 'An anchor stays for ever; a correction is a further one beside it.',
    action: 'Anchor the inventory',
    done: 'The inventory is anchored',
    call: contractCall({
      address: contract,
      abi: inventoryAnchorAbi,
      functionName: 'anchor',
      args: [
        organisation,
        periodHash(firstDay, lastDay),
        BigInt(number),
        root,
        factorSetsHash,
        engineVersion,
      ],
    }),
  };
}

/** Closed inventories whose roots wallets anchored, as the anchor contract says it. */
import { inventoryAnchorAbi, periodHash } from '@truetonne/protocol';
import type { Address, Hex, PublicClient } from 'viem';

/** Where an anchor stands: in whose name, for whom, which days, how often restated. */
export interface AnchorPlace {
  readonly anchorer: Address;
  readonly organisation: Hex;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly number: number;
}

export interface Anchor {
  readonly root: Hex;
  /** When the block was made, seconds. */
  readonly anchoredAt: number;
}

/** `null`: that wallet anchored nothing there. */
export async function fetchAnchor(
  client: PublicClient,
  contract: Address,
  { anchorer, organisation, firstDay, lastDay, number }: AnchorPlace,
): Promise<Anchor | null> {
  const { root, anchoredAt } = await client.readContract({
    address: contract,
    abi: inventoryAnchorAbi,
    functionName: 'anchorOf',
    args: [anchorer, organisation, periodHash(firstDay, lastDay), BigInt(number)],
  });
  // The contract takes no root of zero, so zero is nothing anchored.
  return BigInt(root) === 0n ? null : { root, anchoredAt: Number(anchoredAt) };
}

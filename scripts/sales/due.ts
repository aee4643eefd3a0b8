import { subscriptionsAbi } from '@truetonne/protocol';
import { getAddress, toHex, type Address, type PublicClient } from 'viem';

/** Blocks asked for at once; public nodes refuse more. */
const MAX_BLOCKS = 2_000n;
/** Keepers may renew so long before the end, and until the grace is over; seconds. */
const RENEW_AHEAD = 86_400;
const GRACE = 5 * 86_400;

/** Blocks that are read once more with the next round: what a reorganisation may have replaced. */
const REORGANISED = 256n;

/** Reads which wallets are due now. */
export type DueReader = () => Promise<readonly Address[]>;

/**
 * Finds wallets whose paid time ends within a day or ended within the grace, by the contract's own
 * events. Each call reads the blocks alone that are new since the one before.
 */
export function createDueReader(
  reader: PublicClient,
  address: Address,
  fromBlock: bigint,
): DueReader {
  const ends = new Map<bigint, bigint>();
  let next = fromBlock;

  async function readEnds(head: bigint): Promise<void> {
    for (let from = next; from <= head; from += MAX_BLOCKS) {
      const last = from + MAX_BLOCKS - 1n;
      const logs = await reader.getContractEvents({
        ...{ address, abi: subscriptionsAbi, eventName: 'SubscriptionUpdate', strict: true },
        ...{ fromBlock: from, toBlock: last < head ? last : head },
      });
      for (const { args } of logs) ends.set(args.tokenId, args.expiration);
    }
    const again = head - REORGANISED;
    if (again > next) next = again;
  }
  return async () => {
    const { number: head, timestamp } = await reader.getBlock();
    await readEnds(head);
    const now = Number(timestamp);
    return [...ends]
      .filter(([, until]) => {
        const end = Number(until);
        return now >= end - RENEW_AHEAD && now < end + GRACE;
      })
      .map(([tokenId]) => getAddress(toHex(tokenId, { size: 20 })));
  };
}

import { subscriptionsAbi } from '@truetonne/protocol';
import { getAddress, toHex, type Address, type PublicClient } from 'viem';

/** Blocks asked for at once; public nodes refuse more. */
const MAX_BLOCKS = 2_000n;
/** Keepers may renew so long before the end, and until the grace is over; seconds. */
const RENEW_AHEAD = 86_400;
const GRACE = 5 * 86_400;

/** Wallets whose paid time ends within a day or ended within the grace, by the contract's own events. */
export async function readDue(
  reader: PublicClient,
  address: Address,
  fromBlock: bigint,
): Promise<readonly Address[]> {
  const { number: head, timestamp } = await reader.getBlock();
  const ends = new Map<bigint, bigint>();
  for (let from = fromBlock; from <= head; from += MAX_BLOCKS) {
    const last = from + MAX_BLOCKS - 1n;
    const logs = await reader.getContractEvents({
      ...{ address, abi: subscriptionsAbi, eventName: 'SubscriptionUpdate', strict: true },
      ...{ fromBlock: from, toBlock: last < head ? last : head },
    });
    for (const { args } of logs) ends.set(args.tokenId, args.expiration);
  }
  const now = Number(timestamp);
  return [...ends]
    .filter(([, until]) => {
      const end = Number(until);
      return now >= end - RENEW_AHEAD && now < end + GRACE;
    })
    .map(([tokenId]) => getAddress(toHex(tokenId, { size: 20 })));
}

import type { Event } from 'ponder:registry';

/** When and where on the chain something happened. */
export function placeOf({
  block,
  transaction,
}: Pick<Event<'TonneRegistry:DeviceClaimed'>, 'block' | 'transaction'>) {
  return {
    at: Number(block.timestamp),
    blockNumber: block.number,
    transactionHash: transaction.hash,
  };
}

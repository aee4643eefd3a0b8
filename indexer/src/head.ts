import { ponder } from 'ponder:registry';
import { indexedBlock } from 'ponder:schema';

/**
 * After a restart Ponder takes back the blocks that were not final and reads them again, while its
 * /status still tells the old number. This row is taken back with them, so it can be relied on.
 */
ponder.on('Head:block', async ({ event, context }) => {
  const { number, hash } = event.block;
  const block = { number, hash, timestamp: Number(event.block.timestamp) };
  await context.db
    .insert(indexedBlock)
    .values({ chainId: context.chain.id, ...block })
    .onConflictDoUpdate(block);
});

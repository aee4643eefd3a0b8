import type { opinionOf } from './opinions.ts';
import { accredit, createDemandingPlant } from './opinions.ts';
import type { openChain } from './chain.ts';
import { ROOT } from './world.ts';

export const BATCH = 1_000_001n;
export const [SUBMITTED, VERIFIED, REJECTED] = [1, 3, 4];
export const [PARTY, VALIDATOR] = [1, 2];

type Chain = Pick<Awaited<ReturnType<typeof openChain>>, 'freshWorld' | 'walletAt'>;

/** Makes submitted batches on a chain. */
export function submitterOf({ freshWorld, walletAt }: Chain) {
  /** A submitted batch of 1,000 Wh under the demands, two accredited verifiers and a third wallet. */
  return async function submitted(demands: { approvals: number; recomputation?: boolean }) {
    const world = await freshWorld();
    const [first, second, third] = await Promise.all([walletAt(5), walletAt(6), walletAt(7)]);
    await accredit(world, [first, second]);
    const plant = await createDemandingPlant(world, {
      recomputation: false,
      bufferBps: 0,
      ...demands,
    });
    await plant.submit(1, 1_000n);
    const { write, read } = world.verificationOf(world.actors.buyer);
    const statusOf = async (batchId = BATCH) => (await world.registry.read.batch([batchId])).status;
    type Given = Awaited<ReturnType<typeof opinionOf>>;
    const opine = (...opinions: readonly Given[]) => write.opine([BATCH, ROOT, opinions]);
    return { ...plant, world, first, second, third, write, read, opine, statusOf };
  };
}

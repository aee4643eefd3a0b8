import assert from 'node:assert/strict';
import { it } from 'node:test';
import { registryAbi, type Hex } from '@truetonne/protocol';
import {
  createPublicClient,
  custom,
  decodeFunctionData,
  encodeFunctionResult,
  zeroAddress,
} from 'viem';
import { z } from 'zod';
import { createTestDevice } from '../../test/support/device.ts';
import type { RpcCall } from '../../test/support/rpcProxy.ts';
import { seedDevice, seedProject } from '../../test/support/seed.ts';
import { describeOnBothStores } from '../../test/support/stores.ts';
import { expectAnew } from '../store/believed.ts';
import { readCursor, saveCursor } from '../store/chainCursor.ts';
import type { Database } from '../store/database/database.ts';
import { countDevices } from '../store/registry.ts';
import { ASKED_AT_ONCE, syncOnce, type ChainSync } from './sync.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;
const REGISTRY = `0x${'aa'.repeat(20)}` as const;
const HASH = `0x${'b1'.repeat(32)}` as const;
const BLOCK = 9;
const CLAIMED_AT = 1_467_331_200;

const callShape = z
  .tuple([z.object({ data: z.templateLiteral(['0x', z.string()]) })])
  .rest(z.unknown());
const NO_DEVICE = {
  ...{ projectId: 0, sequence: 0, closedAt: 0, exportWh: 0n, importWh: 0n, capacityW: 0 },
  ...{ status: 0, revokedFrom: 0, offeredTo: zeroAddress },
};

/** A chain that was begun anew and has nothing, or one owner; counts what it is asked at once. */
function createNewChain(ownerOf: (call: number) => Hex) {
  const counted = { calls: 0, open: 0, most: 0 };
  const call = async (data: Hex): Promise<Hex> => {
    const { functionName } = decodeFunctionData({ abi: registryAbi, data });
    const place = counted.calls++;
    counted.most = Math.max(counted.most, ++counted.open);
    await new Promise(setImmediate);
    counted.open--;
    const owner = ownerOf(place);
    return functionName === 'device'
      ? encodeFunctionResult({ abi: registryAbi, functionName, result: { ...NO_DEVICE, owner } })
      : encodeFunctionResult({ abi: registryAbi, functionName: 'projectOwner', result: owner });
  };
  const client = createPublicClient({
    cacheTime: 0,
    transport: custom({
      request: ({ method, params }: RpcCall) => {
        if (method === 'eth_call') return call(callShape.parse(params)[0].data);
        if (method === 'eth_blockNumber') return Promise.resolve(`0x${BLOCK.toString(16)}`);
        return Promise.resolve({ number: `0x${BLOCK.toString(16)}`, hash: HASH, transactions: [] });
      },
    }),
  });
  return { client, counted };
}

describeOnBothStores('what a chain that was begun anew is asked', (store) => {
  const PROJECTS = ASKED_AT_ONCE + 1;
  const DEVICES = 2 * ASKED_AT_ONCE;

  async function setUp(): Promise<Database> {
    const database = await store.empty();
    for (let id = 1; id <= PROJECTS; id++) await seedProject(database, id);
    for (let made = 0; made < DEVICES; made++) {
      const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
      await seedDevice(database, device, CLAIMED_AT, 1);
    }
    await expectAnew(database);
    await saveCursor(database, { block: BLOCK, hash: HASH, past: [], until: BLOCK });
    return database;
  }
  const syncOf = (database: Database, client: ChainSync['client']): ChainSync => ({
    ...{ database, client, registry: REGISTRY, deployedAtBlock: 0, confirmations: 0 },
    endpoints: {
      use: (task) => task(client),
      askOthers: () => Promise.resolve([]),
      distrust: () => assert.fail(),
    },
    ...{ now: () => CLAIMED_AT, seen: new Map() },
  });

  it('is each of them, however many there were, and only so many at once', async () => {
    const database = await setUp();
    const { client, counted } = createNewChain(() => zeroAddress);
    assert.equal((await syncOnce(syncOf(database, client))).isAnew, true);
    assert.deepEqual([counted.calls, counted.most], [DEVICES + PROJECTS, ASKED_AT_ONCE]);
    assert.equal(await countDevices(database), 0, 'they are let go');
    assert.equal((await readCursor(database))?.until, 0);
  });

  it('is no more when it has one that it did not tell of, and nothing is let go', async () => {
    const database = await setUp();
    const { client, counted } = createNewChain((place) =>
      place === ASKED_AT_ONCE ? REGISTRY : zeroAddress,
    );
    await assert.rejects(syncOnce(syncOf(database, client)), { code: 'CHAIN_INCONSISTENT' });
    assert.equal(counted.calls, 2 * ASKED_AT_ONCE);
    assert.equal(await countDevices(database), DEVICES);
  });
});

import assert from 'node:assert/strict';

import hre from 'hardhat';
import { getContract, keccak256, toHex, zeroHash } from 'viem';

import { inventoryAnchorAbi } from '../../protocol/src/index.ts';
import { readCompiled } from '../../scripts/deployment/artifact.ts';

const { viem } = await hre.network.create();

const hashOf = (text: string) => keccak256(toHex(text));
const ORGANISATION = hashOf('organisation');
const YEAR = hashOf('2024');
const ROOT = hashOf('root');
const SETS = hashOf('sets');

describe('InventoryAnchor', () => {
  const deploy = async () => {
    const { address } = await viem.deployContract('InventoryAnchor');
    const [wallet, other] = await viem.getWalletClients();
    assert.ok(wallet && other);
    const client = { public: await viem.getPublicClient(), wallet };
    const contract = getContract({ address, abi: inventoryAnchorAbi, client });
    return { contract, wallet, other };
  };

  it('keeps what a wallet anchored, with the time of the block', async () => {
    const { contract, wallet } = await deploy();
    await viem.assertions.emitWithArgs(
      contract.write.anchor([ORGANISATION, YEAR, 0n, ROOT, SETS, 1]),
      contract,
      'InventoryAnchored',
      [wallet.account.address, ORGANISATION, YEAR, 0n, ROOT, SETS, 1],
    );
    const found = await contract.read.anchorOf([wallet.account.address, ORGANISATION, YEAR, 0n]);
    const client = await viem.getPublicClient();
    const { timestamp } = await client.getBlock();
    assert.deepEqual(found, {
      ...{ root: ROOT, factorSetsHash: SETS, engineVersion: 1, anchoredAt: timestamp },
    });
  });

  it('keeps every restatement beside what stood before', async () => {
    const { contract, wallet } = await deploy();
    const { address } = wallet.account;
    await contract.write.anchor([ORGANISATION, YEAR, 0n, ROOT, SETS, 1]);
    await contract.write.anchor([ORGANISATION, YEAR, 1n, SETS, ROOT, 2]);
    assert.equal(await contract.read.countOf([address, ORGANISATION, YEAR]), 2n);
    const first = await contract.read.anchorOf([address, ORGANISATION, YEAR, 0n]);
    const second = await contract.read.anchorOf([address, ORGANISATION, YEAR, 1n]);
    assert.deepEqual([first.root, second.root], [ROOT, SETS]);
  });

  it('takes numbers in their order alone, so that none is overwritten or left out', async () => {
    const { contract } = await deploy();
    await contract.write.anchor([ORGANISATION, YEAR, 0n, ROOT, SETS, 1]);
    for (const number of [0n, 2n]) {
      await viem.assertions.revertWithCustomErrorWithArgs(
        contract.write.anchor([ORGANISATION, YEAR, number, ROOT, SETS, 1]),
        contract,
        'InventoryNumberWrong',
        [1n, number],
      );
    }
  });

  it('refuses a root of zero', async () => {
    const { contract } = await deploy();
    await viem.assertions.revertWithCustomError(
      contract.write.anchor([ORGANISATION, YEAR, 0n, zeroHash, SETS, 1]),
      contract,
      'InventoryRootMissing',
    );
  });

  it('gives each wallet, organisation and period a place that no other reaches', async () => {
    const { contract, wallet, other } = await deploy();
    await contract.write.anchor([ORGANISATION, YEAR, 0n, SETS, SETS, 1], {
      account: other.account,
    });
    await contract.write.anchor([ORGANISATION, YEAR, 0n, ROOT, SETS, 1]);
    const { address } = wallet.account;
    const own = await contract.read.anchorOf([address, ORGANISATION, YEAR, 0n]);
    assert.equal(own.root, ROOT);
    for (const [organisation, period, number] of [
      [YEAR, YEAR, 0n],
      [ORGANISATION, ORGANISATION, 0n],
      [ORGANISATION, YEAR, 1n],
    ] as const) {
      const nothing = await contract.read.anchorOf([address, organisation, period, number]);
      assert.equal(nothing.root, zeroHash);
    }
  });

  it('has the ABI that every part reads', async () => {
    assert.deepEqual(inventoryAnchorAbi, (await readCompiled('InventoryAnchor')).abi);
  });
});

import assert from 'node:assert/strict';

import { getContract, parseAbi, type Hex } from 'viem';
import { network } from 'hardhat';

const { viem } = await network.create();
const { address } = await viem.deployContract('LibraryHarness', []);
const libraries = getContract({
  address,
  abi: parseAbi([
    'function clean(bytes text) pure returns (bytes)',
    'function dateOf(uint256 timestamp) pure returns (string)',
  ]),
  client: await viem.getPublicClient(),
});

describe('PlainText', () => {
  it('agrees with TextDecoder on what is a character, at each border of UTF-8', async () => {
    for (const bytes of [
      '7f 80 bf',
      'c0 80',
      'c1 bf',
      'c2 a0',
      'df bf',
      'e0 80 80',
      'e0 9f bf',
      'e0 a0 80',
      'ef bf bd',
      'ed 9f bf',
      'ee 80 80',
      'f0 80 80 80',
      'f0 8f bf bf',
      'f0 90 80 80',
      'f4 8f bf bf',
      'f4 90 80 80',
      'f5 80 80 80',
      'ff',
      'e2 82',
      'f0 90 80',
      'e2 28 a1',
    ]) {
      const given = Buffer.from(bytes.replaceAll(' ', ''), 'hex');
      const isText = isUtf8(given);
      const cleaned = Buffer.from((await clean(given)).slice(2), 'hex');
      assert.equal(cleaned.equals(given) || given[0] === 0x7f, isText || given[0] === 0x7f, bytes);
      assert.ok(isUtf8(cleaned), bytes);
    }
  });
});

describe('UtcDate', () => {
  it('gives the dates that Date gives, from the first day of 1970 on', async () => {
    for (const timestamp of [0, 86_399, 86_400, 4 * 86_400, 2_678_399, 2_678_400, 951_782_400]) {
      const expected = new Date(timestamp * 1_000).toISOString().slice(0, 10);
      assert.equal(await libraries.read.dateOf([BigInt(timestamp)]), expected);
    }
  });
});

function clean(bytes: Buffer): Promise<Hex> {
  return libraries.read.clean([`0x${bytes.toString('hex')}`]);
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import hre from 'hardhat';
import { size } from 'viem';

import { plansAbi } from '../../../protocol/src/abi/plans.ts';
import { subscriptionsAbi } from '../../../protocol/src/abi/subscriptions.ts';
import { CATALOGUE, toErrorCode } from '../../../protocol/src/index.ts';
import { readCompiled } from '../../../scripts/deployment/artifact.ts';
import { openChain } from './support/chain.ts';
import { DAY, MONTH, orderOf, renewalOf } from './support/world.ts';

const { time, freshWorld } = await openChain();

const SNAPSHOT = join(import.meta.dirname, 'snapshot.json');
/** EIP-170. */
const MAX_CODE_BYTES = 24_576;
/** Signatures differ from run to run, and with them the zero bytes that calldata is cheaper by. */
const GAS_TOLERANCE = 150;

/** What no test can bring about: OpenZeppelin's refusal of a zero operator (the constructor's own). */
const UNREACHED = new Set(['OwnableInvalidOwner']);

/** Of OpenZeppelin, unchanged, and tested there. */
const INHERITED = ['transferOwnership', 'acceptOwnership', 'renounceOwnership'];

const ABI = [...subscriptionsAbi, ...plansAbi];
const errorNames = new Set(ABI.flatMap((entry) => (entry.type === 'error' ? [entry.name] : [])));

describe('the contracts of subscriptions', () => {
  it('have a code in the catalogue for every custom error', () => {
    for (const name of errorNames) {
      const code = toErrorCode(name);
      assert.ok(code !== undefined, `${name} has no code`);
      assert.ok(CATALOGUE[code].todo.length > 0);
    }
  });

  it('have a test for every custom error', () => {
    const tests = globSync('*.test.ts', { cwd: import.meta.dirname })
      .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
      .join();
    const untested = [...errorNames].filter(
      (name) => !UNREACHED.has(name) && !new RegExp(`\\b${name}\\b`).test(tests),
    );
    assert.deepEqual(untested, []);
  });

  it('have a branch in the tree for every function that changes state and every custom error', () => {
    const lines = readFileSync(join(import.meta.dirname, 'subscriptions.tree'), 'utf8').split('\n');
    const heads = lines.filter((line) => /^\w/.test(line)).flatMap((line) => line.split(', '));
    const branches = lines.filter((line) => !/^\w/.test(line)).join('\n');
    const writing = ABI.flatMap((entry) =>
      entry.type === 'function' && !['view', 'pure'].includes(entry.stateMutability)
        ? [entry.name]
        : [],
    );
    assert.deepEqual(
      heads.toSorted(),
      writing.filter((name) => !INHERITED.includes(name)).toSorted(),
    );
    const named = new Set<string>(branches.match(/\b[A-Z]\w+[a-z]\w*\b/g));
    const missing = [...errorNames].filter((name) => !UNREACHED.has(name) && !named.has(name));
    assert.deepEqual(missing, []);
    const known = new Set<string>(ABI.flatMap((entry) => ('name' in entry ? [entry.name] : [])));
    assert.deepEqual(
      [...named].filter((name) => !known.has(name)),
      [],
    );
  });

  it('take the room and the gas of the snapshot', async function () {
    if (hre.globalOptions.coverage) this.skip();
    const measured = { codeBytes: await measureCode(), ethereumGas: await measureGas() };
    if (process.env['UPDATE_SNAPSHOT'] === '1') {
      writeFileSync(SNAPSHOT, `${JSON.stringify(measured, null, 2)}\n`);
    }
    const expected = JSON.parse(readFileSync(SNAPSHOT, 'utf8')) as typeof measured;
    assert.deepEqual(measured.codeBytes, expected.codeBytes);
    for (const bytes of Object.values(measured.codeBytes)) assert.ok(bytes <= MAX_CODE_BYTES);
    assert.deepEqual(Object.keys(measured.ethereumGas), Object.keys(expected.ethereumGas));
    for (const [name, gas] of Object.entries(measured.ethereumGas)) {
      const known = Object.entries(expected.ethereumGas).find(([key]) => key === name)?.[1] ?? 0;
      assert.ok(Math.abs(gas - known) <= GAS_TOLERANCE, `${name}: ${gas}, was ${known}`);
    }
  });
});

async function measureCode() {
  const bytesOf = async (name: string) => size((await readCompiled(name)).deployedBytecode);
  return {
    TonneSubscriptions: await bytesOf('TonneSubscriptions'),
    TonnePlans: await bytesOf('TonnePlans'),
  };
}

/** Gas, as Ethereum prices it, of one call of each function that people pay for often. */
async function measureGas() {
  const w = await freshWorld();
  const gasOf = async (sent: Promise<`0x${string}`>) =>
    Number((await w.reader.waitForTransactionReceipt({ hash: await sent })).gasUsed);
  const order = orderOf({ capCents: 20_000 });
  const promos = [await w.signPromo({ totalLimit: 9 })];
  const subscribe = await gasOf(w.ofBob.write.subscribe([order]));
  const referred = { ...order, promos, referred: true, referrer: w.bob };
  const everything = await gasOf(w.ofAlice.write.subscribe([referred]));
  await time.increase(10 * DAY);
  const renew = await gasOf(w.ofAlice.write.renew([renewalOf()]));
  const cancel = await gasOf(w.ofAlice.write.cancel());
  const cancelAndRefund = await gasOf(w.ofAlice.write.cancelAndRefund());
  await time.increaseTo((await w.plans.read.subscription([w.bob])).until);
  const renewFor = await gasOf(w.ofKeeper.write.renewFor([w.bob]));
  await time.increase(MONTH - 2 * DAY);
  const collect = await gasOf(w.ofKeeper.write.collect([[w.bob]]));
  return { subscribe, everything, renew, cancel, cancelAndRefund, renewFor, collect };
}

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { concat, getAddress, getContract, numberToHex, slice, stringToHex, zeroHash } from 'viem';

import { recomputationAbi } from '../../protocol/src/index.ts';
import { openChain } from './support/chain.ts';
import { accredit, FOREVER, opinionOf, RECOMPUTER } from './support/opinions.ts';
import {
  answerOf,
  askerOf,
  BATCH,
  cborText,
  CONFIG,
  FILE,
  OTHER_ROOT,
  REJECTED,
  SOURCE,
  SUBMITTED,
  VERIFIED,
} from './support/recomputed.ts';
import { findRefusal } from './support/refusal.ts';
import { ROOT } from './support/world.ts';

const chain = await openChain();
const { assertions, walletAt } = chain;
const asked = askerOf(chain);

const refused = async (call: Promise<unknown>, name: string, args: readonly unknown[]) =>
  assert.deepEqual(await findRefusal(call), { name, args });

describe('a recomputation by Chainlink Functions', () => {
  it('asks with the pinned source, the batch as arguments, and the terms of its deployment', async () => {
    const { world, router, lastRequest, consumer, request } = await asked();
    const requestId = await request(1, 3);
    const { blockNumber } = await world.registry.read.batch([BATCH]);
    const text = await lastRequest();
    const registry = world.contracts.registry.toLowerCase();
    const args = [String(BATCH), ROOT, '31337', registry, String(blockNumber), '1', '3'];
    const list = [...args, CONFIG.rpcUrl, FILE].map(cborText).join('');
    assert.equal(
      text,
      `\x6ccodeLocation\x00\x68language\x00\x66source${cborText(SOURCE)}\x64args\x9f${list}\xff`,
    );
    assert.deepEqual(
      await Promise.all([
        router.read.subscriptionId(),
        router.read.dataVersion(),
        router.read.callbackGasLimit(),
        router.read.donId(),
      ]),
      [CONFIG.subscriptionId, 1, CONFIG.callbackGasLimit, CONFIG.donId],
    );
    assert.equal(requestId, numberToHex(1n, { size: 32 }));
    assert.deepEqual(await consumer.read.progressOf([BATCH]), [0, 3]);
  });

  it('verifies the batch when its only share agrees, within the gas of an answer', async () => {
    const { world, consumer, request, answer, statusOf } = await asked();
    const requestId = await request();
    const hash = await answer(requestId, answerOf());
    await assertions.emitWithArgs(hash, consumer, 'ShareAgreed', [BATCH, requestId, 0, 1]);
    assert.equal(await statusOf(), VERIFIED);
    const { gasUsed } = await world.reader.waitForTransactionReceipt({ hash });
    assert.ok(gasUsed < BigInt(CONFIG.callbackGasLimit), String(gasUsed));
  });

  it('tells the verification only when every share agreed, in whichever order', async () => {
    const { consumer, admin, request, answer, statusOf } = await asked({ approvals: 1 });
    const shares = 32n;
    const ids: `0x${string}`[] = [];
    for (let share = 0; share < Number(shares); share++) ids.push(await request(share, 32));
    for (let share = Number(shares) - 1; share >= 0; share--) {
      assert.deepEqual((await admin.read.tallyOf([BATCH]))[2], false);
      await answer(ids[share] ?? '0x', answerOf({ share: BigInt(share), shares }));
    }
    assert.deepEqual(await consumer.read.progressOf([BATCH]), [2 ** 32 - 1, 32]);
    assert.deepEqual(await admin.read.tallyOf([BATCH]), [0n, 0n, true]);
    assert.equal(await statusOf(), SUBMITTED);
  });

  it('does not take one share that agrees twice for two shares', async () => {
    const { consumer, request, answer, statusOf } = await asked();
    await answer(await request(0, 2), answerOf({ shares: 2n }));
    await answer(await request(0, 2), answerOf({ shares: 2n }));
    assert.deepEqual(await consumer.read.progressOf([BATCH]), [1, 2]);
    assert.equal(await statusOf(), SUBMITTED);
  });

  it('rejects the batch when one of many shares contradicts it', async () => {
    const { consumer, request, answer, statusOf } = await asked();
    const requestId = await request(1, 2);
    const code = 'GRAMS_MISMATCH';
    const response = answerOf({ share: 1n, shares: 2n, root: zeroHash, creditableWh: 0n, code });
    const hash = await answer(requestId, response);
    const args = [BATCH, requestId, stringToHex(code, { size: 32 })] as const;
    await assertions.emitWithArgs(hash, consumer, 'ShareContradicted', [...args]);
    assert.equal(await statusOf(), REJECTED);
  });

  it('rejects the batch when the nodes found another root or other energy, whatever they think of it', async () => {
    for (const fields of [{ root: OTHER_ROOT }, { creditableWh: 999n }]) {
      const { request, answer, statusOf } = await asked();
      await answer(await request(), answerOf(fields));
      assert.equal(await statusOf(), REJECTED);
    }
  });
});

describe('an answer that is no verdict', () => {
  it('is an error of the source: the batch stays as it was and may be asked about again', async () => {
    const { consumer, request, answer, problemOf, statusOf } = await asked();
    const err = stringToHex('FILE_ALTERED');
    const requestId = await request();
    const hash = await answer(requestId, '0x', err);
    assert.deepEqual(await problemOf(hash), { name: 'SourceFailed', args: [err] });
    assert.equal(await statusOf(), SUBMITTED);
    assert.deepEqual(await consumer.read.progressOf([BATCH]), [0, 1]);
    await answer(await request(), answerOf());
    assert.equal(await statusOf(), VERIFIED);
  });

  it('is about another batch, root, share or number of shares, or has another form', async () => {
    for (const response of [
      answerOf({ batchId: BATCH + 1n }),
      answerOf({ askedRoot: OTHER_ROOT }),
      answerOf({ share: 1n }),
      answerOf({ shares: 2n }),
      answerOf({ creditableWh: 2n ** 64n + 1_000n }),
      concat([answerOf(), '0x00']),
      slice(answerOf(), 0, 223),
      '0x' as const,
    ]) {
      const { request, answer, problemOf, statusOf } = await asked();
      const hash = await answer(await request(), response);
      assert.deepEqual(await problemOf(hash), { name: 'AnswerForeign', args: [response] });
      assert.equal(await statusOf(), SUBMITTED);
    }
  });

  it('comes twice, or to a question that nobody asked', async () => {
    const { request, answer } = await asked({ approvals: 1 });
    const requestId = await request();
    await answer(requestId, answerOf());
    await refused(answer(requestId, answerOf()), 'RequestUnknown', [requestId]);
    await refused(answer(OTHER_ROOT, answerOf()), 'RequestUnknown', [OTHER_ROOT]);
  });

  it('comes late: another number of shares was asked for meanwhile', async () => {
    const { consumer, request, answer, problemOf, statusOf } = await asked();
    const early = await request();
    await request(0, 2);
    const hash = await answer(early, answerOf());
    assert.deepEqual(await problemOf(hash), { name: 'AnswerLate', args: [ROOT, 1] });
    assert.deepEqual(await consumer.read.progressOf([BATCH]), [0, 2]);
    assert.equal(await statusOf(), SUBMITTED);
  });

  it('comes late: opinions have decided meanwhile', async () => {
    const { world, request, answer, problemOf, statusOf } = await asked({ approvals: 1 });
    const verifier = await walletAt(5);
    await accredit(world, [verifier]);
    const [first, second] = [await request(), await request()];
    const rejection = await opinionOf(world, verifier, { verdict: 2 });
    await world.verificationOf(verifier).write.opine([BATCH, ROOT, [rejection]]);
    for (const [requestId, code] of [
      [first, undefined],
      [second, 'GRAMS_MISMATCH'],
    ] as const) {
      const hash = await answer(requestId, answerOf(code === undefined ? {} : { code }));
      assert.deepEqual(await problemOf(hash), { name: 'BatchNotOpen', args: [BATCH] });
    }
    assert.equal(await statusOf(), REJECTED);
  });

  it('comes late: the recomputation agreed already', async () => {
    const { request, answer, problemOf, statusOf } = await asked({ approvals: 1 });
    const [first, second] = [await request(), await request()];
    await answer(first, answerOf());
    const hash = await answer(second, answerOf({ code: 'GRAMS_MISMATCH' }));
    assert.deepEqual(await problemOf(hash), { name: 'RecomputationRepeated', args: [BATCH] });
    assert.equal(await statusOf(), SUBMITTED);
  });

  it('comes to a consumer that is not accredited, and can be had again when it is', async () => {
    const { admin, consumer, request, answer, problemOf, statusOf } = await asked({
      accredited: false,
    });
    const { address } = consumer;
    const hash = await answer(await request(), answerOf());
    assert.deepEqual(await problemOf(hash), {
      name: 'VerifierNotAccredited',
      args: [getAddress(address), 0n, 0n],
    });
    await admin.write.accredit([address, RECOMPUTER, FOREVER]);
    await answer(await request(), answerOf());
    assert.equal(await statusOf(), VERIFIED);
  });
});

describe('request', () => {
  it('is for the operator, with the source whose hash is on the chain', async () => {
    const { world, consumer, operator } = await asked();
    const { buyer } = world.actors;
    const stranger = getContract({
      address: consumer.address,
      abi: recomputationAbi,
      client: { public: world.reader, wallet: buyer },
    });
    await refused(stranger.write.request([BATCH, 0, 1, FILE, SOURCE]), 'NotOperator', [
      getAddress(buyer.account.address),
      getAddress(operator.account.address),
    ]);
    const other = `${SOURCE} `;
    await refused(consumer.write.request([BATCH, 0, 1, FILE, other]), 'SourceMismatch', [
      `0x${createHash('sha256').update(other).digest('hex')}`,
      CONFIG.sourceHash,
    ]);
  });

  it('has 1 to 32 shares, counted from 0', async () => {
    const { request } = await asked();
    for (const [share, shares] of [
      [0, 0],
      [1, 1],
      [2, 1],
      [0, 33],
      [255, 255],
    ] as const) {
      await refused(request(share, shares), 'ShareInvalid', [share, shares]);
    }
  });

  it('needs an address of the file that fits the request', async () => {
    const { consumer } = await asked();
    const call = (length: number) =>
      consumer.write.request([BATCH, 0, 1, 'x'.repeat(length), SOURCE]);
    await refused(call(65_536), 'RequestTextTooLong', [65_536n, 65_535n]);
    await call(65_535);
  });

  it('writes lengths as CBOR does, at each border', async () => {
    const { consumer, lastRequest } = await asked();
    for (const length of [0, 23, 24, 255, 256]) {
      const file = 'x'.repeat(length);
      await consumer.write.request([BATCH, 0, 1, file, SOURCE]);
      const text = await lastRequest();
      assert.ok(text.endsWith(`${cborText(CONFIG.rpcUrl)}${cborText(file)}\xff`));
    }
  });

  it('is refused for a batch that is unknown, decided, asks for none or was recomputed', async () => {
    const unknown = await asked();
    const { consumer } = unknown;
    await refused(consumer.write.request([5n, 0, 1, FILE, SOURCE]), 'BatchNotOpen', [5n]);
    await unknown.answer(await unknown.request(), answerOf());
    await refused(unknown.request(), 'BatchNotOpen', [BATCH]);

    const unasked = await asked({ approvals: 1, recomputation: false });
    await refused(unasked.request(), 'RecomputationNotAsked', [BATCH]);

    const repeated = await asked({ approvals: 1 });
    await repeated.answer(await repeated.request(), answerOf());
    await refused(repeated.request(), 'RecomputationRepeated', [BATCH]);
  });

  it('tells everyone whom it asks, and what', async () => {
    const { world, consumer, operator, router } = await asked();
    assert.deepEqual(await consumer.read.config(), {
      router: getAddress(router.address),
      ...CONFIG,
    });
    assert.equal(await consumer.read.operator(), getAddress(operator.account.address));
    assert.equal(await consumer.read.verification(), getAddress(world.contracts.verification));
  });

  it('is answered by the router alone', async () => {
    const { consumer, operator, router, request } = await asked();
    const requestId = await request();
    const call = consumer.write.handleOracleFulfillment([requestId, answerOf(), '0x']);
    await refused(call, 'NotRouter', [
      getAddress(operator.account.address),
      getAddress(router.address),
    ]);
  });
});

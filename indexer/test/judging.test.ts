import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { creditAbi, energyCertificateAbi } from '@truetonne/protocol';
import { concat, numberToHex, stringToHex } from 'viem';
import { AUGUST_END, JULY_END, JUNE_END, Scenario } from './support/scenario.ts';
import { ADMIN, BUYER, OWNER, SUBMITTER } from './support/world.ts';

/** Accounts 5 and 6 of the public development mnemonic. */
const [FIRST, SECOND] = [
  '0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc',
  '0x976EA74026E726554dB657fA54763abd0C3a0aa9',
] as const;
const [VERIFIER, RECOMPUTER, ENERGY] = [3, 4, 1];
const [APPROVE, VOID] = [1, 3];
const UNTIL = 2_546_080_000;
const CREDIT = 12_024n;
const CERTIFICATE = 22_024n;

let scenario: Scenario;

before(async () => {
  scenario = await Scenario.begin();
  const { world } = scenario;
  for (const verifier of [FIRST, SECOND]) {
    await world.call(ADMIN, 'verification', 'accredit', [verifier, VERIFIER, UNTIL]);
  }
  await scenario.startIndexer();
});

after(() => scenario.end());

/** Both verifiers find a batch wrong, and it is voided. */
async function voidBatch(batchId: bigint, announced?: () => Promise<void>): Promise<void> {
  const { world } = scenario;
  const given = [
    await world.opinionOf(FIRST, batchId, VOID),
    await world.opinionOf(SECOND, batchId, VOID),
  ];
  const opinions = given.map(({ opinion }) => opinion);
  await world.call(BUYER, 'recourse', 'announceVoid', [batchId, given[0]?.root, opinions]);
  await announced?.();
  await world.call(BUYER, 'recourse', 'executeVoid', [batchId]);
}

test('A batch waits for the opinions that its methodology version asks for, and shows them', async () => {
  const { world } = scenario;
  const demands = { approvals: 1, recomputation: false, bufferBps: 500 };
  const version = ['GCCM001', 'v5', `0x${'05'.repeat(32)}`, 0, UNTIL, demands] as const;
  await world.registry(ADMIN, 'publishMethodology', version);
  await world.registerProject(3, 'Shed', 0, 2);
  const meter = await world.addMeter(3, { at: JUNE_END, exportWh: 0n, importWh: 0n });
  scenario.countFrom(meter, { exportWh: 0n, importWh: 0n });
  await world.submit(3, [JUNE_END, JULY_END], [[meter, 400_000n, 0n]]);
  await scenario.assertEqualsChain();
  const { root, opinion } = await world.opinionOf(FIRST, 3_000_001n, APPROVE);
  await world.call(BUYER, 'verification', 'opine', [3_000_001n, root, [opinion]]);
  await world.registry(OWNER, 'mint', [3_000_001n]);
  await scenario.assertEqualsChain();
  const answer = await scenario.indexer.query(`{
    batch(id: "3000001") { state kind opinions { items { verifierAddress verdict } } }
    verifiers(orderBy: "address") { items { address role accreditedUntil } }
    methodology(id: 2) { approvals recomputation bufferBps }
  }`);
  const address = FIRST.toLowerCase();
  const judge = { role: 'verifier', accreditedUntil: UNTIL };
  assert.deepEqual(answer, {
    batch: {
      state: 'minted',
      kind: 'carbon',
      opinions: { items: [{ verifierAddress: address, verdict: 'approve' }] },
    },
    verifiers: {
      items: [
        { address: SECOND.toLowerCase(), ...judge },
        { address, ...judge },
      ],
    },
    methodology: demands,
  });
});

test('A void leaves a debt, and a cure takes it away, as the chain has it', async () => {
  const { world } = scenario;
  await scenario.creditJuly();
  await world.credit(OWNER, 'safeTransferFrom', [OWNER, BUYER, CREDIT, 300_000n, '0x']);
  const batchId = 1_000_001n;
  await voidBatch(batchId, () => scenario.assertEqualsChain());
  await scenario.assertEqualsChain();
  // Whoever has nothing may move nothing of it: the indexer goes on.
  await world.credit(SUBMITTER, 'safeTransferFrom', [SUBMITTER, BUYER, CREDIT, 0n, '0x']);
  await world.call(BUYER, 'recourse', 'cure', [1, 0, CREDIT, 300_000n]);
  await scenario.assertEqualsChain();
  const answer = await scenario.indexer.query(`{
    batch(id: "1000001") { state grams void { state fromOwner fromBuffer missing } }
    cures { items { projectId amount left kind } }
  }`);
  assert.deepEqual(answer, {
    batch: {
      state: 'voided',
      grams: '368648',
      void: { state: 'executed', fromOwner: '68648', fromBuffer: '0', missing: '300000' },
    },
    cures: { items: [{ projectId: 1, amount: '300000', left: '0', kind: 'carbon' }] },
  });
});

test('A void says what came of the owner, of the buffer and of nobody', async () => {
  const { world } = scenario;
  const batchId = 3_000_001n;
  const credit = 32_024n;
  const [minted, , buffered] = await world.anvil.client.readContract({
    abi: creditAbi,
    address: world.deployment.credit,
    functionName: 'totals',
    args: [credit],
  });
  const kept = 1_000n;
  const sold = minted - buffered - kept;
  await world.credit(OWNER, 'safeTransferFrom', [OWNER, BUYER, credit, sold, '0x']);
  await voidBatch(batchId);
  await scenario.assertEqualsChain();
  const answer = await scenario.indexer.query(`{
    batchVoid(batchId: "${batchId}") { fromOwner fromBuffer missing batch { grams } }
  }`);
  assert.ok(buffered > 0n && sold > 0n);
  assert.deepEqual(answer, {
    batchVoid: {
      fromOwner: String(kept),
      fromBuffer: String(buffered),
      missing: String(sold),
      batch: { grams: String(minted) },
    },
  });
});

test('Energy certificates are those of the chain, cancelled and voided ones too', async () => {
  const { world, barn } = scenario;
  await world.registry(OWNER, 'chooseClaim', [2, ENERGY]);
  await world.submit(2, [JUNE_END, JULY_END], [[barn, 2_700_500n, 0n]]);
  await world.submit(2, [JULY_END, AUGUST_END], [[barn, 4_000_500n, 0n]]);
  await world.registry(OWNER, 'mint', [2_000_001n]);
  await world.registry(OWNER, 'mint', [2_000_002n]);
  await world.call(OWNER, 'energyCertificate', 'cancel', [CERTIFICATE, 1n, 'A school', '']);
  await voidBatch(2_000_002n);
  await scenario.assertEqualsChain();
  const [minted, cancelled, voided, remainderWh] = await world.anvil.client.readContract({
    abi: energyCertificateAbi,
    address: world.deployment.energyCertificate,
    functionName: 'totals',
    args: [CERTIFICATE],
  });
  const answer = await scenario.indexer.query(`{
    batchVoid(batchId: "2000002") { fromOwner fromBuffer missing }
    energyCertificate(id: "${CERTIFICATE}") { minted held cancelled voided remainderWh
      balances { items { account certificates } } cancellations { items { beneficiary } } }
  }`);
  assert.deepEqual([minted, cancelled, voided, remainderWh], [4n, 1n, 2n, 700_000n]);
  assert.deepEqual(answer, {
    batchVoid: { fromOwner: '2', fromBuffer: '0', missing: '0' },
    energyCertificate: {
      minted: '4',
      held: '1',
      cancelled: '1',
      voided: '2',
      remainderWh: '700000',
      balances: { items: [{ account: OWNER.toLowerCase(), certificates: '1' }] },
      cancellations: { items: [{ beneficiary: 'A school' }] },
    },
  });
});

test('Shares of a recomputation show what was asked, what came of it, and why', async () => {
  const { world } = scenario;
  const recomputer = world.deployment.recomputation ?? assert.fail();
  await world.call(ADMIN, 'verification', 'accredit', [recomputer, RECOMPUTER, UNTIL]);
  const demands = { approvals: 0, recomputation: true, bufferBps: 0 };
  const version = ['GCCM001', 'v6', `0x${'06'.repeat(32)}`, 0, UNTIL, demands] as const;
  await world.registry(ADMIN, 'publishMethodology', version);
  await world.registerProject(4, 'Mill', 0, 3);
  const meter = await world.addMeter(4, { at: JUNE_END, exportWh: 0n, importWh: 0n });
  scenario.countFrom(meter, { exportWh: 0n, importWh: 0n });
  await world.submit(4, [JUNE_END, JULY_END], [[meter, 400_000n, 0n]]);
  const batchId = 4_000_001n;
  const { root } = await world.opinionOf(FIRST, batchId, APPROVE);
  const answerOf = (share: bigint, code: string) =>
    concat([
      ...[batchId, BigInt(root), BigInt(root), 400_000n, 0n, (4n << 8n) | share].map((word) =>
        numberToHex(word, { size: 32 }),
      ),
      stringToHex(code, { size: 32 }),
    ]);
  const [agreed, failed, contradicted] = [
    await world.askForShare(batchId, 0, 4),
    await world.askForShare(batchId, 1, 4),
    await world.askForShare(batchId, 2, 4),
  ];
  await world.askForShare(batchId, 3, 4);
  await world.answerShare(agreed, answerOf(0n, ''));
  await world.answerShare(failed, '0x', stringToHex('FILE_MISSING'));
  await world.answerShare(contradicted, answerOf(2n, 'GRAMS_MISMATCH'));
  await scenario.assertEqualsChain();
  const answer = await scenario.indexer.query(`{
    batch(id: "4000001") {
      state
      recomputations { items { agrees } }
      recomputationShares(orderBy: "share") { items { share shares state code } }
    }
  }`);
  assert.deepEqual(answer, {
    batch: {
      state: 'rejected',
      recomputations: { items: [{ agrees: false }] },
      recomputationShares: {
        items: [
          { share: 0, shares: 4, state: 'agreed', code: null },
          { share: 1, shares: 4, state: 'inconclusive', code: 'FILE_MISSING' },
          { share: 2, shares: 4, state: 'contradicted', code: 'GRAMS_MISMATCH' },
          { share: 3, shares: 4, state: 'asked', code: null },
        ],
      },
    },
  });
});

/** Verifiers, their opinions, voids and debts. Units and types as in tables.ts. */
import { index, onchainEnum, onchainTable, primaryKey } from 'ponder';
import { claimKind } from './tables.ts';

export const judgeRole = onchainEnum('judge_role', ['verifier', 'recomputer']);
export const verdict = onchainEnum('verdict', ['approve', 'reject', 'void']);
export const shareState = onchainEnum('share_state', [
  'asked',
  'agreed',
  'contradicted',
  'inconclusive',
]);
export const voidState = onchainEnum('void_state', ['announced', 'cancelled', 'executed']);

/** Whoever was ever accredited to verify or to recompute. */
export const verifier = onchainTable('verifier', (t) => ({
  address: t.hex().primaryKey(),
  role: judgeRole('role').notNull(),
  accreditedFrom: t.doublePrecision().notNull(),
  accreditedUntil: t.doublePrecision().notNull(),
}));

export const opinion = onchainTable(
  'opinion',
  (t) => ({
    id: t.text().primaryKey(),
    batchId: t.bigint().notNull(),
    verifierAddress: t.hex().notNull(),
    verdict: verdict('verdict').notNull(),
    /** SHA-256 of the reasons' document. */
    reasonHash: t.hex().notNull(),
    reasonUri: t.text().notNull(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({
    byBatch: index().on(table.batchId),
    byVerifier: index().on(table.verifierAddress),
  }),
);

export const recomputation = onchainTable(
  'recomputation',
  (t) => ({
    id: t.text().primaryKey(),
    batchId: t.bigint().notNull(),
    recomputer: t.hex().notNull(),
    /** As rebuilt from the batch file. */
    root: t.hex().notNull(),
    creditableWh: t.bigint().notNull(),
    agrees: t.boolean().notNull(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ byBatch: index().on(table.batchId) }),
);

/** A share of a recomputation that Chainlink Functions was asked for, and what came of it. */
export const recomputationShare = onchainTable(
  'recomputation_share',
  (t) => ({
    requestId: t.hex().primaryKey(),
    batchId: t.bigint().notNull(),
    /** From 0. */
    share: t.integer().notNull(),
    shares: t.integer().notNull(),
    state: shareState('state').notNull(),
    /** Why it is contradicted or no verdict: mostly a code of the catalogue of errors. */
    code: t.text(),
    answeredAt: t.doublePrecision(),
    /** Of the request. */
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ byBatch: index().on(table.batchId) }),
);

/** The last void of a batch that was announced. */
export const batchVoid = onchainTable(
  'batch_void',
  (t) => ({
    batchId: t.bigint().primaryKey(),
    projectId: t.integer().notNull(),
    state: voidState('state').notNull(),
    announcedAt: t.doublePrecision().notNull(),
    executableFrom: t.doublePrecision().notNull(),
    /** When it was cancelled or executed. */
    decidedAt: t.doublePrecision(),
    /** Grams, or certificates, of the project's owner. This and the next two: null until it is executed. */
    fromOwner: t.bigint(),
    /** Grams of the buffer; certificates have none. */
    fromBuffer: t.bigint(),
    /** Grams, or certificates, that neither owner nor buffer had: a debt. */
    missing: t.bigint(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ byProject: index().on(table.projectId) }),
);

/** What the last void or cure of a transaction took of a credit, or of an energy certificate. */
export const draw = onchainTable(
  'draw',
  (t) => ({
    transactionHash: t.hex().notNull(),
    kind: claimKind('kind').notNull(),
    creditId: t.bigint().notNull(),
    fromHolder: t.bigint().notNull(),
    fromBuffer: t.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.transactionHash, table.kind, table.creditId] }) }),
);

/** What was handed in for a debt, or taken from a mint. */
export const cure = onchainTable(
  'cure',
  (t) => ({
    id: t.text().primaryKey(),
    projectId: t.integer().notNull(),
    by: t.hex().notNull(),
    kind: claimKind('kind').notNull(),
    /** Of a credit or of an energy certificate. */
    creditId: t.bigint().notNull(),
    amount: t.bigint().notNull(),
    /** What the project owes of this kind afterwards. */
    left: t.bigint().notNull(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ byProject: index().on(table.projectId) }),
);

/**
 * The tables behind GraphQL. Quantities (Wh, W, g) are bigint columns, decimal strings in GraphQL.
 * Times (unix seconds) and counts are doublePrecision: uint40 and uint32 pass the 32 bits of
 * GraphQL's Int, and a double holds them exactly.
 */
import { index, onchainEnum, onchainTable, primaryKey } from 'ponder';

export const batchState = onchainEnum('batch_state', [
  'submitted',
  'verified',
  'rejected',
  'minted',
  'voided',
]);
/** What an interval is claimed as. */
export const claimKind = onchainEnum('claim_kind', ['carbon', 'energy']);
export const transferKind = onchainEnum('transfer_kind', ['mint', 'transfer', 'burn']);

/** The newest block whose events are in the tables: one row, none before the first catch-up. */
export const indexedBlock = onchainTable('indexed_block', (t) => ({
  chainId: t.integer().primaryKey(),
  number: t.bigint().notNull(),
  hash: t.hex().notNull(),
  timestamp: t.doublePrecision().notNull(),
}));

export const methodology = onchainTable('methodology', (t) => ({
  id: t.integer().primaryKey(),
  code: t.text().notNull(),
  version: t.text().notNull(),
  parametersHash: t.hex().notNull(),
  validFrom: t.doublePrecision().notNull(),
  validUntil: t.doublePrecision().notNull(),
  /** Verifiers that have to approve each batch, and that can reject it. */
  approvals: t.integer().notNull(),
  /** Whether an independent recomputation of each batch has to agree. */
  recomputation: t.boolean().notNull(),
  /** Share of each mint that goes to the buffer, in 1/10,000. */
  bufferBps: t.integer().notNull(),
}));

export const validator = onchainTable('validator', (t) => ({
  address: t.hex().primaryKey(),
  accreditedFrom: t.doublePrecision().notNull(),
  accreditedUntil: t.doublePrecision().notNull(),
}));

export const project = onchainTable(
  'project',
  (t) => ({
    id: t.integer().primaryKey(),
    owner: t.hex().notNull(),
    name: t.text().notNull(),
    /** ISO 3166-1 alpha-2. */
    country: t.text().notNull(),
    latitudeE6: t.integer().notNull(),
    longitudeE6: t.integer().notNull(),
    utcOffsetMinutes: t.integer().notNull(),
    capacityW: t.bigint().notNull(),
    methodologyId: t.integer().notNull(),
    creditingFrom: t.doublePrecision().notNull(),
    creditingUntil: t.doublePrecision().notNull(),
    registeredAt: t.doublePrecision().notNull(),
    /** Null until an accredited validator has validated the project. */
    validatorAddress: t.hex(),
    submitter: t.hex(),
    factorUgPerWh: t.bigint(),
    validatedAt: t.doublePrecision(),
    /** Devices that belong to it, the revoked and the frozen ones too. */
    deviceCount: t.integer().notNull(),
    /** Rated power of its devices that are neither revoked nor frozen. */
    boundCapacityW: t.bigint().notNull(),
    batchCount: t.integer().notNull(),
    exportedWh: t.bigint().notNull(),
    importedWh: t.bigint().notNull(),
    deductedWh: t.bigint().notNull(),
    creditableWh: t.bigint().notNull(),
    /** Grams of all submitted batches, minted or not. */
    grams: t.bigint().notNull(),
    mintedGrams: t.bigint().notNull(),
    retiredGrams: t.bigint().notNull(),
    /** Carried into the next batch (SPEC section 7). */
    deficitWh: t.bigint().notNull(),
    remainderUg: t.bigint().notNull(),
    lastPeriodEnd: t.doublePrecision(),
    /** What the batches submitted from now on are claimed as. */
    kind: claimKind('kind').notNull(),
    /** What it owes because batches of it were voided. */
    owedGrams: t.bigint().notNull(),
    owedCertificates: t.bigint().notNull(),
    /** Whether a debt or an announced void keeps it from minting. */
    blocked: t.boolean().notNull(),
  }),
  (table) => ({ byOwner: index().on(table.owner) }),
);

export const batch = onchainTable(
  'batch',
  (t) => ({
    id: t.bigint().primaryKey(),
    projectId: t.integer().notNull(),
    number: t.integer().notNull(),
    state: batchState('state').notNull(),
    root: t.hex().notNull(),
    fileDigest: t.hex().notNull(),
    periodStart: t.doublePrecision().notNull(),
    periodEnd: t.doublePrecision().notNull(),
    /** 'YYYY-MM' in which the period ends, in the project's UTC offset. */
    month: t.text().notNull(),
    vintage: t.integer().notNull(),
    deviceCount: t.integer().notNull(),
    exportedWh: t.bigint().notNull(),
    importedWh: t.bigint().notNull(),
    deductedWh: t.bigint().notNull(),
    creditableWh: t.bigint().notNull(),
    grams: t.bigint().notNull(),
    factorUgPerWh: t.bigint().notNull(),
    openingDeficitWh: t.bigint().notNull(),
    openingRemainderUg: t.bigint().notNull(),
    blockNumber: t.bigint().notNull(),
    submittedAt: t.doublePrecision().notNull(),
    transactionHash: t.hex().notNull(),
    /** An energy batch has no grams. */
    kind: claimKind('kind').notNull(),
    /** When it was verified, rejected or voided, the last of these; null before. */
    settledAt: t.doublePrecision(),
    /** Null until the owner mints; and for energy batches. */
    creditId: t.bigint(),
    mintedTo: t.hex(),
    firstSerial: t.bigint(),
    mintedAt: t.doublePrecision(),
    mintTransactionHash: t.hex(),
  }),
  (table) => ({ byProject: index().on(table.projectId), byCredit: index().on(table.creditId) }),
);

export const projectMonth = onchainTable(
  'project_month',
  (t) => ({
    projectId: t.integer().notNull(),
    month: t.text().notNull(),
    batchCount: t.integer().notNull(),
    exportedWh: t.bigint().notNull(),
    importedWh: t.bigint().notNull(),
    deductedWh: t.bigint().notNull(),
    creditableWh: t.bigint().notNull(),
    grams: t.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.projectId, table.month] }) }),
);

export const credit = onchainTable(
  'credit',
  (t) => ({
    id: t.bigint().primaryKey(),
    projectId: t.integer().notNull(),
    vintage: t.integer().notNull(),
    mintedGrams: t.bigint().notNull(),
    /** Sum of all balances, the market's too: minted = held + retired + buffered + voided. */
    heldGrams: t.bigint().notNull(),
    retiredGrams: t.bigint().notNull(),
    /** In the buffer now: nobody's balance. */
    bufferedGrams: t.bigint().notNull(),
    /** Taken out of circulation because a batch was wrong. */
    voidedGrams: t.bigint().notNull(),
    /** Held by the market for sellers. */
    listedGrams: t.bigint().notNull(),
  }),
  (table) => ({ byProject: index().on(table.projectId) }),
);

export const balance = onchainTable(
  'balance',
  (t) => ({
    account: t.hex().notNull(),
    creditId: t.bigint().notNull(),
    grams: t.bigint().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.account, table.creditId] }),
    byCredit: index().on(table.creditId),
  }),
);

export const transfer = onchainTable(
  'transfer',
  (t) => ({
    /** Transaction hash, index of the log, position within a batch transfer. */
    id: t.text().primaryKey(),
    kind: transferKind('kind').notNull(),
    creditId: t.bigint().notNull(),
    operator: t.hex().notNull(),
    from: t.hex().notNull(),
    to: t.hex().notNull(),
    grams: t.bigint().notNull(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({
    byCredit: index().on(table.creditId),
    byFrom: index().on(table.from),
    byTo: index().on(table.to),
  }),
);

export const retirement = onchainTable(
  'retirement',
  (t) => ({
    id: t.bigint().primaryKey(),
    account: t.hex().notNull(),
    creditId: t.bigint().notNull(),
    grams: t.bigint().notNull(),
    firstSerial: t.bigint().notNull(),
    /** As named at the retirement; empty when nobody was, or when the name is kept private. */
    beneficiary: t.text().notNull(),
    /** keccak256(salt ++ beneficiary) of a private one. */
    commitment: t.hex(),
    purpose: t.text().notNull(),
    periodFrom: t.doublePrecision(),
    periodUntil: t.doublePrecision(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ byCredit: index().on(table.creditId), byAccount: index().on(table.account) }),
);

/**
 * The tables of devices: what a device is, what it gave and what happened to it. Columns as in
 * tables.ts.
 */
import { index, onchainEnum, onchainTable, primaryKey } from 'ponder';

export const deviceState = onchainEnum('device_state', ['claimed', 'bound', 'revoked', 'frozen']);

export const deviceEventKind = onchainEnum('device_event_kind', [
  'claimed',
  'bound',
  'revoked',
  'rotated',
  'offered',
  'withdrawn',
  'handedOver',
  'meterReplaced',
  'frozen',
]);

export const device = onchainTable(
  'device',
  (t) => ({
    id: t.hex().primaryKey(),
    owner: t.hex().notNull(),
    publicKey: t.hex().notNull(),
    claimHash: t.hex().notNull(),
    state: deviceState('state').notNull(),
    projectId: t.integer(),
    capacityW: t.bigint(),
    revokedFrom: t.doublePrecision(),
    /** Device ids: whose place it took by rotation, and which took its. */
    predecessor: t.hex(),
    successor: t.hex(),
    /** Wallet that may take it over. */
    offeredTo: t.hex(),
    claimedAt: t.doublePrecision().notNull(),
    claimExportWh: t.bigint().notNull(),
    claimImportWh: t.bigint().notNull(),
    /** The slot on the chain: the last credited window, a later meter replacement, or the claim. */
    sequence: t.doublePrecision().notNull(),
    closedAt: t.doublePrecision().notNull(),
    exportWh: t.bigint().notNull(),
    importWh: t.bigint().notNull(),
    /** Sums over the batches. */
    batchCount: t.integer().notNull(),
    exportedWh: t.bigint().notNull(),
    importedWh: t.bigint().notNull(),
  }),
  (table) => ({
    byProject: index().on(table.projectId),
    byOwner: index().on(table.owner),
    byOfferedTo: index().on(table.offeredTo),
  }),
);

export const deviceBatch = onchainTable(
  'device_batch',
  (t) => ({
    batchId: t.bigint().notNull(),
    deviceId: t.hex().notNull(),
    sequence: t.doublePrecision().notNull(),
    closedAt: t.doublePrecision().notNull(),
    exportWh: t.bigint().notNull(),
    importWh: t.bigint().notNull(),
    exportedWh: t.bigint().notNull(),
    importedWh: t.bigint().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.batchId, table.deviceId] }),
    byDevice: index().on(table.deviceId),
  }),
);

export const deviceMonth = onchainTable(
  'device_month',
  (t) => ({
    deviceId: t.hex().notNull(),
    month: t.text().notNull(),
    projectId: t.integer().notNull(),
    batchCount: t.integer().notNull(),
    exportedWh: t.bigint().notNull(),
    importedWh: t.bigint().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.deviceId, table.month, table.projectId] }),
    byProject: index().on(table.projectId, table.month),
  }),
);

/** The life of a device, one row per event of the contract about it. */
export const deviceEvent = onchainTable(
  'device_event',
  (t) => ({
    /** Grows in the order in which things happened: sort by it. */
    id: t.text().primaryKey(),
    deviceId: t.hex().notNull(),
    kind: deviceEventKind('kind').notNull(),
    /** Wallet that did it: owner, new owner, validator or whoever proved the copied key. */
    by: t.hex().notNull(),
    /** Time of the block. */
    at: t.doublePrecision().notNull(),
    /** From when on it counts: of the claim, revocation, rotation or replacement. */
    effectiveAt: t.doublePrecision(),
    /** Bound to, or left in a hand-over. */
    projectId: t.integer(),
    capacityW: t.bigint(),
    /** Offered to, or handed over from. */
    counterparty: t.hex(),
    /** Device id that a rotation named. */
    successor: t.hex(),
    /** Window before a replacement, or signed twice. */
    sequence: t.doublePrecision(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ byDevice: index().on(table.deviceId) }),
);

export const meterReplacement = onchainTable(
  'meter_replacement',
  (t) => ({
    /** SHA-256 of what the device signed. */
    statementHash: t.hex().primaryKey(),
    deviceId: t.hex().notNull(),
    projectId: t.integer().notNull(),
    /** Who signed it off. */
    validatorAddress: t.hex().notNull(),
    /** Of the last window that the old meter measured. */
    sequence: t.doublePrecision().notNull(),
    /** Registers of the old meter, as credited last. */
    oldClosedAt: t.doublePrecision().notNull(),
    oldExportWh: t.bigint().notNull(),
    oldImportWh: t.bigint().notNull(),
    /** Registers of the new meter, from then on. */
    replacedAt: t.doublePrecision().notNull(),
    exportWh: t.bigint().notNull(),
    importWh: t.bigint().notNull(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ byDevice: index().on(table.deviceId), byProject: index().on(table.projectId) }),
);

export const deviceFreeze = onchainTable('device_freeze', (t) => ({
  deviceId: t.hex().primaryKey(),
  reporter: t.hex().notNull(),
  /** The number that two windows have, and the hashes of their headers. */
  sequence: t.doublePrecision().notNull(),
  headerHashA: t.hex().notNull(),
  headerHashB: t.hex().notNull(),
  at: t.doublePrecision().notNull(),
  blockNumber: t.bigint().notNull(),
  transactionHash: t.hex().notNull(),
}));

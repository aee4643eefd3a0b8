import { boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, count, exact, exactSum, hex, identity, longIdentity } from './columns.ts';

export * from './account.ts';
export * from './activity.ts';
export * from './believed.ts';
export * from './checkMeter.ts';
export * from './factor.ts';
export * from './goal.ts';
export * from './import.ts';
export * from './month.ts';
export * from './organisation.ts';
export * from './period.ts';
export * from './reminder.ts';
export * from './statement.ts';
export * from './supplier.ts';
export * from './subscription.ts';
export * from './transport.ts';

export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

export const projects = pgTable('projects', {
  id: integer('id').primaryKey(),
  owner: hex('owner').notNull(),
  name: text('name').notNull(),
  country: text('country').notNull(),
  latitudeE6: integer('latitude_e6').notNull(),
  longitudeE6: integer('longitude_e6').notNull(),
  utcOffsetMinutes: integer('utc_offset_minutes').notNull(),
  capacityW: exact('capacity_w').notNull(),
  methodologyId: integer('methodology_id').notNull(),
  creditingFrom: count('crediting_from').notNull(),
  creditingUntil: count('crediting_until').notNull(),
  validator: hex('validator'),
  submitter: hex('submitter'),
  factorUgPerWh: exact('factor_ug_per_wh'),
  batchCount: integer('batch_count').notNull().default(0),
  /** Place on the chain of its registration; `null` while that is still to be read anew. */
  registeredAt: count('registered_at'),
});

export const devices = pgTable('devices', {
  number: identity('number'),
  deviceId: hex('device_id').notNull(),
  owner: hex('owner').notNull(),
  publicKey: bytes('public_key').notNull(),
  claimHash: hex('claim_hash').notNull(),
  claimedAt: count('claimed_at').notNull(),
  claimExportWh: exact('claim_export_wh').notNull(),
  claimImportWh: exact('claim_import_wh').notNull(),
  projectId: integer('project_id'),
  capacityW: exact('capacity_w'),
  /** When the oracle heard that it is in a project, Unix seconds: before that it could send nothing. */
  boundAt: count('bound_at'),
  revokedFrom: count('revoked_from'),
  successor: hex('successor'),
  predecessor: hex('predecessor'),
  offeredTo: hex('offered_to'),
  frozenSequence: count('frozen_sequence'),
  /** Place on the chain of the last event of its life that is in here; `null` while that is read anew. */
  lifeAt: count('life_at'),
  /** The block of its claim was taken back, and no other has it: it is kept for what it sent alone. */
  gone: boolean('gone').notNull().default(false),
  /** Set by a meter's replacement: what the next window names as the header before it. */
  openingHash: hex('opening_hash'),
  /** Until when it checks another device, Unix seconds: nothing that it measured until then is credited. */
  checksUntil: count('checks_until'),
  creditedSequence: count('credited_sequence').notNull(),
  creditedClosedAt: count('credited_closed_at').notNull(),
  creditedExportWh: exact('credited_export_wh').notNull(),
  creditedImportWh: exact('credited_import_wh').notNull(),
});

export const windows = pgTable('windows', {
  id: longIdentity('id'),
  deviceNumber: integer('device_number').notNull(),
  sequence: count('sequence').notNull(),
  closedAt: count('closed_at').notNull(),
  headerHash: hex('header_hash').notNull(),
  receivedAt: count('received_at').notNull(),
});

export const equivocations = pgTable(
  'equivocations',
  {
    deviceNumber: integer('device_number').notNull(),
    sequence: count('sequence').notNull(),
    headerHash: hex('header_hash').notNull(),
    bytes: bytes('bytes').notNull(),
    receivedAt: count('received_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deviceNumber, table.sequence, table.headerHash] })],
);

export const heads = pgTable('heads', {
  deviceNumber: integer('device_number').primaryKey(),
  sequence: count('sequence').notNull(),
  closedAt: count('closed_at').notNull(),
  exportWh: exact('export_wh').notNull(),
  importWh: exact('import_wh').notNull(),
  previousHash: hex('previous_hash'),
  lastSequence: count('last_sequence').notNull(),
  unsettled: text('unsettled'),
  windows: count('windows').notNull().default(0),
  readings: count('readings').notNull().default(0),
  /** Of one device: 127 meters, one after the other, at their largest value fit 64 bits with a sign. */
  exportedWh: exact('exported_wh').notNull().default(0n),
  importedWh: exact('imported_wh').notNull().default(0n),
  deductedWh: exact('deducted_wh').notNull().default(0n),
  /** What the checks remember, as JSON. */
  memory: text('memory'),
  /** The project under whose terms windows up to here were judged. */
  projectId: integer('project_id'),
});

export const missedWindows = pgTable(
  'missed_windows',
  {
    deviceNumber: integer('device_number').notNull(),
    sequence: count('sequence').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deviceNumber, table.sequence] })],
);

export const findings = pgTable('findings', {
  id: longIdentity('id'),
  deviceNumber: integer('device_number').notNull(),
  sequence: count('sequence').notNull(),
  readingIndex: integer('reading_index').notNull(),
  at: count('at').notNull(),
  reason: text('reason').notNull(),
  deductedWh: exact('deducted_wh').notNull(),
  /** The batch that a statement made it for when it was sealed; judging makes those of none. */
  batchKey: integer('batch_key'),
});

export const batches = pgTable('batches', {
  key: identity('key'),
  projectId: integer('project_id').notNull(),
  number: integer('number').notNull(),
  own: boolean('own').notNull(),
  phase: text('phase', {
    enum: ['sealed', 'signed', 'submitted', 'confirmed', 'refused'],
  }).notNull(),
  crossing: boolean('crossing').notNull(),
  vintage: integer('vintage').notNull(),
  periodStart: count('period_start').notNull(),
  periodEnd: count('period_end').notNull(),
  root: hex('root').notNull(),
  fileDigest: hex('file_digest').notNull(),
  cid: text('cid').notNull(),
  fileSize: integer('file_size'),
  deviceCount: integer('device_count').notNull(),
  windowCount: integer('window_count'),
  readingCount: integer('reading_count'),
  exportedWh: exactSum('exported_wh').notNull(),
  importedWh: exactSum('imported_wh').notNull(),
  deductedWh: exactSum('deducted_wh').notNull(),
  sealedAt: count('sealed_at'),
  /** The transaction that holds the batch, or the newest that was signed for it. */
  txHash: hex('tx_hash'),
  txNonce: integer('tx_nonce'),
  sentAt: count('sent_at'),
  refusedCode: text('refused_code'),
  refusedDetail: text('refused_detail'),
  refusedAt: count('refused_at'),
  blockNumber: count('block_number'),
  creditableWh: exact('creditable_wh'),
  grams: exact('grams'),
  minted: boolean('minted').notNull().default(false),
  settled: text('settled', { enum: ['verified', 'rejected', 'voided'] }),
});

/** Everything that was ever signed for a batch. */
export const transactions = pgTable('transactions', {
  hash: hex('hash').primaryKey(),
  batchKey: integer('batch_key').notNull(),
  nonce: integer('nonce').notNull(),
  raw: hex('raw').notNull(),
  signedAt: count('signed_at').notNull(),
});

export const batchDevices = pgTable(
  'batch_devices',
  {
    batchKey: integer('batch_key').notNull(),
    deviceNumber: integer('device_number').notNull(),
    openingSequence: count('opening_sequence').notNull(),
    closingSequence: count('closing_sequence').notNull(),
    closedAt: count('closed_at').notNull(),
    exportedWh: exact('exported_wh').notNull(),
    importedWh: exact('imported_wh').notNull(),
    /** Record for the contract: public key 64, signature 64, header 176; ours only. */
    closing: bytes('closing'),
  },
  (table) => [primaryKey({ columns: [table.batchKey, table.deviceNumber] })],
);

export const closeRequests = pgTable('close_requests', {
  projectId: integer('project_id').primaryKey(),
  until: count('until').notNull(),
});

export type ProjectRow = typeof projects.$inferSelect;
export type DeviceRow = typeof devices.$inferSelect;
/** A window's place and hashes; its bytes lie in `window_bytes`. */
export type WindowIndexRow = typeof windows.$inferSelect;
export type WindowRow = WindowIndexRow & { readonly bytes: Uint8Array };
export type HeadRow = typeof heads.$inferSelect;
export type BatchRow = typeof batches.$inferSelect;
export type FindingRow = typeof findings.$inferSelect;

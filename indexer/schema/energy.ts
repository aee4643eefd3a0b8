/** Energy certificates of 1 MWh. Units and types as in tables.ts. */
import { index, onchainTable, primaryKey } from 'ponder';

export const energyCertificate = onchainTable(
  'energy_certificate',
  (t) => ({
    id: t.bigint().primaryKey(),
    projectId: t.integer().notNull(),
    vintage: t.integer().notNull(),
    minted: t.bigint().notNull(),
    /** Sum of all balances: minted = held + cancelled + voided. */
    held: t.bigint().notNull(),
    cancelled: t.bigint().notNull(),
    voided: t.bigint().notNull(),
    /** Energy that makes no certificate yet. */
    remainderWh: t.bigint().notNull(),
  }),
  (table) => ({ byProject: index().on(table.projectId) }),
);

export const certificateBalance = onchainTable(
  'certificate_balance',
  (t) => ({
    account: t.hex().notNull(),
    certificateId: t.bigint().notNull(),
    certificates: t.bigint().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.account, table.certificateId] }),
    byCertificate: index().on(table.certificateId),
  }),
);

export const cancellation = onchainTable(
  'cancellation',
  (t) => ({
    id: t.bigint().primaryKey(),
    account: t.hex().notNull(),
    certificateId: t.bigint().notNull(),
    certificates: t.bigint().notNull(),
    firstSerial: t.bigint().notNull(),
    beneficiary: t.text().notNull(),
    purpose: t.text().notNull(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({
    byAccount: index().on(table.account),
    byCertificate: index().on(table.certificateId),
  }),
);

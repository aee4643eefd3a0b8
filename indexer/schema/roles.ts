/** Who is what, and since when: for good, until a time, or until somebody else is. Columns as in tables.ts. */
import { index, onchainEnum, onchainTable, relations } from 'ponder';

export const walletRoleName = onchainEnum('wallet_role_name', [
  'party',
  'validator',
  'verifier',
  'recomputer',
]);
export const officeName = onchainEnum('office_name', [
  /** Owner of the registry. */
  'admin',
  /** Owner of the plans. */
  'operator',
  'treasury',
  'arbiter',
]);

/** The one role of a wallet, which it keeps. */
export const walletRole = onchainTable(
  'wallet_role',
  (t) => ({
    address: t.hex().primaryKey(),
    role: walletRoleName('role').notNull(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ byRole: index().on(table.role) }),
);

/** Each accreditation, prolongation and end of one. */
export const accreditation = onchainTable(
  'accreditation',
  (t) => ({
    /** Grows in the order in which things happened: sort by it. */
    id: t.text().primaryKey(),
    address: t.hex().notNull(),
    role: walletRoleName('role').notNull(),
    accreditedFrom: t.doublePrecision().notNull(),
    /** Last second of it; before `at` where the accreditation was ended. */
    accreditedUntil: t.doublePrecision().notNull(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ byAddress: index().on(table.address) }),
);

/** Each time that submissions and sales were stopped, or let go on before the time. */
export const pause = onchainTable('pause', (t) => ({
  id: t.text().primaryKey(),
  /** First second in which they go on; not after `at` where a pause was ended. */
  until: t.doublePrecision().notNull(),
  at: t.doublePrecision().notNull(),
  blockNumber: t.bigint().notNull(),
  transactionHash: t.hex().notNull(),
}));

/** Who holds an office now. */
export const office = onchainTable('office', (t) => ({
  name: officeName('name').primaryKey(),
  holder: t.hex().notNull(),
  at: t.doublePrecision().notNull(),
  blockNumber: t.bigint().notNull(),
  transactionHash: t.hex().notNull(),
}));

/** Everybody who came into an office, the first one too. */
export const officeChange = onchainTable(
  'office_change',
  (t) => ({
    id: t.text().primaryKey(),
    name: officeName('name').notNull(),
    holder: t.hex().notNull(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ byName: index().on(table.name) }),
);

export const walletRoleRelations = relations(walletRole, ({ many }) => ({
  accreditations: many(accreditation),
}));

export const accreditationRelations = relations(accreditation, ({ one }) => ({
  walletRole: one(walletRole, {
    fields: [accreditation.address],
    references: [walletRole.address],
  }),
}));

export const officeRelations = relations(office, ({ many }) => ({ changes: many(officeChange) }));

export const officeChangeRelations = relations(officeChange, ({ one }) => ({
  office: one(office, { fields: [officeChange.name], references: [office.name] }),
}));

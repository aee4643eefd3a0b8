import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { count, exact } from './columns.ts';

/** What had been believed of a device whose windows were judged, before blocks were taken back. */
export const believedDevices = pgTable('believed_devices', {
  deviceNumber: integer('device_number').primaryKey(),
  terms: text('terms').notNull(),
  utcOffsetMinutes: integer('utc_offset_minutes').notNull(),
  claimedAt: count('claimed_at').notNull(),
  claimExportWh: exact('claim_export_wh').notNull(),
  claimImportWh: exact('claim_import_wh').notNull(),
  creditedSequence: count('credited_sequence').notNull(),
  creditedClosedAt: count('credited_closed_at').notNull(),
  creditedExportWh: exact('credited_export_wh').notNull(),
  creditedImportWh: exact('credited_import_wh').notNull(),
  /** Ids of the statements of replaced meters that were signed off. */
  replacements: bigint('replacements', { mode: 'number' }).array().notNull(),
});

export type BelievedDevice = typeof believedDevices.$inferSelect;

import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, count, exact, hex } from './columns.ts';

/** Tasks in the background and how they stand; the queue that runs them keeps tables of its own. */
export const jobs = pgTable('jobs', {
  id: text('id').primaryKey(),
  kind: text('kind').notNull(),
  /** The oracle that took it and runs it, because its files lie there. */
  instance: text('instance').notNull(),
  /** Whose it is: jobs of one owner are done one after the other. */
  owner: text('owner').notNull(),
  /** A code of the network that a visitor asks from; `null` for whoever is known. */
  source: text('source'),
  /** Bytes of files that are kept of it. */
  keptBytes: count('kept_bytes').notNull().default(0),
  state: text('state', {
    enum: ['queued', 'running', 'done', 'failed', 'cancelled'],
  }).notNull(),
  /** JSON. */
  input: text('input').notNull(),
  output: text('output'),
  code: text('code'),
  detail: text('detail'),
  doneSteps: count('done_steps').notNull().default(0),
  totalSteps: count('total_steps'),
  createdAt: count('created_at').notNull(),
  startedAt: count('started_at'),
  endedAt: count('ended_at'),
});

/** The broker password of each device; only its hash is kept. */
export const mqttCredentials = pgTable('mqtt_credentials', {
  deviceNumber: integer('device_number').primaryKey(),
  passwordHash: bytes('password_hash').notNull(),
  requestedAt: count('requested_at').notNull(),
  expiresAt: count('expires_at').notNull(),
});

/** Files of windows or readings that were uploaded; `id` is that of the job that reads them. */
export const uploads = pgTable('uploads', {
  id: text('id').primaryKey(),
  owner: text('owner').notNull(),
  /** SHA-256 of the file's bytes and of how it is to be read: the same of one owner is the same upload. */
  digest: hex('digest').notNull(),
  kind: text('kind', { enum: ['windows', 'readings'] }).notNull(),
  /** JSON: separator, decimal, mapping. */
  options: text('options').notNull(),
  size: count('size').notNull(),
  createdAt: count('created_at').notNull(),
});

/** Readings that nobody signed. They are shown as unverified and never judged, batched or credited. */
export const unverifiedReadings = pgTable(
  'unverified_readings',
  {
    /** The name that the sender gave the device. */
    source: text('source').notNull(),
    at: count('at').notNull(),
    exportWh: exact('export_wh'),
    importWh: exact('import_wh'),
    status: integer('status').notNull(),
    /** JSON: what else was measured, by field name with its unit, as decimal text. */
    fields: text('fields').notNull(),
    receivedAt: count('received_at').notNull(),
    uploadId: text('upload_id'),
  },
  (table) => [primaryKey({ columns: [table.source, table.at] })],
);

export type UploadRow = typeof uploads.$inferSelect;
export type UnverifiedRow = typeof unverifiedReadings.$inferSelect;
export type JobRow = typeof jobs.$inferSelect;

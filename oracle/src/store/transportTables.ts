import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { bytes, count } from './columns.ts';

/** Tasks in the background and how they stand; the queue that runs them keeps tables of its own. */
export const jobs = pgTable('jobs', {
  id: text('id').primaryKey(),
  kind: text('kind').notNull(),
  /** The oracle that took it and runs it, because its files lie there. */
  instance: text('instance').notNull(),
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

export type JobRow = typeof jobs.$inferSelect;

import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, count, exact, exactSum, hex, longIdentity } from './columns.ts';

/** Bytes of windows, partitioned by the month in which they close. */
export const windowBytes = pgTable(
  'window_bytes',
  {
    deviceNumber: integer('device_number').notNull(),
    closedAt: count('closed_at').notNull(),
    sequence: count('sequence').notNull(),
    bytes: bytes('bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deviceNumber, table.closedAt, table.sequence] })],
);

export const waitingWindows = pgTable(
  'waiting_windows',
  {
    deviceNumber: integer('device_number').notNull(),
    sequence: count('sequence').notNull(),
    receivedAt: count('received_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deviceNumber, table.sequence] })],
);

export const flags = pgTable(
  'flags',
  {
    deviceNumber: integer('device_number').notNull(),
    sequence: count('sequence').notNull(),
    readingIndex: integer('reading_index').notNull(),
    reason: text('reason').notNull(),
    at: count('at').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.deviceNumber, table.sequence, table.readingIndex, table.reason],
    }),
  ],
);

const energyColumns = {
  startsAt: count('starts_at').notNull(),
  readings: integer('readings').notNull(),
  exportedWh: exact('exported_wh').notNull(),
  importedWh: exact('imported_wh').notNull(),
  deductedWh: exact('deducted_wh').notNull(),
};

const deviceEnergy = <Name extends string>(name: Name) =>
  pgTable(name, { deviceNumber: integer('device_number').notNull(), ...energyColumns }, (table) => [
    primaryKey({ columns: [table.deviceNumber, table.startsAt] }),
  ]);

/** Energy by hour, day and month of the project's own time; hours are partitioned by month. */
export const energyHours = deviceEnergy('energy_hours');
export const energyDays = deviceEnergy('energy_days');
export const energyMonths = deviceEnergy('energy_months');

export const projectDays = pgTable(
  'project_days',
  {
    projectId: integer('project_id').notNull(),
    ...energyColumns,
    exportedWh: exactSum('exported_wh').notNull(),
    importedWh: exactSum('imported_wh').notNull(),
    deductedWh: exactSum('deducted_wh').notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.startsAt] })],
);

export const presences = pgTable('presences', {
  deviceNumber: integer('device_number').primaryKey(),
  lastSeenAt: count('last_seen_at').notNull(),
  lastSequence: count('last_sequence').notNull(),
  lastClosedAt: count('last_closed_at').notNull(),
  cadenceSeconds: count('cadence_seconds').notNull(),
  firmware: count('firmware'),
  batteryMv: count('battery_mv'),
  signalDbm: count('signal_dbm'),
});

export const alerts = pgTable('alerts', {
  id: longIdentity('id'),
  kind: text('kind').notNull(),
  deviceNumber: integer('device_number').notNull(),
  projectId: integer('project_id'),
  since: count('since').notNull(),
  endedAt: count('ended_at'),
  detail: text('detail').notNull(),
});

export const meterReplacements = pgTable('meter_replacements', {
  id: longIdentity('id'),
  deviceNumber: integer('device_number').notNull(),
  sequence: count('sequence').notNull(),
  statement: bytes('statement').notNull(),
  statementHash: hex('statement_hash').notNull(),
  signature: bytes('signature'),
  receivedAt: count('received_at').notNull(),
  validator: hex('validator'),
  signedAt: count('signed_at'),
});

export const methodologies = pgTable('methodologies', {
  id: integer('id').primaryKey(),
  code: text('code').notNull(),
  version: text('version').notNull(),
  parametersHash: hex('parameters_hash').notNull(),
});

export type PresenceRow = typeof presences.$inferSelect;
export type AlertRow = typeof alerts.$inferSelect;
export type MeterReplacementRow = typeof meterReplacements.$inferSelect;

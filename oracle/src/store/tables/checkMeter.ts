import { integer, pgTable } from 'drizzle-orm/pg-core';
import { count, exact } from './columns.ts';

/** Which device checks which, and how far they are compared. */
export const checkMeters = pgTable('check_meters', {
  deviceNumber: integer('device_number').primaryKey(),
  checkNumber: integer('check_number').notNull(),
  accuracyClassE2: integer('accuracy_class_e2').notNull(),
  comparedUntil: count('compared_until'),
  checkSequence: count('check_sequence').notNull().default(0),
  mainExportWh: exact('main_export_wh'),
  mainImportWh: exact('main_import_wh'),
  checkExportWh: exact('check_export_wh'),
  checkImportWh: exact('check_import_wh'),
});

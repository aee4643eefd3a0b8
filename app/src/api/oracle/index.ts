export { batchFileUrl, fetchBatchFile } from './client.ts';
export {
  INSTRUMENT_KINDS,
  type EnteredQuantity,
  type FactorRef,
  type Instrument,
  type InstrumentKind,
  type Market,
  type NamedFactor,
  type OwnFactor,
} from './activityInput.ts';
export * from './checkMeters.ts';
export * from './citations.ts';
export * from './entitlements.ts';
export * from './comparison.ts';
export * from './exports.ts';
export * from './factors.ts';
export type { Filer } from './filer.ts';
export * from './fleet.ts';
export * from './goals.ts';
export * from './health.ts';
export * from './imports.ts';
export * from './inventory.ts';
export * from './meters.ts';
export * from './methods.ts';
export * from './organisations.ts';
export * from './privateFactors.ts';
export type { Versioned, Writer } from './own.ts';
export * from './methodologies.ts';
export type { CursorPage } from './page.ts';
export * from './periods.ts';
export * from './queries.ts';
export * from './reminders.ts';
export * from './secondFactor.ts';
export * from './session.ts';
export type {
  EnergyBucket,
  OracleDevice,
  OracleFinding,
  OracleReading,
  ProjectProgress,
  ReadingStatus,
  StoredWindow,
} from './shapes.ts';
export * from './statements.ts';
export * from './suppliers.ts';
export * from './unsigned.ts';
export * from './uploads.ts';

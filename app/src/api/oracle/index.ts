export { batchFileUrl, fetchBatchFile } from './client.ts';
export * from './queries.ts';
export type {
  EnergyBucket,
  OracleDevice,
  OracleFinding,
  OracleReading,
  ProjectProgress,
  ReadingStatus,
  StoredWindow,
} from './shapes.ts';

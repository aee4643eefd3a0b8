export { batchFileUrl, fetchBatchFile } from './client.ts';
export * from './queries.ts';
export type {
  EnergyBucket,
  OracleFinding,
  OracleReading,
  ReadingStatus,
  StoredWindow,
} from './shapes.ts';

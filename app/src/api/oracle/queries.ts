import { listOf, object, optional, text, type Parser } from '../parse.ts';
import { askOracle } from './client.ts';
import {
  energyBucket,
  finding,
  reading,
  readingStatus,
  storedWindow,
  type EnergyBucket,
  type OracleFinding,
  type OracleReading,
  type ReadingStatus,
  type StoredWindow,
} from './shapes.ts';

/** A part of a list and the cursor that leads to the next one. */
export interface CursorPage<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

function cursorPage<T>(item: Parser<T>): Parser<CursorPage<T>> {
  const shape = object({ items: listOf(item), nextCursor: optional(text) });
  return (value, path) => {
    const { items, nextCursor } = shape(value, path);
    return { items, next: nextCursor };
  };
}

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(key, value);
  }
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
}

const PAGE_SIZE = '50';

/** Which findings: those of a project or of one batch. */
export type FindingScope = { readonly projectId: number } | { readonly batchId: bigint };

export function fetchFindings(
  oracleUrl: string,
  scope: FindingScope,
  cursor: string | undefined,
): Promise<CursorPage<OracleFinding>> {
  const path =
    'projectId' in scope
      ? `/v1/projects/${scope.projectId}/findings`
      : `/v1/batches/${String(scope.batchId)}/findings`;
  return askOracle(oracleUrl, withQuery(path, { limit: PAGE_SIZE, cursor }), cursorPage(finding));
}

export function fetchReadings(
  oracleUrl: string,
  deviceId: string,
  cursor: string | undefined,
): Promise<CursorPage<OracleReading>> {
  const path = withQuery(`/v1/devices/${deviceId}/readings`, { limit: PAGE_SIZE, cursor });
  return askOracle(oracleUrl, path, cursorPage(reading));
}

/** The newest reading of a device. Problem READING_UNKNOWN when it has sent none. */
export function fetchLatest(oracleUrl: string, deviceId: string): Promise<OracleReading> {
  return askOracle(oracleUrl, `/v1/devices/${deviceId}/latest`, reading);
}

export type BucketSize = 'hour' | 'day' | 'month';

export function fetchEnergy(
  oracleUrl: string,
  deviceId: string,
  bucket: BucketSize,
): Promise<CursorPage<EnergyBucket>> {
  const path = withQuery(`/v1/devices/${deviceId}/energy`, { bucket });
  return askOracle(oracleUrl, path, cursorPage(energyBucket));
}

export function fetchWindow(
  oracleUrl: string,
  deviceId: string,
  sequence: string,
): Promise<StoredWindow> {
  return askOracle(oracleUrl, `/v1/windows/${deviceId}/${sequence}`, storedWindow);
}

/** Why a reading counts or not; its id is device id, sequence and index joined by dots. */
export function fetchReadingStatus(oracleUrl: string, id: string): Promise<ReadingStatus> {
  return askOracle(oracleUrl, `/v1/readings/${id}/status`, readingStatus);
}

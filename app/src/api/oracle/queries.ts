import { readAllPages } from '../allPages.ts';
import { askOracle } from './client.ts';
import { cursorPage, itemsUnder, withQuery, type CursorPage } from './page.ts';
import {
  energyBucket,
  finding,
  oracleDevice,
  projectProgress,
  reading,
  readingStatus,
  storedWindow,
  type EnergyBucket,
  type OracleDevice,
  type ProjectProgress,
  type OracleFinding,
  type OracleReading,
  type ReadingStatus,
  type StoredWindow,
} from './shapes.ts';

const PAGE_SIZE = '50';
const DEVICES_PER_PAGE = '1000';

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
  return askOracle(
    oracleUrl,
    withQuery(path, { limit: PAGE_SIZE, cursor }),
    cursorPage('findings', finding),
  );
}

/** Readings of a device from a time on (Unix seconds), in the order of time. */
export interface ReadingScope {
  readonly deviceId: string;
  readonly from: number;
  readonly limit?: number;
}

export function fetchReadings(
  oracleUrl: string,
  { deviceId, from, limit }: ReadingScope,
  cursor: string | undefined,
): Promise<CursorPage<OracleReading>> {
  const query = { from: String(from), limit: limit?.toString() ?? PAGE_SIZE, cursor };
  const path = withQuery(`/v1/devices/${deviceId}/readings`, query);
  return askOracle(oracleUrl, path, cursorPage('readings', reading));
}

/** All of them, page by page. */
export function fetchOracleDevices(oracleUrl: string): Promise<readonly OracleDevice[]> {
  return readAllPages((cursor) =>
    askOracle(
      oracleUrl,
      withQuery('/v1/devices', { limit: DEVICES_PER_PAGE, cursor }),
      cursorPage('devices', oracleDevice),
    ),
  );
}

/** What of a project was judged so far, batched or not. */
export function fetchProgress(oracleUrl: string, projectId: number): Promise<ProjectProgress> {
  return askOracle(oracleUrl, `/v1/projects/${projectId}`, projectProgress);
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
): Promise<readonly EnergyBucket[]> {
  const path = withQuery(`/v1/devices/${deviceId}/energy`, { bucket });
  return askOracle(oracleUrl, path, itemsUnder('buckets', energyBucket));
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

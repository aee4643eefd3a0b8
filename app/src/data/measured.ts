/** Hooks over what the oracle knows: readings, findings and energy before they reach the chain. */
import {
  useInfiniteQuery,
  useQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import {
  fetchEnergy,
  fetchFindings,
  fetchLatest,
  fetchProgress,
  fetchReadings,
  fetchReadingStatus,
  fetchWindow,
  Problem,
  type BucketSize,
  type CursorPage,
  type EnergyBucket,
  type FindingScope,
  type OracleFinding,
  type OracleReading,
  type ProjectProgress,
  type ReadingScope,
  type ReadingStatus,
  type StoredWindow,
} from '../api/index.ts';
import { useDeployment } from '../config/index.ts';

/** Every key begins with this. */
export const MEASURED = 'measured';
export const REFRESH_MS = 5_000;

export type CursorPages<T> = UseInfiniteQueryResult<InfiniteData<CursorPage<T>>>;

export function useMeasured<T>(
  key: readonly unknown[],
  load: (oracleUrl: string) => Promise<T>,
): UseQueryResult<T> {
  const { oracleUrl } = useDeployment();
  return useQuery({
    queryKey: [MEASURED, ...key],
    queryFn: () => load(oracleUrl),
    refetchInterval: REFRESH_MS,
  });
}

export function useMeasuredPages<T>(
  key: readonly unknown[],
  load: (oracleUrl: string, cursor: string | undefined) => Promise<CursorPage<T>>,
): CursorPages<T> {
  const { oracleUrl } = useDeployment();
  return useInfiniteQuery({
    queryKey: [MEASURED, ...key],
    queryFn: ({ pageParam }) => load(oracleUrl, pageParam),
    initialPageParam: firstPage(),
    getNextPageParam: ({ next }) => next,
    refetchInterval: REFRESH_MS,
  });
}

function firstPage(): string | undefined {
  return undefined;
}

/** A refusal with 404 means that there is none, which is an answer and not a failure. */
export async function orNullFor404<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

export function useFindings(scope: FindingScope): CursorPages<OracleFinding> {
  const key =
    'projectId' in scope ? ['project', scope.projectId] : ['batch', String(scope.batchId)];
  return useMeasuredPages(['findings', ...key], (url, cursor) => fetchFindings(url, scope, cursor));
}

export function useReadings(scope: ReadingScope): CursorPages<OracleReading> {
  return useMeasuredPages(['readings', scope.deviceId, scope.from], (url, cursor) =>
    fetchReadings(url, scope, cursor),
  );
}

export function useProgress(projectId: number): UseQueryResult<ProjectProgress | null> {
  return useMeasured(['progress', projectId], (url) => orNullFor404(fetchProgress(url, projectId)));
}

export function useLatest(deviceId: string): UseQueryResult<OracleReading | null> {
  return useMeasured(['latest', deviceId], (url) => orNullFor404(fetchLatest(url, deviceId)));
}

export function useEnergy(
  deviceId: string,
  bucket: BucketSize,
): UseQueryResult<readonly EnergyBucket[]> {
  return useMeasured(['energy', deviceId, bucket], (url) => fetchEnergy(url, deviceId, bucket));
}

export function useWindow(deviceId: string, sequence: string): UseQueryResult<StoredWindow | null> {
  return useMeasured(['window', deviceId, sequence], (url) =>
    orNullFor404(fetchWindow(url, deviceId, sequence)),
  );
}

export function useReadingStatus(id: string): UseQueryResult<ReadingStatus | null> {
  return useMeasured(['status', id], (url) => orNullFor404(fetchReadingStatus(url, id)));
}

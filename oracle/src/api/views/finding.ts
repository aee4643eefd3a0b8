import { isErrorCode, splitBatchId, TonneError, WHOLE_WINDOW, type Hex } from '@truetonne/protocol';
import type { Session } from '../../store/database/database.ts';
import { readFindings, type DeviceRange } from '../../store/judgement.ts';
import type { FindingRow } from '../../store/tables/schema.ts';
import { cutPage, parseCursor } from '../route.ts';
import { reasonOf } from '../schemas/shared.ts';

/** A page of findings about some devices' windows. */
export async function readFindingPage(
  session: Session,
  ranges: readonly DeviceRange[],
  deviceIds: ReadonlyMap<number, Hex>,
  query: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const [afterId = 0] = parseCursor(query.cursor, [0]);
  const read = await readFindings(session, ranges, { afterId, limit: query.limit + 1 });
  const { rows, nextCursor } = cutPage(read, query.limit, ({ id }) => String(id));
  return {
    findings: rows.map((row) => findingView(row, deviceIds.get(row.deviceNumber) ?? '0x')),
    nextCursor,
  };
}

function findingView(
  { id, sequence, readingIndex, at, reason, deductedWh }: FindingRow,
  deviceId: Hex,
) {
  return {
    id,
    deviceId,
    sequence,
    index: readingIndex === WHOLE_WINDOW ? null : readingIndex,
    at,
    reason: reasonOf(isErrorCode(reason) ? reason : 'INTERNAL'),
    deductedWh: String(deductedWh),
  };
}

/** Throws PARAMETER_INVALID when a batch is not of the project. */
export function assertBatchOf(batchId: string, projectId: number): void {
  if (splitBatchId(BigInt(batchId)).projectId === projectId) return;
  const expected = `a batch of project ${projectId}`;
  throw new TonneError('PARAMETER_INVALID', { field: 'batch', value: batchId, expected });
}

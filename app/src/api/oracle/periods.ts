/** Closed periods: their sealed inventories, what a restatement changed, and proofs of lines. */
import { flag, hex, integer, listOf, object, oneOf, optional, text } from '../parse.ts';
import { kg } from './kg.ts';
import { ownPath } from './organisations.ts';
import { askOwn, askVersioned, writeOwn, type Versioned, type Writer } from './own.ts';
import { itemsUnder } from './page.ts';

const sealedInventory = object({
  number: integer,
  root: hex,
  lines: integer,
  factorSets: listOf(object({ id: text, sha256: text })),
  factorSetsHash: hex,
  engineVersion: integer,
  totals: listOf(object({ gwpSet: text, scope: text, kgCo2e: kg })),
  reason: optional(text),
  closedBy: text,
  closedAt: integer,
});
/** An inventory as it was closed; none is ever changed. */
export type SealedInventory = ReturnType<typeof sealedInventory>;

const period = object({
  id: text,
  firstDay: text,
  lastDay: text,
  state: oneOf('closed', 'reopened'),
  number: integer,
  reason: optional(text),
  outdated: optional(
    object({
      activities: integer,
      totals: listOf(object({ gwpSet: text, scope: text, beforeKgCo2e: kg, afterKgCo2e: kg })),
    }),
  ),
  inventories: listOf(sealedInventory),
});
export type Period = ReturnType<typeof period>;

const difference = object({
  totals: listOf(object({ gwpSet: text, scope: text, beforeKgCo2e: kg, afterKgCo2e: kg })),
  lines: listOf(
    object({
      activityId: text,
      scope: text,
      beforeKgCo2e: optional(kg),
      afterKgCo2e: optional(kg),
    }),
  ),
  truncated: flag,
});
/** What a restatement changed; masses are in nanograms. */
export type Restatement = ReturnType<typeof difference>;

const lineProofs = object({
  root: hex,
  number: integer,
  lines: listOf(object({ position: integer, line: text, proof: listOf(hex) })),
});
/** Lines of one activity exactly as they were sealed. */
export type LineProofs = ReturnType<typeof lineProofs>;

export function fetchPeriods(oracleUrl: string, id: string): Promise<readonly Period[]> {
  return askOwn(oracleUrl, ownPath(id, '/v1/periods'), itemsUnder('periods', period));
}

export function fetchPeriod(
  oracleUrl: string,
  id: string,
  which: string,
): Promise<Versioned<Period>> {
  return askVersioned(oracleUrl, ownPath(id, `/v1/periods/${which}`), period);
}

export function closePeriod(
  writer: Writer,
  id: string,
  body: { readonly firstDay: string; readonly lastDay: string },
): Promise<Period> {
  return writeOwn(writer, { method: 'POST', path: ownPath(id, '/v1/periods'), body }, period);
}

export function reopenPeriod(
  writer: Writer,
  id: string,
  { value, etag }: Versioned<Period>,
  reason: string,
): Promise<Period> {
  const path = ownPath(id, `/v1/periods/${value.id}/reopen`);
  return writeOwn(writer, { method: 'POST', path, match: etag, body: { reason } }, period);
}

const uncomputed = object({ id: text, detail: text });
/** An activity that can't be computed any more: it keeps its result. */
export type Uncomputed = ReturnType<typeof uncomputed>;

const recalculated = object({ failed: listOf(uncomputed), nextCursor: optional(text) });

/** Computes what lies in an open period anew, page by page; answers what keeps its result. */
export async function recalculatePeriod(
  writer: Writer,
  id: string,
  { firstDay: from, lastDay: until }: Period,
): Promise<readonly Uncomputed[]> {
  const failed: Uncomputed[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const span = { from, until, ...(cursor !== '' && { cursor }) };
    const path = ownPath(id, '/v1/activities/recalculate', span);
    const answer: ReturnType<typeof recalculated> = await writeOwn(
      writer,
      { method: 'POST', path },
      recalculated,
    );
    failed.push(...answer.failed);
    cursor = answer.nextCursor;
  }
  return failed;
}

export function restatePeriod(
  writer: Writer,
  id: string,
  { value, etag }: Versioned<Period>,
): Promise<Period> {
  const path = ownPath(id, `/v1/periods/${value.id}/restate`);
  return writeOwn(writer, { method: 'POST', path, match: etag }, period);
}

export function fetchRestatement(
  oracleUrl: string,
  id: string,
  which: string,
  after: number,
): Promise<Restatement> {
  const span = { before: String(after - 1), after: String(after) };
  return askOwn(oracleUrl, ownPath(id, `/v1/periods/${which}/difference`, span), difference);
}

export function fetchLineProofs(
  oracleUrl: string,
  id: string,
  asked: { readonly period: string; readonly number: number; readonly activity: string },
): Promise<LineProofs> {
  const path = ownPath(id, '/v1/proofs', { ...asked, number: String(asked.number) });
  return askOwn(oracleUrl, path, lineProofs);
}

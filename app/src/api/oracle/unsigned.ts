/** Readings that nobody signed, which the oracle takes for display where its operator allows it. */
import { big, integer, object, optional, text } from '../parse.ts';
import { askOracle } from './client.ts';
import { cursorPage, withQuery, type CursorPage } from './page.ts';

const source = object({ source: text, lastAt: integer });
/** A device by the name that its sender gives it, and the time of its newest reading. */
export type UnsignedSource = ReturnType<typeof source>;

const reading = object({
  at: integer,
  exportWh: optional(big),
  importWh: optional(big),
  fields: object({ activePowerMw: optional(big), apparentPowerMva: optional(big) }),
  receivedAt: integer,
});
export type UnsignedReading = ReturnType<typeof reading>;

const PAGE_SIZE = '50';

/** By name. */
export function fetchUnsignedSources(
  oracleUrl: string,
  cursor: string | undefined,
): Promise<CursorPage<UnsignedSource>> {
  const path = withQuery('/v1/unverified', { limit: PAGE_SIZE, cursor });
  return askOracle(oracleUrl, path, cursorPage('sources', source));
}

/** By time, from a time on in Unix seconds. */
export function fetchUnsigned(
  oracleUrl: string,
  { source: name, from }: { readonly source: string; readonly from: number },
  cursor: string | undefined,
): Promise<CursorPage<UnsignedReading>> {
  const query = { from: String(from), limit: PAGE_SIZE, cursor };
  const path = withQuery(`/v1/unverified/${encodeURIComponent(name)}`, query);
  return askOracle(oracleUrl, path, cursorPage('readings', reading));
}

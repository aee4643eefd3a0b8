/** Replacements of meters that devices signed and that wait for a validator. */
import { toHex, type Signed } from '@truetonne/protocol';
import { hex, integer, object, optional, type Parser } from '../parse.ts';
import { askOracle, tellOracle } from './client.ts';
import { cursorPage, withQuery, type CursorPage } from './page.ts';

const pendingReplacement = object({
  id: integer,
  deviceId: hex,
  projectId: optional(integer),
  statement: hex,
  publicKey: hex,
  signature: optional(hex),
  receivedAt: integer,
});
/** A statement as it will be sent to the chain; what it says is decoded and checked in the browser. */
export type PendingReplacement = ReturnType<typeof pendingReplacement>;

const accepted: Parser<void> = () => undefined;

/** The newest first. */
export function fetchPendingReplacements(
  oracleUrl: string,
  cursor: string | undefined,
): Promise<CursorPage<PendingReplacement>> {
  const path = withQuery('/v1/meter-replacements', { state: 'pending', limit: '20', cursor });
  return askOracle(oracleUrl, path, cursorPage('meterReplacements', pendingReplacement));
}

/** Hands a statement over; from then on the windows after it wait for the validator. */
export function postReplacement(oracleUrl: string, { bytes, signature }: Signed): Promise<void> {
  const body = { statement: toHex(bytes), signature: toHex(signature) };
  return tellOracle(oracleUrl, '/v1/meter-replacements', body, accepted);
}

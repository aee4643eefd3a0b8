/** Replacements of meters that devices signed and that wait for a validator. */
import { toHex, type Signed } from '@truetonne/protocol';
import { hex, integer, object, type Parser } from '../parse.ts';
import { askOracle, tellOracle } from './client.ts';
import { itemsUnder, withQuery } from './page.ts';

const pendingReplacement = object({
  deviceId: hex,
  projectId: integer,
  statement: hex,
  publicKey: hex,
  signature: hex,
});
/** A statement as it will be sent to the chain; what it says is decoded and checked in the browser. */
export type PendingReplacement = ReturnType<typeof pendingReplacement>;

const accepted: Parser<void> = () => undefined;

export function fetchPendingReplacements(
  oracleUrl: string,
  projectId?: number,
): Promise<readonly PendingReplacement[]> {
  const query = { project: projectId?.toString(), state: 'pending' };
  const path = withQuery('/v1/meter-replacements', query);
  return askOracle(oracleUrl, path, itemsUnder('replacements', pendingReplacement));
}

/** Hands a statement over; from then on the windows after it wait for the validator. */
export function postReplacement(oracleUrl: string, { bytes, signature }: Signed): Promise<void> {
  const body = { statement: toHex(bytes), signature: toHex(signature) };
  return tellOracle(oracleUrl, '/v1/meter-replacements', body, accepted);
}

/** Factors that an organisation uploaded itself; nobody else sees them. */
import { listOf, integer, object, text } from '../parse.ts';
import { factorShape, type FactorQuery } from './factors.ts';
import { ownPath } from './organisations.ts';
import { askOwn, writeOwn, type Writer } from './own.ts';
import { itemsUnder } from './page.ts';

const privateFactor = object({ ...factorShape, privateId: text });
export type PrivateFactor = ReturnType<typeof privateFactor>;

/** Searched as public ones are; empty text is not asked. */
export function fetchPrivateFactors(
  oracleUrl: string,
  id: string,
  query: Partial<FactorQuery>,
): Promise<readonly PrivateFactor[]> {
  const asked = Object.entries(query).filter(([, value]) => value.trim() !== '');
  const path = ownPath(id, '/v1/private-factors', Object.fromEntries(asked));
  return askOwn(oracleUrl, path, itemsUnder('factors', privateFactor));
}

export interface PrivateFactorBody {
  readonly name: string;
  readonly source: string;
  readonly activity: string;
  readonly region: string;
  readonly unit: string;
  readonly basis: string;
  readonly scope: string;
  readonly gases: readonly {
    readonly gas: string;
    readonly value: string;
    readonly massUnit: string;
  }[];
  readonly gwpSet?: string;
  readonly uncertaintyPercent?: string;
  readonly validFrom: number;
  readonly validTo: number;
}

const nothing = (): null => null;

export function uploadFactor(writer: Writer, id: string, body: PrivateFactorBody): Promise<null> {
  const path = ownPath(id, '/v1/private-factors');
  return writeOwn(writer, { method: 'POST', path, body }, nothing);
}

/** The version of a factor of an organisation's own, from the id of its set: `private@12.3`. */
function versionOf({ set }: PrivateFactor): string {
  return `"v${set.split('.').at(-1) ?? ''}"`;
}

const replaced = object({
  recalculated: integer,
  failed: listOf(object({ id: text, detail: text })),
});
export type Replaced = ReturnType<typeof replaced>;

/** A new version; every activity that uses the factor is computed anew with it. */
export function replaceFactor(
  writer: Writer,
  id: string,
  old: PrivateFactor,
  body: PrivateFactorBody,
): Promise<Replaced> {
  const path = ownPath(id, `/v1/private-factors/${old.privateId}`);
  return writeOwn(writer, { method: 'PUT', path, body, match: versionOf(old) }, replaced);
}

export function withdrawFactor(writer: Writer, id: string, factor: PrivateFactor): Promise<null> {
  const path = ownPath(id, `/v1/private-factors/${factor.privateId}`);
  return writeOwn(writer, { method: 'DELETE', path, match: versionOf(factor) }, nothing);
}

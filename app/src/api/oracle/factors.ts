/** Emission factors, which anybody may search. */
import { integer, listOf, object, optional, text } from '../parse.ts';
import { askOracle } from './client.ts';
import { cursorPage, itemsUnder, withQuery, type CursorPage } from './page.ts';

/** Of public factors and of an organisation's own. */
export const factorShape = {
  id: text,
  set: text,
  name: text,
  activity: text,
  region: text,
  unit: text,
  basis: text,
  uses: listOf(object({ scope: text, category: optional(text) })),
  gases: listOf(object({ gas: text, kg: text, co2eUnder: optional(text) })),
  year: integer,
  validFrom: integer,
  validTo: integer,
  published: text,
  uncertaintyPercent: optional(text),
  notes: optional(text),
};

const factor = object(factorShape);
export type Factor = ReturnType<typeof factor>;

const setShape = {
  id: text,
  title: text,
  publisher: text,
  licence: text,
  source: text,
  sha256: text,
  factors: integer,
};
const factorSet = object(setShape);
export type FactorSet = ReturnType<typeof factorSet>;

const factorDetail = object({
  ...factorShape,
  source: factorSet,
  co2e: listOf(object({ gwpSet: text, kg: optional(text) })),
});
export type FactorDetail = ReturnType<typeof factorDetail>;

/** What a search asks; empty text is not asked. */
export interface FactorQuery {
  readonly text: string;
  /** A path or the wider one that it lies in: "electricity/grid average", "electricity". */
  readonly activity: string;
  readonly region: string;
  readonly year: string;
  readonly unit: string;
  readonly set: string;
  readonly scope: string;
}

export interface FactorPage extends CursorPage<Factor> {
  readonly total: number;
}

const PAGE_SIZE = '25';

export function fetchFactors(
  oracleUrl: string,
  query: FactorQuery,
  cursor: string | undefined,
): Promise<FactorPage> {
  const asked = Object.entries(query).map(([name, value]: [string, string]) => {
    const trimmed = value.trim();
    return [name, trimmed === '' ? undefined : trimmed] as const;
  });
  const path = withQuery('/v1/factors', {
    ...Object.fromEntries(asked),
    cursor,
    limit: PAGE_SIZE,
  });
  return askOracle(oracleUrl, path, (value, place) => ({
    ...cursorPage('factors', factor)(value, place),
    ...object({ total: integer })(value, place),
  }));
}

export function fetchFactor(oracleUrl: string, id: string): Promise<FactorDetail> {
  return askOracle(oracleUrl, `/v1/factors/${encodeURIComponent(id)}`, factorDetail);
}

export function fetchFactorSets(oracleUrl: string): Promise<readonly FactorSet[]> {
  return askOracle(oracleUrl, '/v1/factor-sets', itemsUnder('sets', factorSet));
}

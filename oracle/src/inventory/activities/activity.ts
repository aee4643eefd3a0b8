import { createHash } from 'node:crypto';
import { TonneError, type Hex } from '@truetonne/protocol';
import { z } from 'zod';
import {
  ENGINE_VERSION,
  type AccountingEngine,
  type ActivityInput,
  type Calculation,
} from '../../accounting/index.ts';
import type { Citation } from '../citations/citation.ts';

/** What a member enters of one activity. */
export interface ActivityDraft {
  readonly workspaceId: number;
  readonly supplierId: number | null;
  /** Invoice, meter, file: where the figures are from. */
  readonly evidence: string;
  /** Signed readings that its energy is from; absent where it was entered. */
  readonly citation?: Citation;
  readonly input: Omit<ActivityInput, 'id' | 'supplier'>;
}

/** A line as it is kept; amounts are whole nanograms as decimal text. */
export interface KeptLine {
  readonly scope: string;
  readonly category: string;
  readonly gwpSet: string;
  readonly co2eNg: string;
  readonly biogenicNg: string;
  readonly otherNg: string;
  readonly varianceNg2: string | null;
  /** Gas, place, mass (absent where the source publishes only CO2e), CO2e. */
  readonly gases: readonly (readonly [string, string, string | null, string])[];
  readonly notes: readonly string[];
}

export const keptLineShape = z.object({
  ...{ scope: z.string(), category: z.string(), gwpSet: z.string() },
  ...{ co2eNg: z.string(), biogenicNg: z.string(), otherNg: z.string() },
  varianceNg2: z.string().nullable(),
  gases: z.array(z.tuple([z.string(), z.string(), z.string().nullable(), z.string()])),
  notes: z.array(z.string()),
});

/** A factor that was chosen for an item, and by which rule. */
export const keptFactorShape = z.object({
  id: z.string(),
  rule: z.string(),
  setId: z.string().nullable(),
});
export type KeptFactor = z.infer<typeof keptFactorShape>;

/** An activity with what it comes to, ready to be kept. */
export interface ComputedActivity {
  readonly draft: ActivityDraft;
  /** `1`, `2` or `3`; the lines of Scope 2 say by which method. */
  readonly scope: string;
  readonly category: string;
  readonly lines: readonly KeptLine[];
  readonly factors: readonly KeptFactor[];
  /** Of the first line: by location, in Scope 2. */
  readonly co2eNg: string;
  readonly engineVersion: string;
  /** Equal for two rows that say the same. */
  readonly fingerprint: Hex;
}

/** Throws ACTIVITY_IN_FUTURE, ACTIVITY_TOO_OLD, RATE_IN_FUTURE, and whatever the engine refuses. */
export function computeActivity(
  engine: AccountingEngine,
  draft: ActivityDraft,
  now: number,
): ComputedActivity {
  assertNotTooOld(draft.input);
  assertNotInFuture(draft.input, now);
  const calculation = calculate(engine, draft);
  const [first] = calculation.lines;
  if (first === undefined) throw new Error('an activity without a line');
  return {
    draft,
    scope: first.scope.slice(0, 1),
    category: first.category,
    lines: calculation.lines.map(keep),
    factors: factorsOf(calculation),
    co2eNg: String(first.co2eNg),
    engineVersion: ENGINE_VERSION,
    fingerprint: fingerprintOf(draft),
  };
}

/** The lines of a draft, with all that they came from. */
export function calculate(engine: AccountingEngine, { input, supplierId }: ActivityDraft) {
  const supplier = supplierId === null ? {} : { supplier: String(supplierId) };
  return engine.calculate({ ...input, ...supplier, id: 'draft' });
}

/** SHA-256 of everything that was entered: method, place, day, figures, factors, and the evidence if it has one. */
export function fingerprintOf(draft: ActivityDraft): Hex {
  const { workspaceId, supplierId, citation, input, evidence } = draft;
  const cited = citation?.devices.map(({ deviceId }) => deviceId) ?? [];
  const text = JSON.stringify([workspaceId, supplierId, sortKeys(input), ...cited]);
  const print = createHash('sha256').update(text).digest();
  // Two equal fills with two invoices are two. Hashed on top, so that migration 0081 could do it in SQL.
  const named =
    evidence === '' ? print : createHash('sha256').update(print).update(evidence).digest();
  return `0x${named.toString('hex')}`;
}

/** The base year of the UNFCCC, before which nobody reports. */
const FIRST_DAY = '1990-01-01';

function assertNotTooOld({ date }: ActivityDraft['input']): void {
  if (!DAY.test(date) || date >= FIRST_DAY) return;
  const expected = `${FIRST_DAY} or later`;
  throw new TonneError('ACTIVITY_TOO_OLD', { field: 'date', value: date, expected });
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A time zone may be a day ahead of UTC. */
const SECONDS_AHEAD = 14 * 3600;

function assertNotInFuture({ date, items }: ActivityDraft['input'], now: number): void {
  const today = new Date((now + SECONDS_AHEAD) * 1000).toISOString().slice(0, 10);
  const expected = `at most ${today}`;
  const isLater = (day: string) => DAY.test(day) && day > today;
  if (isLater(date)) {
    throw new TonneError('ACTIVITY_IN_FUTURE', { field: 'date', value: date, expected });
  }
  for (const { inputs } of items) {
    for (const [name, { date: day }] of Object.entries(inputs)) {
      if (day === undefined || !isLater(day)) continue;
      const field = `inputs.${name}.date`;
      throw new TonneError('RATE_IN_FUTURE', { field, value: day, expected });
    }
  }
}

function keep(line: Calculation['lines'][number]): KeptLine {
  const { scope, category, gwpSet, gases, notes, varianceNg2 } = line;
  return {
    ...{ scope, category, gwpSet, notes },
    co2eNg: String(line.co2eNg),
    biogenicNg: String(line.biogenicCo2Ng),
    otherNg: String(line.otherGasesCo2eNg),
    varianceNg2: varianceNg2 === undefined ? null : String(varianceNg2),
    gases: gases.map(({ gas, place, massNg, co2eNg }) => [
      ...([gas, place] as const),
      massNg === undefined ? null : String(massNg),
      String(co2eNg),
    ]),
  };
}

function factorsOf({ lines }: Calculation): readonly KeptFactor[] {
  const all = lines.flatMap(({ items }) =>
    items.map(({ choice: { factor, rule } }) => ({
      ...{ id: factor.id, rule },
      setId: factor.factor?.setId ?? null,
    })),
  );
  return [...new Map(all.map((factor) => [factor.id, factor])).values()];
}

/** The same content in any order of fields is the same text. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, inner]) => [
      key,
      key === 'value' && typeof inner === 'string' ? trimZeros(inner) : sortKeys(inner),
    ]),
  );
}

/** A spreadsheet writes 2 as 2.0 or 2.00, as its cell is formatted. */
function trimZeros(figure: string): string {
  return /^\d+\.\d+$/.test(figure) ? figure.replace(/\.?0+$/, '') : figure;
}

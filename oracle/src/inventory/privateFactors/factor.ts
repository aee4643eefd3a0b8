import { createHash } from 'node:crypto';
import { TonneError, toHex, type Hex } from '@truetonne/protocol';
import { z } from '@hono/zod-openapi';
import {
  GWP_SETS,
  getUnit,
  METHODS,
  resolveOwnGases,
  type EmissionFactor,
  type FactorIndex,
  type FactorSetInfo,
} from '../../accounting/index.ts';
import { pathOf, slug } from '../factorSets/parsedSet.ts';
import { describeExact } from '../activities/input.ts';

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'no control characters');
const year = z.int().min(1990).max(2100);

const BASES = [
  ...(['combustion', 'release', 'upstream', 'losses', 'lifecycle', 'supply-chain'] as const),
  ...(['process', 'waste', 'transport', 'stay'] as const),
] as const;

/** What an organisation states of a factor of its own. */
export const privateFactorShape = describeExact({
  name: line(200),
  /** Where it is from: a document that an auditor can be shown. */
  source: line(400),
  activity: line(200),
  region: line(60),
  unit: line(40),
  basis: z.enum(BASES),
  scope: z.enum(['1', '2-location', '2-market', '3']).openapi({
    description:
      '`2-market`: what a certificate or contract says, the rate of a supplier, a residual mix (Scope 2 Guidance, table 6.3)',
  }),
  category: line(40).exactOptional(),
  gases: z
    .array(z.object({ gas: line(40), value: line(60), massUnit: line(10) }))
    .min(1)
    .max(40),
  gwpSet: z.enum(GWP_SETS).exactOptional(),
  validFrom: year,
  validTo: year,
  uncertaintyPercent: line(20).exactOptional(),
  notes: z.string().max(1_000).exactOptional(),
});
export type PrivateFactor = z.infer<typeof privateFactorShape>;

/**
 * No method would ever take a factor of Scope 2 that holds upstream emissions (Scope 2 Guidance, section 6.5),
 * or that is for another kind of energy than those that are bought.
 *
 * @throws TonneError PARAMETER_INVALID
 */
export function assertOfScope2({ scope, basis, category }: PrivateFactor): void {
  if (!scope.startsWith('2')) return;
  const method = METHODS.find(({ uses }) => uses.some((use) => use.scope === '2-location'));
  const kinds = method?.uses.flatMap(({ categories }) => categories) ?? [];
  assertOneOf('basis', basis, method?.bases ?? []);
  if (category !== undefined) assertOneOf('category', category, kinds);
}

function assertOneOf(field: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  const expected = `${known.join(', ')} of a factor of Scope 2`;
  throw new TonneError('PARAMETER_INVALID', { field, value, expected });
}

/** A version of one, as it is kept. */
export interface PrivateVersion {
  readonly factorId: number;
  readonly version: number;
  readonly body: PrivateFactor;
  readonly sha256: Hex;
}

export function hashBody(text: string): Hex {
  return toHex(createHash('sha256').update(text).digest());
}

/** The first part stays the same for all versions; the set says which version it was. */
export function idOf({ factorId, body }: Pick<PrivateVersion, 'factorId' | 'body'>): string {
  return `private@${factorId}/${slug(body.name)}`;
}

/** `private@12` of `private@12/district-heat`: a factor that got another name is the same one still. */
export function keyOf(id: string): string {
  return id.split('/')[0] ?? id;
}

/**
 * The factor as the engine takes it, of a set of its own.
 *
 * @throws TonneError UNIT_UNKNOWN, GAS_UNKNOWN, QUANTITY_INVALID, INPUT_MISSING, PARAMETER_INVALID
 */
export function toEmissionFactor(version: PrivateVersion, index: FactorIndex): EmissionFactor {
  const { body } = version;
  const { name, region, basis, scope, category, gases, validFrom, validTo } = body;
  if (validFrom > validTo) {
    const expected = `up to ${validTo}`;
    throw new TonneError('PARAMETER_INVALID', {
      ...{ field: 'validFrom', value: String(validFrom), expected },
    });
  }
  return {
    ...{ id: idOf(version), setId: setIdOf(version), name, region, basis },
    activity: pathOf(...body.activity.split('/')),
    unit: getUnit(body.unit).id,
    uses: [category === undefined ? { scope } : { scope, category }],
    gases: resolveOwnGases(body, index),
    ...{ year: validTo, validFrom, validTo },
    published: gases
      .map(({ gas, value, massUnit }) => `${value} ${massUnit} ${gas} per ${body.unit}`)
      .join('; '),
    ...(body.uncertaintyPercent !== undefined && { uncertaintyPercent: body.uncertaintyPercent }),
    ...(body.notes !== undefined && { notes: body.notes }),
  };
}

export function toSetInfo(version: PrivateVersion): FactorSetInfo {
  const { name, source } = version.body;
  return {
    ...{ id: setIdOf(version), title: `${name}: ${source}`, publisher: 'the organisation itself' },
    ...{ licence: 'private', source, sha256: version.sha256.slice(2) },
  };
}

function setIdOf({ factorId, version }: Pick<PrivateVersion, 'factorId' | 'version'>): string {
  return `private@${factorId}.${version}`;
}

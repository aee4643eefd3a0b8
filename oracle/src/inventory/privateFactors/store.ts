import { TonneError } from '@truetonne/protocol';
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { TenantSession } from '../../store/database/tenant.ts';
import { organisations, privateFactors, privateFactorVersions } from '../../store/tables/schema.ts';
import type { PrivateFactorRow, PrivateFactorVersionRow } from '../../store/tables/schema.ts';
import { hashBody, privateFactorShape, type PrivateFactor, type PrivateVersion } from './factor.ts';

interface By {
  readonly actor: string;
  readonly now: number;
}

/** Keeps a new factor; answers its id. */
export async function insertFactor(
  { orm, organisationId }: TenantSession,
  now: number,
): Promise<number> {
  const [row] = await orm
    .insert(privateFactors)
    .values({ organisationId, createdAt: now })
    .returning();
  if (row === undefined) throw new Error('a factor was not stored');
  return row.id;
}

export async function insertVersion(
  { orm, organisationId }: TenantSession,
  factorId: number,
  version: number,
  factor: PrivateFactor,
  { actor, now: createdAt }: By,
): Promise<PrivateVersion> {
  const body = JSON.stringify(factor);
  const sha256 = hashBody(body);
  await orm
    .insert(privateFactorVersions)
    .values({ organisationId, factorId, version, body, sha256, actor, createdAt });
  await orm.update(privateFactors).set({ version }).where(eq(privateFactors.id, factorId));
  return { factorId, version, body: factor, sha256 };
}

export async function withdraw({ orm }: TenantSession, id: number, now: number): Promise<void> {
  await orm.update(privateFactors).set({ withdrawnAt: now }).where(eq(privateFactors.id, id));
}

/** Engines that know other factors are of another count. */
export async function countChange({ orm, organisationId }: TenantSession): Promise<void> {
  await orm
    .update(organisations)
    .set({ privateFactors: sql`${organisations.privateFactors} + 1` })
    .where(eq(organisations.organisationId, organisationId));
}

/** Throws PRIVATE_FACTOR_UNKNOWN. */
export async function getFactor(
  { orm }: TenantSession,
  id: number,
  forChange: boolean,
): Promise<PrivateFactorRow> {
  const query = orm.select().from(privateFactors).where(eq(privateFactors.id, id));
  const [row] = await (forChange ? query.for('update') : query);
  if (row !== undefined) return row;
  throw new TonneError('PRIVATE_FACTOR_UNKNOWN', { field: 'id', value: String(id) });
}

/** Versions of one factor, the newest first. */
export function readVersions(
  { orm }: TenantSession,
  factorId: number,
): Promise<readonly PrivateFactorVersionRow[]> {
  return orm
    .select()
    .from(privateFactorVersions)
    .where(eq(privateFactorVersions.factorId, factorId))
    .orderBy(desc(privateFactorVersions.version));
}

export interface KnownFactor extends PrivateVersion {
  readonly newest: boolean;
  readonly withdrawnAt: number | null;
}

/** Every version of every factor, those that were withdrawn as well. */
export async function readAllVersions({ orm }: TenantSession): Promise<readonly KnownFactor[]> {
  const rows = await orm
    .select()
    .from(privateFactorVersions)
    .innerJoin(privateFactors, eq(privateFactors.id, privateFactorVersions.factorId))
    .where(and(eq(privateFactors.organisationId, privateFactorVersions.organisationId)))
    .orderBy(asc(privateFactorVersions.factorId), asc(privateFactorVersions.version));
  return rows.map(({ private_factors: factor, private_factor_versions: row }) => ({
    ...toVersion(row),
    ...{ newest: row.version === factor.version, withdrawnAt: factor.withdrawnAt },
  }));
}

export function toVersion(row: PrivateFactorVersionRow): PrivateVersion {
  const { factorId, version, sha256 } = row;
  return { factorId, version, sha256, body: privateFactorShape.parse(JSON.parse(row.body)) };
}

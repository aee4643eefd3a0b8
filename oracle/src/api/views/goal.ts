import type { z } from '@hono/zod-openapi';
import { ngToKg } from '../../accounting/index.ts';
import { sumOf, type ScopeTotals } from '../../inventory/goals/base.ts';
import { totalsOfBase } from '../../inventory/goals/baseStore.ts';
import { formatPercent } from '../../inventory/goals/path.ts';
import type { BaseStanding, GoalStanding } from '../../inventory/goals/standing.ts';
import { outputsOf } from '../../inventory/goals/wish.ts';
import type { GoalBaseRow, GoalRow } from '../../store/tables/schema.ts';
import { goalBody, type goalBaseSchema, type goalSchema } from '../schemas/goal.ts';

export function goalView(
  row: GoalRow,
  { progress, base, apart }: GoalStanding,
): z.input<typeof goalSchema> {
  const { name, kind, path, baseYear, targetYear, reductionPercent, outputUnit } = row;
  const { status, latestYear, progressPpm, years } = progress;
  return {
    ...{ id: String(row.id), version: row.version, createdAt: row.createdAt },
    ...{ name, kind, path, baseYear, targetYear, reductionPercent, outputUnit, status },
    thresholdPercent: row.thresholdPercent,
    outputs: { ...outputsOf(row) },
    scopes: goalBody.shape.scopes.parse(row.scopes.split(' ')),
    latestYear: latestYear ?? null,
    progressPercent: progressPpm === undefined ? null : tenthsDown(progressPpm),
    years: years.map(({ year, over, actualNg, allowedNg }) => ({
      ...{ year, over },
      actualKgCo2e: kgOrNull(actualNg),
      allowedKgCo2e: kgOrNull(allowedNg),
    })),
    apart: [...apart].sort().map(([gwpSet, ng]) => ({ gwpSet, kgCo2e: ngToKg(ng) })),
    base: standingView(base),
  };
}

export function baseView(row: GoalBaseRow): z.input<typeof goalBaseSchema> {
  const { number, baseYear, gwpSet, kind, reason, takenBy, takenAt } = row;
  const totals = totalsOfBase(row);
  return {
    ...{ number, baseYear, gwpSet, kind, reason, takenBy, takenAt },
    ...{ scopes: scopesView(totals), kgCo2e: ngToKg(sumOf(totals)) },
  };
}

function standingView(base: BaseStanding): z.input<typeof goalSchema>['base'] {
  const { state, taken, now, differenceNg, differencePpm, changes, periods } = base;
  return {
    ...{ state, taken: taken === undefined ? null : baseView(taken), changes: [...changes] },
    nowKgCo2e: kgOrNull(now === undefined ? undefined : sumOf(now)),
    scopes: now === undefined ? [] : scopesView(now),
    differenceKgCo2e: kgOrNull(differenceNg),
    differencePercent: differencePpm === undefined ? null : formatPercent(differencePpm),
    periods: periods.map(({ period: { id, firstDay, lastDay, ...period }, reasons }) => ({
      ...{ periodId: String(id), firstDay, lastDay, state: period.state },
      ...{ outdated: period.outdated !== null, reasons: [...reasons] },
    })),
  };
}

function scopesView(totals: ScopeTotals): { scope: string; kgCo2e: string }[] {
  return [...totals].sort().map(([scope, ng]) => ({ scope, kgCo2e: ngToKg(ng) }));
}

function kgOrNull(ng: bigint | undefined): string | null {
  return ng === undefined ? null : ngToKg(ng);
}

/** Tenths of a percent, rounded down. */
function tenthsDown(ppm: bigint): string {
  const tenths = ppm >= 0n ? ppm / 1_000n : -((-ppm + 999n) / 1_000n);
  const [sign, size] = tenths < 0n ? ['-', -tenths] : ['', tenths];
  return `${sign}${size / 10n}.${size % 10n}`;
}

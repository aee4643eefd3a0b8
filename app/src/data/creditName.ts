import type { Balance } from '../api/indexer/index.ts';

/** "Desert Sun, vintage 2024". */
export function creditName({ creditId, credit }: Pick<Balance, 'creditId' | 'credit'>): string {
  if (credit === undefined) return `Credit ${String(creditId)}`;
  return `${credit.project?.name ?? `Project ${credit.projectId}`}, vintage ${credit.vintage}`;
}

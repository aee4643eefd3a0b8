import type { Goal } from '../../api/oracle/goals.ts';

/** A goal for tests: its base year has 2 t and its next year none. */
export const goal: Goal = {
  ...{ id: '1', version: 1, name: 'Half', kind: 'absolute', path: 'linear' },
  ...{ scopes: ['1', '2-market'], baseYear: 2022, targetYear: 2024, reductionPercent: '50' },
  ...{ thresholdPercent: '5', outputUnit: undefined, outputs: {}, status: 'unfinished' },
  ...{ progressPercent: undefined, latestYear: undefined },
  years: [
    {
      year: 2022,
      over: true,
      actualKgCo2e: 2_000_000_000_000_000n,
      allowedKgCo2e: 2_000_000_000_000_000n,
    },
    { year: 2023, over: true, actualKgCo2e: 0n, allowedKgCo2e: 1_500_000_000_000_000n },
    { year: 2024, over: false, actualKgCo2e: undefined, allowedKgCo2e: 1_000_000_000_000_000n },
  ],
  apart: [],
  base: {
    state: 'unchanged',
    taken: {
      ...{ number: 1, baseYear: 2022, gwpSet: 'AR6', kgCo2e: 2_000_000_000_000_000n },
      scopes: [{ scope: '1', kgCo2e: 2_000_000_000_000_000n }],
      ...{ kind: 'first', reason: 'with the goal', takenBy: 'wallet:0x1', takenAt: 1_700_000_000 },
    },
    nowKgCo2e: 2_000_000_000_000_000n,
    scopes: [{ scope: '1', kgCo2e: 2_000_000_000_000_000n }],
    ...{ differenceKgCo2e: 0n, differencePercent: '0', changes: [], periods: [] },
  },
};

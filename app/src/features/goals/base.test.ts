import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BaseStanding } from '../../api/index.ts';
import { baseRows, changeTexts, newsOf, periodText } from './base.ts';
import { goal } from './testGoal.ts';

const TONNE = 1_000_000_000_000_000n;
const withBase = (change: Partial<BaseStanding>) => ({
  ...goal,
  base: { ...goal.base, ...change },
});
const period: BaseStanding['periods'][number] = {
  ...{ periodId: '3', firstDay: '2022-01-01', lastDay: '2022-12-31' },
  ...{ state: 'closed', outdated: false, reasons: [] },
};

describe('what is said of a base', () => {
  it('is nothing while it stands', () => {
    assert.equal(newsOf(goal), undefined);
    const empty = { state: 'not-fixed', nowKgCo2e: undefined } as const;
    assert.equal(newsOf(withBase(empty)), undefined);
  });

  it('asks for a new one from the threshold on, and tells below it, with the sign of the movement', () => {
    const moved = { state: 'to-recalculate', differencePercent: '-7.5' } as const;
    assert.deepEqual(newsOf(withBase(moved)), {
      tone: 'warn',
      title: '2022 has moved by -7.5 % since the base was taken: a new base is due',
    });
    const told = { state: 'below-threshold', differencePercent: '4.9999' } as const;
    assert.deepEqual(newsOf(withBase(told)), {
      tone: 'plain',
      title: '2022 has moved by +4.9999 % since the base was taken, below your 5 %',
    });
  });

  it('warns of a base that is not fixed, that is under other potentials, and of factors that changed', () => {
    assert.match(newsOf(withBase({ state: 'not-fixed' }))?.title ?? '', /not fixed/);
    assert.match(newsOf(withBase({ state: 'other-set' }))?.title ?? '', /under AR6/);
    const outdated = { periods: [{ ...period, outdated: true }] };
    assert.deepEqual(newsOf(withBase(outdated)), { tone: 'plain', title: '2022 may move' });
  });

  it('names what happened since', () => {
    const changes: BaseStanding['changes'] = [
      { change: 'created', activities: 1 },
      { change: 'recalculated', activities: 1_200 },
    ];
    assert.deepEqual(changeTexts({ ...goal.base, changes }), [
      '1 activity was added',
      '1,200 activities were computed anew with other factors or rules',
    ]);
    const reasons = ['a meter was read twice', 'a site was forgotten'];
    assert.equal(
      periodText({ ...period, reasons, state: 'reopened' }),
      'restated: a meter was read twice; restated: a site was forgotten; ' +
        'open for a restatement: wait until it is closed',
    );
  });
});

describe('old, new and difference of a base', () => {
  it('stand by scope, with their sum where there are several', () => {
    assert.deepEqual(baseRows(goal.base), [
      { name: 'Scope 1', takenNg: 2n * TONNE, nowNg: 2n * TONNE, differenceNg: 0n },
    ]);
    const scopes = [
      { scope: '1', kgCo2e: TONNE },
      { scope: '2-market', kgCo2e: 4n * TONNE },
    ];
    const rows = baseRows({ ...goal.base, scopes, nowKgCo2e: 5n * TONNE });
    assert.deepEqual(
      rows.map(({ takenNg, differenceNg }) => [takenNg, differenceNg]),
      [
        [2n * TONNE, -TONNE],
        [undefined, 4n * TONNE],
        [2n * TONNE, 3n * TONNE],
      ],
    );
  });

  it('are there when nothing is left of the year', () => {
    const [row] = baseRows({ ...goal.base, scopes: [], nowKgCo2e: undefined });
    assert.deepEqual([row?.nowNg, row?.differenceNg], [undefined, -2n * TONNE]);
  });
});

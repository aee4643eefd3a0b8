import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { goalChart, outputYears, problemOf, toBody, toDraft, withScope } from './draft.ts';
import { goal } from './testGoal.ts';

const draft = toDraft(goal);

describe('a goal as it is typed', () => {
  it('never holds both sides of Scope 2', () => {
    assert.deepEqual(withScope(draft, '2-location', true).scopes, ['1', '2-location']);
    assert.deepEqual(withScope(draft, '1', false).scopes, ['2-market']);
  });

  it('needs a name, scopes, years in their order and a reduction', () => {
    assert.equal(problemOf(draft), undefined);
    assert.match(problemOf({ ...draft, name: ' ' }) ?? '', /name/);
    assert.match(problemOf({ ...draft, scopes: [] }) ?? '', /scope/);
    assert.match(problemOf({ ...draft, targetYear: '2022' }) ?? '', /after/);
    assert.match(problemOf({ ...draft, reductionPercent: '4e1' }) ?? '', /percent/);
    assert.match(problemOf({ ...draft, thresholdPercent: '' }) ?? '', /recalculated/);
    assert.match(problemOf({ ...draft, kind: 'intensity' }) ?? '', /unit/);
  });

  it('has the SBTi path for emissions alone', () => {
    const path = 'sbti-1.5';
    assert.equal(problemOf({ ...draft, path }), undefined);
    const perTonne = { ...draft, kind: 'intensity', outputUnit: 't', path } as const;
    assert.match(problemOf(perTonne) ?? '', /straight line/);
  });

  it('sends outputs only where they count, and leaves empty ones out', () => {
    const typed = { ...draft, outputUnit: 't', outputs: { 2022: '10', 2023: ' ' } };
    assert.deepEqual(toBody(typed).outputs, {});
    assert.deepEqual(toBody({ ...typed, kind: 'intensity' }).outputs, { 2022: '10' });
  });

  it('asks for outputs of the years that have begun', () => {
    assert.deepEqual(outputYears(draft, 2023), ['2022', '2023']);
    assert.deepEqual(outputYears({ ...draft, baseYear: '20' }, 2023), []);
  });
});

describe('the chart of a goal', () => {
  it('draws zero as zero and nothing where nothing is known', () => {
    const [allowed, actual] = goalChart(goal).series;
    assert.deepEqual(allowed?.values, [2, 1.5, 1]);
    assert.deepEqual(actual?.values, [2, 0, Number.NaN]);
  });
});

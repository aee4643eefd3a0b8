import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loyaltyPercent, nextLoyalty } from './loyalty.ts';
import { monthsOf, offUp, seasonPercentAt, yearlySavingDown } from './season.ts';

const at = (text: string): number => Date.parse(text) / 1000;
const season = { seasonMonths: (1 << 2) | (1 << 7) | (1 << 9), seasonPercent: 30 };

describe('the season', () => {
  it('is named by its months', () => {
    assert.equal(monthsOf(season.seasonMonths), 'March, August and October');
    assert.equal(monthsOf(1), 'January');
    assert.equal(monthsOf(0), '');
  });

  it('begins and ends at midnight UTC', () => {
    assert.equal(seasonPercentAt(season, at('2028-02-29T23:59:59Z')), 0);
    assert.equal(seasonPercentAt(season, at('2028-03-01T00:00:00Z')), 30);
    assert.equal(seasonPercentAt(season, at('2028-03-31T23:59:59Z')), 30);
    assert.equal(seasonPercentAt(season, at('2028-04-01T00:00:00Z')), 0);
  });

  it('rounds the price up, as the contract does', () => {
    assert.equal(offUp(99_000_000n, 30), 69_300_000n);
    assert.equal(offUp(1n, 30), 1n);
    assert.equal(offUp(1n, 0), 1n);
  });
});

describe('loyalty', () => {
  it('is 15 % from the 2nd term, 20 % from the 4th, 25 % from the 8th', () => {
    const percents = [1, 2, 3, 4, 7, 8, 15].map(loyaltyPercent);
    assert.deepEqual(percents, [0, 15, 15, 20, 20, 25, 25]);
  });

  it('says how many terms are left to the next step', () => {
    assert.deepEqual(nextLoyalty(0), { percent: 15, termsBefore: 1 });
    assert.deepEqual(nextLoyalty(1), { percent: 20, termsBefore: 2 });
    assert.deepEqual(nextLoyalty(3), { percent: 25, termsBefore: 4 });
    assert.equal(nextLoyalty(7), undefined);
  });
});

describe('what a year saves', () => {
  it('is against as many days paid by the month, rounded down', () => {
    assert.equal(yearlySavingDown({ monthlyUsd: 30n, yearlyUsd: 292n }), 20);
    assert.equal(yearlySavingDown({ monthlyUsd: 30n, yearlyUsd: 365n }), 0);
    assert.equal(yearlySavingDown({ monthlyUsd: 0n, yearlyUsd: 365n }), 0);
  });
});

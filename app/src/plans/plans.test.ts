import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { begunTerms, loyaltyPercent, loyaltyText } from './loyalty.ts';
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
  it('is of the terms that have begun, to the second', () => {
    const month = 30 * 86_400;
    const ahead = { paidTerms: 4, until: 4 * month, yearly: false };
    const begun = [0, month - 1, month, 3 * month, 4 * month].map((now) => begunTerms(ahead, now));
    assert.deepEqual(begun, [1, 1, 2, 4, 4]);
    assert.equal(begunTerms({ paidTerms: 15, until: 40 * month, yearly: false }, 0), 1);
    assert.equal(begunTerms({ paidTerms: 0, until: month, yearly: false }, 0), 0);
  });

  it('is 15 % from the 2nd term, 20 % from the 4th, 25 % from the 8th', () => {
    const percents = [1, 2, 3, 4, 7, 8, 15].map(loyaltyPercent);
    assert.deepEqual(percents, [0, 15, 15, 20, 20, 25, 25]);
  });

  it('says what the next term has off, and how many more have to be paid for more', () => {
    assert.equal(loyaltyText(0), '0 paid in a row: 15 % after one more');
    assert.equal(loyaltyText(1), '1 paid in a row: 15 % off the next term, 20 % after 2 more');
    assert.equal(loyaltyText(3), '3 paid in a row: 20 % off the next term, 25 % after 4 more');
    assert.equal(loyaltyText(7), '7 paid in a row: 25 % off every term');
    assert.equal(loyaltyText(15), '15 or more paid in a row: 25 % off every term');
  });
});

describe('what a year saves', () => {
  it('is against as many days paid by the month, rounded down', () => {
    assert.equal(yearlySavingDown({ monthlyUsd: 30n, yearlyUsd: 292n }), 20);
    assert.equal(yearlySavingDown({ monthlyUsd: 30n, yearlyUsd: 365n }), 0);
    assert.equal(yearlySavingDown({ monthlyUsd: 0n, yearlyUsd: 365n }), 0);
  });
});

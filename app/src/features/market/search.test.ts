import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isNarrowed, orderOf, parseSearch, sortsOf, toFilter, toParams } from './search.ts';

const read = (text: string) => parseSearch(new URLSearchParams(text));

describe('a search of the market', () => {
  it('is what its address says, and writes the same address', () => {
    const text =
      'project=2&vintage=2026&country=AL&methodology=1&currency=usdc&maxPrice=25.50&sort=cheapest';
    const search = read(text);
    assert.deepEqual(search, {
      projectId: 2,
      vintage: 2026,
      country: 'AL',
      methodologyId: 1,
      currency: 'usdc',
      maxPrice: '25.50',
      sort: 'cheapest',
    });
    assert.equal(toParams(search).toString(), text);
    assert.equal(toParams(read('')).toString(), '');
  });

  it('leaves out what it does not understand', () => {
    const search = read('project=x&vintage=-1&country=Albania&currency=euro&maxPrice=3&sort=no');
    assert.deepEqual(toParams(search).toString(), '');
  });

  it('leaves listings out by what they are, never by their order', () => {
    const parse = (text: string) => parseSearch(new URLSearchParams(text));
    assert.equal(isNarrowed(parse('')), false);
    assert.equal(isNarrowed(parse('sort=most')), false);
    assert.equal(isNarrowed(parse('vintage=2024')), true);
  });

  it('compares prices of one currency only', () => {
    assert.equal(read('sort=cheapest').sort, 'newest');
    assert.equal(read('sort=cheapest&currency=coin').sort, 'cheapest');
    assert.ok(!sortsOf(read('')).includes('dearest'));
    assert.ok(sortsOf(read('currency=usdt')).includes('dearest'));
  });

  it('asks for open listings, at most at the price', () => {
    assert.deepEqual(toFilter(read('country=al'), 5, undefined), {
      leftGrams_gt: '0',
      expiresAt_gt: 5,
      projectId: undefined,
      vintage: undefined,
      country: 'AL',
      methodologyId: undefined,
      currency: undefined,
    });
    const filter = toFilter(read('currency=usdc&maxPrice=2'), 5, 2_000_000n);
    assert.equal(filter.pricePerTonne_lte, '2000000');
    assert.deepEqual(orderOf(read('sort=most')), { by: 'leftGrams', direction: 'desc' });
  });
});

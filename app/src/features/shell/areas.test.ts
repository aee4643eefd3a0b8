import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { areas, findArea } from './areas.ts';

describe('the areas of the page', () => {
  test('hold the place that each of their links leads to', () => {
    for (const area of areas)
      for (const { href, under } of area.places) {
        assert.match(href, under);
        assert.equal(findArea(href), area);
      }
  });

  test('share no address', () => {
    const places = areas.flatMap((area) => area.places);
    for (const { href } of places)
      assert.equal(places.filter(({ under }) => under.test(href)).length, 1, href);
  });

  test('are left by an address that leads nowhere', () => {
    assert.equal(findArea('/nowhere'), undefined);
  });
});

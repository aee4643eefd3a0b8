import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { build, run } from './build.ts';

/**
 * The laws are in native/world.c: the program ends with the name of one that is broken. Here the cuts are
 * counted, and that they came at every kind of moment.
 */
interface Life {
  readonly cuts: number;
  readonly received: number;
  readonly duplicates: number;
  readonly merged: number;
  readonly restarted: number;
  readonly adjusted: number;
  readonly replacements: number;
  readonly keys: number;
  readonly torn: number;
  readonly moves: number;
  readonly full: number;
  readonly lost: number;
}

const folder = await build(['powercut']);

async function live(...args: readonly string[]): Promise<Life> {
  // Proof: powercut.c prints these numbers.
  return JSON.parse(await run(join(folder, 'powercut'), args)) as Life;
}

test('100,000 power cuts at random points break no law', async () => {
  const lives = await Promise.all(['1', '2'].map((seed) => live('random', seed, '50000')));
  for (const life of lives) {
    assert.equal(life.cuts, 50_000);
    assert.equal(life.lost, 0);
    for (const seen of [
      'received',
      'merged',
      'adjusted',
      'replacements',
      'torn',
      'full',
    ] as const) {
      assert.ok(life[seen] > 100, `${seen}: ${life[seen]}`);
    }
    assert.ok(life.keys > 5);
  }
});

test('a power cut at every store operation, torn in every way, breaks no law', async () => {
  const lives = await Promise.all(['3', '4'].map((seed) => live('every', seed, '60')));
  for (const life of lives) {
    assert.ok(life.cuts > 500, `${life.cuts} cuts`);
    assert.equal(life.lost, 0);
  }
});

import assert from 'node:assert/strict';
import { setImmediate as tick } from 'node:timers/promises';
import { test } from 'node:test';
import { createTurns } from './turns.ts';

/** Works that note when they begin and end, and take a while. */
function createNotes() {
  const notes: string[] = [];
  const work = (name: string) => async () => {
    notes.push(`${name}+`);
    await tick();
    await tick();
    notes.push(`${name}-`);
    return name;
  };
  return { notes, work };
}

test('Writes run one after the other, in the order in which they came', async () => {
  const { write } = createTurns();
  const { notes, work } = createNotes();
  assert.deepEqual(await Promise.all([write(work('a')), write(work('b'))]), ['a', 'b']);
  assert.deepEqual(notes, ['a+', 'a-', 'b+', 'b-']);
});

test('Reads run together', async () => {
  const { read } = createTurns();
  const { notes, work } = createNotes();
  await Promise.all([read(work('a')), read(work('b'))]);
  assert.deepEqual(notes, ['a+', 'b+', 'a-', 'b-']);
});

test('A write waits for the reads before it, and the reads after it wait for the write', async () => {
  const { read, write } = createTurns();
  const { notes, work } = createNotes();
  await Promise.all([
    read(work('a')),
    read(work('b')),
    write(work('W')),
    read(work('c')),
    write(work('X')),
  ]);
  assert.deepEqual(notes, ['a+', 'b+', 'a-', 'b-', 'W+', 'W-', 'c+', 'c-', 'X+', 'X-']);
});

test('A failed read or write fails for its caller alone', async () => {
  const { read, write } = createTurns();
  const failures = [read, write].map((take) => take(() => Promise.reject(new Error('no'))));
  const after = Promise.all([read(() => Promise.resolve(1)), write(() => Promise.resolve(2))]);
  for (const failure of failures) await assert.rejects(failure, /no/);
  assert.deepEqual(await after, [1, 2]);
});

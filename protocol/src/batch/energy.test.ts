import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Hex } from '../bytes.ts';
import type { SealedWindow } from '../window/window.ts';
import { startWalk, walkWindow, type WalkedWindow, type WalkState } from './energy.ts';
import { WHOLE_WINDOW } from './findings.ts';
import { NO_HASH, readingAt, sealUnsigned } from '../../test/samples.ts';

const CAPACITY_W = 6_000n;
const START = { sequence: 0, closedAt: 100_000, exportWh: 50_000n, importWh: 50_000n };

/** How a window departs from following the one before it. */
interface Step {
  readonly skipped: number;
  readonly breaksChain: boolean;
  /** Seconds between the window before and this one; negative overlaps. */
  readonly pause: number;
  readonly readings: readonly {
    readonly seconds: number;
    readonly exported: bigint;
    readonly imported: bigint;
  }[];
  /** Wh that the registers fall before the first reading. */
  readonly fall: bigint;
}

const often = <T>(usual: T, rare: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: rare });

const anyStep: fc.Arbitrary<Step> = fc.record({
  skipped: often(0, fc.integer({ min: 1, max: 5 })),
  breaksChain: often(false, fc.constant(true)),
  pause: often(0, fc.integer({ min: -3_000, max: 3_000 })),
  readings: fc.array(
    fc.record({
      seconds: fc.integer({ min: 1, max: 900 }),
      exported: fc.bigInt(0n, 2_000n),
      imported: fc.bigInt(0n, 10n),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  fall: often(0n, fc.bigInt(1n, 3_000n)),
});

const anySteps = fc.array(anyStep, { minLength: 1, maxLength: 12 });

/** The windows that a device, sound or not, could seal one after another. */
function sealSteps(steps: readonly Step[]): readonly SealedWindow[] {
  let sequence = START.sequence;
  let previousHash: Hex = NO_HASH;
  let last = readingAt(START.closedAt, START.exportWh, START.importWh);
  return steps.map((step) => {
    sequence += 1 + step.skipped;
    const openedAt = last.at + step.pause;
    let current = { ...last, at: openedAt, exportWh: last.exportWh - step.fall };
    const readings = step.readings.map(({ seconds, exported, imported }) => {
      current = readingAt(
        current.at + seconds,
        current.exportWh + exported,
        current.importWh + imported,
      );
      return current;
    });
    last = current;
    const window = sealUnsigned({
      sequence,
      openedAt,
      previousHash: step.breaksChain ? `0x${'11'.repeat(32)}` : previousHash,
      readings,
    });
    previousHash = window.headerHash;
    return window;
  });
}

interface Walk {
  readonly walked: readonly WalkedWindow[];
  readonly states: readonly WalkState[];
  readonly end: WalkState;
}

function walkAll(windows: readonly SealedWindow[]): Walk {
  let end = startWalk(START, NO_HASH);
  const states = [end];
  const walked = windows.map((window) => {
    const [next, result] = walkWindow(end, window, CAPACITY_W);
    end = next;
    states.push(next);
    return result;
  });
  return { walked, states, end };
}

function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}

test('law 1: the energies add up to the difference of the registers, whatever the faults', () => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      const { walked, end } = walkAll(sealSteps(steps));
      const energies = walked.flatMap((window) => window.energies);
      const exportedWh = sumOf(energies.map((energy) => energy.exportedWh));
      const importedWh = sumOf(energies.map((energy) => energy.importedWh));
      assert.equal(exportedWh, end.exportWh - START.exportWh);
      assert.equal(importedWh, end.importWh - START.importWh);
    }),
  );
});

test('law 2: sequence, time and registers of the position never go back', () => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      const { states } = walkAll(sealSteps(steps));
      states.forEach((after, index) => {
        const before = states[index - 1];
        if (before === undefined) return;
        assert.ok(after.sequence >= before.sequence);
        assert.ok(after.closedAt >= before.closedAt);
        assert.ok(after.exportWh >= before.exportWh && after.importWh >= before.importWh);
      });
    }),
  );
});

test('law 3: no energy is negative, and no finding deducts more than its readings exported', () => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      for (const { energies, findings } of walkAll(sealSteps(steps)).walked) {
        for (const energy of energies) {
          assert.ok(energy.exportedWh >= 0n && energy.importedWh >= 0n);
        }
        for (const { readingIndex, deductedWh } of findings) {
          const whole = readingIndex === WHOLE_WINDOW;
          const covered = whole ? energies : energies.slice(readingIndex, readingIndex + 1);
          assert.ok(deductedWh <= sumOf(covered.map((energy) => energy.exportedWh)));
        }
        const places = findings.map(({ readingIndex }) => readingIndex);
        assert.equal(new Set(places).size, places.length);
        assert.ok(!places.includes(WHOLE_WINDOW) || places.length === 1);
      }
    }),
  );
});

test('a window that was set aside moves nothing', () => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      const { walked, states } = walkAll(sealSteps(steps));
      walked.forEach(({ counted, energies }, index) => {
        if (counted) return;
        const [before, after] = [states[index], states[index + 1]];
        assert.equal(after?.exportWh, before?.exportWh);
        assert.equal(after?.sequence, before?.sequence);
        assert.equal(sumOf(energies.map((energy) => energy.exportedWh)), 0n);
      });
    }),
  );
});

test('windows that follow each other within the capacity have no findings', () => {
  const sound = anyStep.map((step) => ({
    ...step,
    skipped: 0,
    breaksChain: false,
    pause: 0,
    fall: 0n,
    readings: step.readings.map(({ seconds, imported }) => ({
      seconds,
      imported,
      exported: (CAPACITY_W * BigInt(seconds)) / 3_600n,
    })),
  }));
  fc.assert(
    fc.property(fc.array(sound, { minLength: 1, maxLength: 12 }), (steps) => {
      const findings = walkAll(sealSteps(steps)).walked.flatMap((window) => window.findings);
      assert.deepEqual(findings, []);
    }),
  );
});

test('one Wh more than the capacity allows is tolerated, two are not', () => {
  const hour = (exported: bigint): Step => ({
    skipped: 0,
    breaksChain: false,
    pause: 0,
    fall: 0n,
    readings: [{ seconds: 3_600, exported, imported: 0n }],
  });
  const reasonsFor = (exported: bigint) =>
    walkAll(sealSteps([hour(exported)])).walked.flatMap(({ findings }) =>
      findings.map(({ reason }) => reason),
    );
  assert.deepEqual(reasonsFor(6_001n), []);
  assert.deepEqual(reasonsFor(6_002n), ['CAPACITY_EXCEEDED']);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { startWalk, WHOLE_WINDOW, type SealedWindow, type WalkState } from '@truetonne/protocol';
import { createTestDevice, type SealStep } from '../../test/support/device.ts';
import { readRuleBook } from '../metering/judge/ruleBook.ts';
import {
  checkWindow,
  deductedWhOf,
  exportedWhOf,
  judgeWindow,
  type JudgedWindow,
  type ProjectTerms,
} from './judge.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;
const START = Date.parse('2016-12-31T20:00:00-07:00') / 1000;
const BASELINE = readRuleBook().find(undefined).rules;
const TERMS: ProjectTerms = {
  utcOffsetMinutes: -420,
  creditingFrom: START - 86_400,
  creditingUntil: START + 30 * 86_400,
};

const USUAL = { capacityW: 6_000n, receivedAt: START, checksAnother: false };

function judge(
  windows: readonly SealedWindow[],
  terms = TERMS,
  hash = windows[0]?.header.previousHash,
) {
  let state: WalkState = startWalk(
    { sequence: 0, closedAt: START, exportWh: 0n, importWh: 0n },
    hash,
  );
  const judged: JudgedWindow[] = [];
  for (const window of windows) {
    const [next, result] = judgeWindow(state, window, 6_000n, terms);
    const own = { ...USUAL, rules: BASELINE, site: undefined };
    judged.push(checkWindow(state, window, result, {}, own)[1]);
    state = next;
  }
  return { state, judged };
}

function seal(steps: readonly SealStep[]): readonly SealedWindow[] {
  const device = createTestDevice({ domain: DOMAIN, claimedAt: START });
  return steps.map((step) => device.seal(step));
}

const anyFields = fc.record(
  {
    activePowerMw: fc.bigInt({ min: -9_000_000n, max: 9_000_000n }),
    voltageMv: fc.bigInt({ min: -1_000n, max: 400_000n }),
    currentMa: fc.bigInt({ min: 0n, max: 40_000n }),
    powerFactorE4: fc.bigInt({ min: -11_000n, max: 11_000n }),
    irradianceMwM2: fc.bigInt({ min: -30_000n, max: 2_100_000n }),
    ambientMc: fc.constantFrom(20_000n, -999_000n),
  },
  { requiredKeys: [] },
);

const anyStep: fc.Arbitrary<SealStep> = fc.record(
  {
    exportWh: fc.bigInt({ min: 0n, max: 3_000n }),
    seconds: fc.integer({ min: 60, max: 7_200 }),
    count: fc.integer({ min: 1, max: 5 }),
    pause: fc.constantFrom(0, 0, 900, -60),
    flags: fc.constantFrom(0, 2),
    fields: anyFields,
  },
  { requiredKeys: ['exportWh'] },
);

describe("the checks of a methodology's version", () => {
  it('never raise a credit: they deduct at most what was exported, and keep what was deducted', () => {
    const rules = readRuleBook().all[0]?.rules ?? assert.fail();
    const site = { latitudeE6: 39_742_000, longitudeE6: -105_179_000 };
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 6 }), (steps) => {
        let state = startWalk(
          { sequence: 0, closedAt: START, exportWh: 0n, importWh: 0n },
          undefined,
        );
        let memory = {};
        for (const window of seal(steps)) {
          const [next, plain] = judgeWindow(state, window, 6_000n, TERMS);
          const own = { ...USUAL, rules, site };
          const [remembered, checked] = checkWindow(state, window, plain, memory, own);
          const before = new Map(plain.findings.map((one) => [one.readingIndex, one]));
          assert.deepEqual([checked.energies, checked.kind], [plain.energies, plain.kind]);
          assert.ok(deductedWhOf(checked.findings) >= deductedWhOf(plain.findings));
          assert.ok(deductedWhOf(checked.findings) <= exportedWhOf(plain.energies));
          for (const [index, finding] of before) {
            assert.deepEqual(
              checked.findings.find(({ readingIndex }) => readingIndex === index),
              finding,
            );
          }
          [state, memory] = [next, remembered];
        }
      }),
      { numRuns: 200 },
    );
  });

  it('leave out all that a device exported while it checked another one, whatever it sent', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 6 }), (steps) => {
        let state = startWalk(
          { sequence: 0, closedAt: START, exportWh: 0n, importWh: 0n },
          undefined,
        );
        for (const window of seal(steps)) {
          const [next, plain] = judgeWindow(state, window, 6_000n, TERMS);
          const own = { ...USUAL, rules: BASELINE, site: undefined, checksAnother: true };
          const [, { findings }] = checkWindow(state, window, plain, {}, own);
          assert.equal(deductedWhOf(findings), exportedWhOf(plain.energies));
          assert.deepEqual(
            findings.map(({ readingIndex }) => readingIndex),
            [WHOLE_WINDOW],
          );
          state = next;
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('judging a window', () => {
  it('counts windows in an unbroken row', () => {
    const { judged } = judge(seal([{ exportWh: 100n }, { exportWh: 50n, importWh: 3n }]));
    assert.deepEqual(
      judged.map(({ kind }) => kind),
      ['creditable', 'creditable'],
    );
    assert.deepEqual(
      judged.flatMap(({ findings }) => findings),
      [],
    );
    assert.deepEqual(
      judged.flatMap(({ energies }) => energies),
      [
        { exportedWh: 100n, importedWh: 0n },
        { exportedWh: 50n, importedWh: 3n },
      ],
    );
  });

  it('deducts a reading whose field is impossible, and only that reading', () => {
    const windows = seal([{ exportWh: 90n, count: 3 }]);
    const [window] = windows;
    assert.ok(window);
    const readings = window.readings.map((reading, index) =>
      index === 1 ? { ...reading, fields: { frequencyMhz: 0n } } : reading,
    );
    const { judged } = judge([{ ...window, readings }]);
    assert.deepEqual(judged[0]?.findings, [
      { readingIndex: 1, reason: 'READING_OUT_OF_RANGE', deductedWh: 30n },
    ]);
  });

  it('names one reason for a reading: what follows from the bytes comes first', () => {
    const [, second] = seal([{}, { exportWh: 70n, fields: { ambientMc: -999_000n } }]);
    assert.ok(second);
    const { judged } = judge([second]);
    assert.deepEqual(judged[0]?.findings, [
      { readingIndex: 0, reason: 'SEQUENCE_GAP', deductedWh: 170n },
    ]);
  });

  it('deducts all of a window that crosses New Year, and nothing of those around it', () => {
    const toMidnight = 4 * 3600;
    const windows = seal([
      { seconds: toMidnight - 300 },
      { seconds: 900, count: 3, exportWh: 60n },
      {},
    ]);
    const { judged } = judge(windows);
    assert.deepEqual(
      judged.map(({ kind }) => kind),
      ['creditable', 'crossing', 'creditable'],
    );
    assert.deepEqual(
      judged.map(({ findings }) => findings),
      [[], [{ readingIndex: WHOLE_WINDOW, reason: 'VINTAGE_SPAN', deductedWh: 60n }], []],
    );
  });

  it('lets a window that closes at midnight sharp count for the old year', () => {
    const { judged } = judge(seal([{ seconds: 4 * 3600 }, {}]));
    assert.deepEqual(
      judged.map(({ kind }) => kind),
      ['creditable', 'creditable'],
    );
  });

  it('deducts energy from before the crediting period and leaves out what comes after it', () => {
    const terms = { ...TERMS, creditingFrom: START + 1_000, creditingUntil: START + 2_700 };
    const { judged } = judge(seal([{}, {}, {}, {}]), terms);
    assert.deepEqual(
      judged.map(({ kind }) => kind),
      ['crossing', 'crossing', 'creditable', 'late'],
    );
    assert.deepEqual(
      judged.map(({ findings }) => findings.map(({ reason }) => reason)),
      [
        ['OUTSIDE_CREDITING_PERIOD'],
        ['OUTSIDE_CREDITING_PERIOD'],
        [],
        ['OUTSIDE_CREDITING_PERIOD'],
      ],
    );
  });

  it('sets a window aside whose register ran backwards; the next one is not told apart from it', () => {
    const { judged, state } = judge(seal([{}, { exportWh: -40n }, { exportWh: 100n }, {}]));
    assert.deepEqual(
      judged.map(({ kind }) => kind),
      ['creditable', 'setAside', 'creditable', 'creditable'],
    );
    assert.deepEqual(judged[2]?.findings, [
      { readingIndex: 0, reason: 'REGISTER_ROLLBACK', deductedWh: 60n },
    ]);
    assert.equal(state.exportWh, 260n);
  });

  it('keeps CHAIN_BROKEN as the reason of a window that also crosses a year', () => {
    const windows = seal([{ seconds: 5 * 3600 }]);
    const { judged } = judge(windows, TERMS, `0x${'00'.repeat(32)}`);
    assert.equal(judged[0]?.kind, 'crossing');
    assert.deepEqual(
      judged[0]?.findings.map(({ reason }) => reason),
      ['CHAIN_BROKEN'],
    );
  });
});

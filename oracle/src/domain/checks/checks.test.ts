import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startWalk, type OptionalFieldName, type Reading } from '@truetonne/protocol';
import { createTestDevice, type SealStep } from '../../../test/support/device.ts';
import { GAPS, readGaps, readSandia, SANDIA } from '../../../test/support/realData.ts';
import { readRuleBook } from '../../metering/judge/ruleBook.ts';
import { checkWindow, judgeWindow } from '../judge.ts';
import type { Site } from '../sun.ts';
import type { CheckMemory, Rules } from './check.ts';
import { differsFromCheckMeter, exchangeBetween, type Registers } from './checkMeter.ts';
import { runChecks } from './run.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;
const [METHODOLOGY] = readRuleBook().all;
assert.ok(METHODOLOGY !== undefined && METHODOLOGY.name === 'GCCM001 4.0');
const { rules: RULES } = METHODOLOGY;
const CAPACITY_W = 4_000n;
const MIDNIGHT = Date.parse('2015-11-11T00:00:00-07:00') / 1000;

interface Measured {
  readonly at: number;
  /** Wh that the meter counted in the interval. */
  readonly exportWh: bigint;
  readonly fields: Reading['fields'];
}

/** Judges a device's readings, one to a window, as the oracle does. */
function judgeAll(
  readings: readonly Measured[],
  terms: { readonly site: Site; readonly seconds: number; readonly capacityW: bigint },
) {
  const [first] = readings;
  assert.ok(first);
  const claimedAt = first.at - terms.seconds;
  const device = createTestDevice({ domain: DOMAIN, claimedAt });
  const project = { utcOffsetMinutes: 0, creditingFrom: 0, creditingUntil: 2 ** 39 };
  let walk = startWalk(
    { sequence: 0, closedAt: claimedAt, exportWh: 0n, importWh: 0n },
    device.claimHash,
  );
  let memory: CheckMemory = {};
  let closedAt = claimedAt;
  return readings.map(({ at, exportWh, fields }) => {
    const step: SealStep = {
      ...{ exportWh, seconds: terms.seconds, fields },
      pause: at - terms.seconds - closedAt,
    };
    const window = device.seal(step);
    const [next, judged] = judgeWindow(walk, window, terms.capacityW, project);
    const own = { ...terms, receivedAt: at, rules: RULES, checksAnother: false };
    const [remembered, checked] = checkWindow(walk, window, judged, memory, own);
    [walk, memory, closedAt] = [next, remembered, at];
    return { at, ...checked };
  });
}

type Judged = ReturnType<typeof judgeAll>[number];

const deducted = (judged: readonly Judged[], reason: string): readonly Judged[] =>
  judged.filter(({ findings }) => findings.some((finding) => finding.reason === reason));
const flagged = (judged: readonly Judged[], reason: string): readonly Judged[] =>
  judged.filter(({ flags }) => flags.some((flag) => flag.reason === reason));

/** Registers that count whole Wh of a power in mW over minutes. */
function integrate(powersMw: readonly bigint[]): readonly bigint[] {
  let [total, counted] = [0n, 0n];
  return powersMw.map((power) => {
    if (power > 0n) total += power * 60n;
    const step = total / 3_600_000n - counted;
    counted += step;
    return step;
  });
}

describe('a real day of an inverter (Sandia, 1 minute)', () => {
  const minutes = readSandia();
  const terms = { site: SANDIA, seconds: 60, capacityW: CAPACITY_W };
  const energy = integrate(minutes.map(({ activePowerMw }) => activePowerMw));
  const honest = minutes.map(({ at, fields }, index) => ({
    ...{ at, fields, exportWh: energy[index] ?? 0n },
  }));

  it('passes every check: nothing is deducted and nothing flagged', () => {
    const judged = judgeAll(honest, terms);
    assert.equal(judged.length, 1_351);
    assert.deepEqual(
      judged.filter(({ findings, flags }) => findings.length + flags.length > 0),
      [],
    );
  });

  it('is found out at night where voltage x current is sent as active power and counted', () => {
    const apparent = minutes.map(
      ({ fields }) => ((fields.voltageMv ?? 0n) * (fields.currentMa ?? 0n)) / 1_000n,
    );
    assert.equal(Math.round(Number(apparent[0]) / 1000), 131);
    const counted = integrate(apparent);
    const naive = minutes.map(({ at, fields }, index) => ({
      at,
      exportWh: counted[index] ?? 0n,
      fields: { ...fields, activePowerMw: apparent[index] ?? 0n },
    }));
    const judged = judgeAll(naive, terms);
    const night = judged.filter(({ at }) => at < MIDNIGHT + 5 * 3600);
    assert.equal(flagged(night, 'POWER_INCONSISTENT').length, night.length);
    const dark = deducted(judged, 'ENERGY_ABOVE_IRRADIANCE').length;
    assert.ok(dark + deducted(judged, 'ENERGY_AT_NIGHT').length > 300, String(dark));
  });

  it('is found out where the register counts voltage x current while power is sent as it is', () => {
    const counted = integrate(
      minutes.map(({ fields }) => ((fields.voltageMv ?? 0n) * (fields.currentMa ?? 0n)) / 1_000n),
    );
    const judged = judgeAll(
      honest.map((one, index) => ({ ...one, exportWh: counted[index] ?? 0n })),
      terms,
    );
    const night = judged.filter(({ at }) => at < MIDNIGHT + 5 * 3600);
    assert.ok(flagged(night, 'ENERGY_ABOVE_POWER').length > 200);
  });

  it('is found out where a clear day is counted under a clouded sky', () => {
    const clouded = honest.map(({ fields, ...one }) => {
      const irradianceMwM2 = ((fields.irradianceMwM2 ?? 0n) * 3n) / 10n;
      return { ...one, fields: { ...fields, irradianceMwM2 } };
    });
    const judged = judgeAll(clouded, terms);
    assert.ok(deducted(judged, 'ENERGY_ABOVE_IRRADIANCE').length > 100);
  });

  it('is found out at night without a sensor, by the sun alone', () => {
    const unmeasured = honest.map(({ at }) => ({ at, exportWh: 20n, fields: {} }));
    const judged = judgeAll(unmeasured, terms);
    const hours = (list: readonly Judged[]) =>
      new Set(list.map(({ at }) => new Date((at - 7 * 3600) * 1000).getUTCHours()));
    const night = hours(deducted(judged, 'ENERGY_AT_NIGHT'));
    for (const hour of [0, 1, 2, 3, 4, 5, 18, 19, 20, 21, 22])
      assert.ok(night.has(hour), `${hour}`);
    for (const hour of [8, 9, 10, 11, 12, 13, 14, 15, 16]) assert.ok(!night.has(hour), `${hour}`);
    assert.equal(deducted(judged, 'ENERGY_ABOVE_CLEAR_SKY').length > 0, true);
  });
});

describe('seven months of an inverter with real gaps', () => {
  it('loses what each of its 157 gaps hid, and those by day are flagged, but no night', () => {
    let [total, counted] = [0, 0n];
    const readings = readGaps().map(({ at, powerW }) => {
      total += powerW / 12;
      const exportWh = BigInt(Math.floor(total)) - counted;
      counted += exportWh;
      return { at, exportWh, fields: { activePowerMw: BigInt(Math.round(powerW * 1000)) } };
    });
    const judged = judgeAll(readings, { site: GAPS, seconds: 300, capacityW: 32_000n });
    assert.equal(deducted(judged, 'TIME_GAP').length, 157 + 225);
    // 14 gaps lie at dawn or dusk, and one of the nights goes on through the day after it.
    const byDay = flagged(judged, 'DAYLIGHT_GAP');
    assert.equal(byDay.length, 157 - 14 + 1);
    assert.ok(byDay.every(({ findings }) => findings[0]?.reason === 'TIME_GAP'));
    const others = ['STUCK_VALUE', 'ENERGY_AT_NIGHT', 'ENERGY_ABOVE_CLEAR_SKY'];
    for (const reason of others) {
      assert.deepEqual([...deducted(judged, reason), ...flagged(judged, reason)], [], reason);
    }
  });
});

describe('a single reading', () => {
  const cases: readonly (readonly [OptionalFieldName, bigint, string | undefined])[] = [
    ['frequencyMhz', 44_999n, 'READING_OUT_OF_RANGE'],
    ['frequencyMhz', 45_000n, undefined],
    ['frequencyMhz', 65_000n, undefined],
    ['frequencyMhz', 65_001n, 'READING_OUT_OF_RANGE'],
    ['powerFactorE4', -10_000n, undefined],
    ['powerFactorE4', 10_001n, 'READING_OUT_OF_RANGE'],
    ['voltageMv', 0n, undefined],
    ['voltageMv', -1n, 'READING_OUT_OF_RANGE'],
    ['irradianceMwM2', -20_000n, undefined],
    ['irradianceMwM2', -20_001n, 'READING_OUT_OF_RANGE'],
    ['irradianceMwM2', 2_000_001n, 'READING_OUT_OF_RANGE'],
    ['ambientMc', 80_000n, undefined],
    ['ambientMc', -60_001n, 'READING_OUT_OF_RANGE'],
    ['ambientMc', -999_000n, 'SENTINEL_VALUE'],
    ['irradianceMwM2', -9_999_000n, 'SENTINEL_VALUE'],
    ['voltageMv', 65_535_000n, 'SENTINEL_VALUE'],
    ['activePowerMw', -999_000_000n, 'SENTINEL_VALUE'],
    ['activePowerMw', -2_860n, undefined],
    ['activePowerMw', 4_800_000n, undefined],
    ['activePowerMw', 4_800_001n, 'POWER_ABOVE_CAPACITY'],
    ['activePowerMw', -4_800_001n, 'POWER_ABOVE_CAPACITY'],
    ['signalDbm', -999n, undefined],
    ['batteryMv', -999_000n, undefined],
  ];
  for (const [field, value, reason] of cases) {
    it(`with ${field} = ${value} is ${reason ?? 'fine'}`, () => {
      assert.equal(strike({ fields: { [field]: value } }).deductions[0]?.reason, reason);
    });
  }

  it('of a device that says it has a fault is flagged', () => {
    assert.equal(strike({ status: 4 }).flags[0]?.reason, 'DEVICE_FAULT');
    assert.equal(strike({ status: 1 }).flags[0], undefined);
  });

  it('of a window that closes in our future, or whose clock was set, is flagged', () => {
    assert.deepEqual(
      [strike({}, { receivedAt: 890 }).flags.length, strike({}, { receivedAt: 889 }).flags.length],
      [0, 1],
    );
    assert.equal(strike({}, { flags: 2 }).flags[0]?.reason, 'CLOCK_SKEW');
  });

  it('deducts or flags as the methodology says, and nothing that it does not name', () => {
    const fault = { severity: 'deduct', source: 'test', statuses: [4] } as const;
    assert.equal(
      strike({ status: 4 }, { rules: { DEVICE_FAULT: fault } }).deductions[0]?.reason,
      'DEVICE_FAULT',
    );
    assert.deepEqual(strike({ fields: { frequencyMhz: 0n } }, { rules: {} }).deductions, []);
  });
});

describe('active power that does not change', () => {
  const readings = (count: number, powerMw = 1_000_000n) =>
    Array.from({ length: count }, (_, index) => ({
      ...{ at: 1_447_270_000 + index * 360, exportWh: 100n },
      fields: { activePowerMw: powerMw + (powerMw === 1_000_000n ? 0n : BigInt(index)) },
    }));
  const terms = { site: SANDIA, seconds: 360, capacityW: CAPACITY_W };

  it('is flagged from the sixth reading and half an hour on, across windows', () => {
    const stuck = flagged(judgeAll(readings(8), terms), 'STUCK_VALUE');
    assert.deepEqual(
      stuck.map(({ at }) => (at - 1_447_270_000) / 360),
      [5, 6, 7],
    );
  });

  it('is not flagged when it changes by a milliwatt', () => {
    assert.deepEqual(flagged(judgeAll(readings(8, 1_000_001n), terms), 'STUCK_VALUE'), []);
  });
});

describe('main against check meter (Meetcode 5.3.9 a)', () => {
  const rule = { severity: 'flag', source: 'test', classes: 2n } as const;
  const shown = (exportWh: bigint, importWh = 0n) => ({ exportWh, importWh });
  const differ = (main: Registers, check: Registers) =>
    differsFromCheckMeter({ main, check }, 50n, rule);

  it('may differ by less than twice the accuracy class of the day', () => {
    const main = shown(100_000n);
    assert.deepEqual(
      [differ(main, shown(100_999n)), differ(main, shown(101_000n)), differ(main, shown(99_000n))],
      [false, true, true],
    );
  });

  it('is compared in each direction, against the exchange of both', () => {
    const main = shown(90_000n, 10_000n);
    assert.deepEqual(
      [differ(main, shown(90_000n, 10_999n)), differ(main, shown(90_000n, 11_000n))],
      [false, true],
    );
  });

  it('is not blamed for what a register in whole Wh can not show', () => {
    assert.deepEqual([differ(shown(0n), shown(1n)), differ(shown(0n), shown(2n))], [false, true]);
  });

  it('is not compared across a register that ran backwards', () => {
    const before = { main: shown(500n), check: shown(500n) };
    assert.deepEqual(exchangeBetween(before, { main: shown(700n), check: shown(690n) }), {
      ...{ main: shown(200n), check: shown(190n) },
    });
    assert.equal(exchangeBetween(before, { main: shown(700n), check: shown(10n) }), undefined);
  });
});

/** Runs the checks over one reading of a minute in which nothing was exported. */
function strike(
  reading: Partial<Reading>,
  more: { readonly rules?: Rules; readonly receivedAt?: number; readonly flags?: number } = {},
) {
  const device = createTestDevice({ domain: DOMAIN, claimedAt: 840 });
  const window = device.seal({ seconds: 60, exportWh: 0n, flags: more.flags ?? 0 });
  const [sealed] = window.readings;
  assert.ok(sealed);
  const checked = {
    reading: { ...sealed, ...reading },
    ...{ index: 0, from: 840, before: undefined },
    energy: { exportedWh: 0n, importedWh: 0n },
  };
  const position = { sequence: 0, closedAt: 840, exportWh: 0n, importWh: 0n };
  return runChecks(
    {
      ...{ window, readings: [checked], gap: undefined, capacityW: CAPACITY_W, memory: {} },
      ...{ site: undefined, receivedAt: more.receivedAt ?? 900 },
      state: startWalk(position, undefined),
    },
    more.rules ?? RULES,
  );
}

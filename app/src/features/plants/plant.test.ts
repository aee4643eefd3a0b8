import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkDegrees, checkOffset, checkPlant, type PlantDraft } from './plant.ts';
import { checkFactor } from './factor.ts';
import { registerTransaction } from './transactions.ts';

const YEAR_2020 = 1_577_836_800;
const versions = [{ id: 3, validFrom: YEAR_2020, validUntil: YEAR_2020 + 86_400 * 3_650 }];
const draft: PlantDraft = {
  name: ' Rooftop, Pune ',
  country: 'in',
  latitude: '18.5204',
  longitude: '73.8567',
  utcOffset: '+05:30',
  capacity: '5,000',
  methodologyId: '3',
  from: '2026-01-01',
  until: '2036-01-01',
};

const FIELDS = [
  'name',
  'country',
  'latitude',
  'longitude',
  'utcOffset',
  'capacity',
  'methodologyId',
  'from',
  'until',
] as const;

describe('a plant that a person types', () => {
  it('goes to the registry in the units of the contract, days on the clock of the plant', () => {
    const { plant } = checkPlant(draft, versions);
    assert.deepEqual(plant, {
      name: 'Rooftop, Pune',
      country: 'IN',
      latitudeE6: 18_520_400,
      longitudeE6: 73_856_700,
      utcOffsetMinutes: 330,
      capacityW: 5_000,
      methodologyId: 3,
      creditingFrom: Date.UTC(2025, 11, 31, 18, 30) / 1000,
      creditingUntil: Date.UTC(2035, 11, 31, 18, 30) / 1000,
    });
    assert.notEqual(plant, undefined);
    if (plant === undefined) return;
    const { call } = registerTransaction(`0x${'12'.repeat(20)}`, plant, 'GCCM001 v4');
    assert.equal(call.functionName, 'registerProject');
    assert.deepEqual(call.args, [{ ...plant, country: '0x494e' }]);
  });

  it('is refused field by field, as the contract would', () => {
    const wrong: Readonly<Record<keyof PlantDraft, string>> = {
      name: 'é'.repeat(33),
      country: 'IND',
      latitude: '90.000001',
      longitude: '181',
      utcOffset: '+14:01',
      capacity: '0',
      methodologyId: '9',
      from: '',
      until: '2026-01-01',
    };
    for (const field of FIELDS) {
      const checked = checkPlant({ ...draft, [field]: wrong[field] }, versions);
      assert.equal(checked[field].ok, false, field);
      assert.equal(checked.plant, undefined, field);
    }
  });

  it('begins while its version is in force', () => {
    const early = checkPlant({ ...draft, from: '2019-12-31' }, versions);
    assert.equal(early.methodologyId.ok, false);
  });

  it('has degrees of six decimals at most, and an offset of the whole Earth', () => {
    assert.deepEqual(checkDegrees('-0.000001', 90), { ok: true, value: -1 });
    assert.deepEqual(checkDegrees('−90', 90), { ok: true, value: -90_000_000 });
    assert.equal(checkDegrees('1.0000001', 90).ok, false);
    assert.equal(checkDegrees('', 90).ok, false);
    assert.deepEqual(checkOffset('-12'), { ok: true, value: -720 });
    assert.deepEqual(checkOffset('UTC+14:00'), { ok: true, value: 840 });
    assert.equal(checkOffset('5.5').ok, false);
  });
});

describe('an emission factor that a validator types', () => {
  it('is exact micrograms per Wh, and zero is a value', () => {
    assert.deepEqual(checkFactor('0.352'), { ok: true, value: 352_000 });
    assert.deepEqual(checkFactor('0'), { ok: true, value: 0 });
    for (const typed of ['', '-1', '0.3520001', '4295', 'x']) {
      assert.equal(checkFactor(typed).ok, false, typed);
    }
  });
});

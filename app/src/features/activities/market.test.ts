import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newOwn, UNCHOSEN } from './factorRef.ts';
import {
  fromMarket,
  missingInMarket,
  NO_INSTRUMENTS,
  toMarket,
  withChanged,
  withInstrument,
  withoutInstrument,
  type InstrumentDraft,
} from './market.ts';

const bought = { date: '2025-03-31', region: 'GBR', energy: { value: '900', unit: 'MWh' } };
const one = withInstrument(NO_INSTRUMENTS, bought);
const two = withInstrument(one, bought);
const whole: Omit<InstrumentDraft, 'key'> = {
  ...{ kind: 'certificate', evidence: ' GO 1 to 9 ', energy: { value: ' 9 ', unit: 'MWh' } },
  ...{ region: 'GBR', vintageYear: '2025', factor: { kind: 'id', id: 'private@1/wind' } },
};
const filled = withChanged(one, { ...whole, key: 1 });

describe('what covers bought energy', () => {
  test('begins with the year, market and unit of what was bought, its energy open', () => {
    assert.deepEqual(one.instruments, [
      {
        ...{ key: 1, kind: 'certificate', evidence: '', region: 'GBR', vintageYear: '2025' },
        ...{ energy: { value: '', unit: 'MWh' }, factor: UNCHOSEN },
      },
    ]);
  });

  test('is told apart while instruments come and go', () => {
    const left = withoutInstrument(two, 1);
    assert.deepEqual(
      withInstrument(left, bought).instruments.map(({ key }) => key),
      [2, 3],
    );
    const changed = withChanged(two, { ...whole, key: 2 });
    assert.deepEqual(
      changed.instruments.map(({ evidence }) => evidence),
      ['', ' GO 1 to 9 '],
    );
  });

  test('says what is missing, and of which instrument', () => {
    assert.equal(missingInMarket(NO_INSTRUMENTS, ''), undefined);
    assert.equal(missingInMarket(filled, 'GBR'), undefined);
    const missing = (change: Partial<InstrumentDraft>): string =>
      missingInMarket(withChanged(one, { ...whole, key: 1, ...change }), 'GBR') ?? '';
    assert.match(missing({ energy: { value: '', unit: 'MWh' } }), /^Instrument 1: .*energy/);
    assert.match(missing({ energy: { value: '9', unit: ' ' } }), /unit/);
    assert.match(missing({ vintageYear: '25' }), /year/);
    assert.match(missing({ region: '' }), /market/);
    assert.match(missing({ evidence: ' ' }), /proves/);
    assert.match(missing({ factor: UNCHOSEN }), /Choose a factor/);
    assert.match(missing({ factor: newOwn('AR5') }), /Name the factor/);
    assert.match(missingInMarket(filled, ' ') ?? '', /region where the energy was used/);
    const mix = { ...filled, residual: UNCHOSEN };
    assert.match(missingInMarket(mix, 'GBR') ?? '', /^Residual mix: /);
  });

  test('is sent trimmed, and can be entered again', () => {
    const sent = toMarket({ ...filled, residual: { kind: 'id', id: 'mix' } });
    assert.deepEqual(sent, {
      instruments: [
        {
          ...{ kind: 'certificate', evidence: 'GO 1 to 9', energy: { value: '9', unit: 'MWh' } },
          ...{ region: 'GBR', vintageYear: 2025, factor: { kind: 'id', id: 'private@1/wind' } },
        },
      ],
      residual: { kind: 'id', id: 'mix' },
    });
    const again = fromMarket(sent);
    assert.deepEqual(again === undefined ? undefined : toMarket(again), sent);
  });

  test('with a factor of several gases is more than the form shows', () => {
    const gas = { gas: 'CO2', value: '1', massUnit: 'kg' };
    const texts = { name: 'Rate', source: 'Bill', unit: 'kWh', uncertaintyPercent: undefined };
    const factor = { ...texts, gases: [gas, { ...gas, gas: 'CH4' }], gwpSet: undefined };
    const residual = { kind: 'own' as const, factor };
    assert.equal(fromMarket({ instruments: [], residual }), undefined);
  });
});

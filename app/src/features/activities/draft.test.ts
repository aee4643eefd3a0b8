import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Activity, Factor, Method } from '../../api/index.ts';
import {
  EMPTY,
  fromActivity,
  isPurchased,
  maySayByMeter,
  missingIn,
  toBody,
  withFactor,
  withGas,
  withMethod as withMethodUnder,
  type Draft,
} from './draft.ts';
import { factorNameOf, gasOf, UNCHOSEN } from './factorRef.ts';
import { gasLabel, gasOptions } from '../../forms/factorOptions.ts';
import { quantityText } from './words.ts';

const input = (name: string, optional: boolean) => ({
  ...{ name, optional, label: `${name} used`, kind: 'quantity' as const, dimension: undefined },
  sourced: false,
});
const method: Method = {
  ...{ id: 'stationary-combustion', title: 'Fuel', cites: 'GHG Protocol' },
  ...{ uses: [{ scope: '1', categories: ['stationary'] }], bases: ['combustion'] },
  parts: [{ name: 'amount', formula: 'fuel', inputs: [input('fuel', false), input('loss', true)] }],
};
const factor: Factor = {
  ...{ id: 'defra@2024/gas', set: 'defra@2024', name: 'Gas', activity: 'gas', region: 'GBR' },
  ...{ unit: 'kWh_net', basis: 'combustion', uses: [], gases: [], year: 2024 },
  ...{ validFrom: 2024, validTo: 2024, published: '2024', uncertaintyPercent: undefined },
  notes: undefined,
};
const withMethod = (draft: Draft, chosen: Method): Draft => withMethodUnder(draft, chosen, 'AR6');
const full: Draft = {
  ...withMethod(EMPTY, method),
  ...{ date: '2025-06-30', factor: { kind: 'id', id: 'defra@2024/gas' }, site: ' Mill ' },
  inputs: { fuel: { value: ' 1250.5 ', unit: 'L' }, loss: { value: '', unit: '' } },
};

describe('an activity that is being entered', () => {
  test('begins with the first category and part of its method', () => {
    assert.equal(withMethod(EMPTY, method).category, 'stationary');
    assert.equal(withMethod(EMPTY, method).part, 'amount');
  });

  test('takes the unit of its factor where none was typed', () => {
    const chosen = withFactor(withMethod(EMPTY, method), method, factor);
    assert.deepEqual(chosen.inputs['fuel'], { value: '', unit: 'kWh_net' });
    assert.deepEqual(chosen.factor, { kind: 'id', id: factor.id });
    assert.equal(withFactor(full, method, factor).inputs['fuel']?.unit, 'L');
  });

  test('says what is missing, in the order of the form', () => {
    assert.match(missingIn(EMPTY, undefined) ?? '', /method/);
    assert.match(missingIn(withMethod(EMPTY, method), method) ?? '', /day/);
    assert.match(missingIn({ ...full, inputs: {} }, method) ?? '', /fuel used/);
    assert.match(missingIn({ ...full, factor: UNCHOSEN }, method) ?? '', /factor/);
    assert.equal(missingIn(full, method), undefined);
  });

  test('is sent without what was left empty', () => {
    const body = toBody(full, '7');
    assert.deepEqual(body.items[0]?.inputs, { fuel: { value: '1250.5', unit: 'L' } });
    assert.equal(body.site, 'Mill');
    assert.equal('region' in body, false);
    assert.equal('market' in body, false);
  });

  test('has both sides of Scope 2 when it is purchased energy', () => {
    const body = toBody({ ...full, method: 'purchased-energy' }, '7');
    assert.deepEqual(body.market, { instruments: [], residual: 'none-published' });
  });

  test('asks for what covers bought energy, and for that alone', () => {
    const bought = { ...full, method: 'purchased-energy' };
    const open = { ...bought, market: { instruments: [], residual: UNCHOSEN } };
    assert.deepEqual([isPurchased(bought), isPurchased(full)], [true, false]);
    assert.match(missingIn(open, method) ?? '', /Residual mix/);
    assert.equal(missingIn({ ...open, method: full.method }, method), undefined);
  });

  test('of emissions that are reported says by whom, and no factor', () => {
    const inputs = [
      { ...input('yearly', false), dimension: 'mass*year^-1' },
      { ...input('years', false), dimension: 'year' },
      { ...input('ours', false) },
    ];
    const parts = [{ name: 'amount', formula: 'yearly', inputs }];
    const begun = withMethod(full, { ...method, id: 'project-lifetime', parts });
    assert.deepEqual(begun.factor, { kind: 'reported', gwpSet: 'AR6', source: '' });
    assert.deepEqual(begun.inputs, {
      ...{ yearly: { value: '', unit: 'kg/year' }, years: { value: '', unit: 'year' } },
    });
    assert.deepEqual(withMethod(begun, method).factor, UNCHOSEN);
    const done = { ...begun, inputs: { yearly: { value: '7', unit: 't/year' } } };
    const single: Method = {
      ...method,
      parts: [{ name: 'amount', formula: 'yearly', inputs: inputs.slice(0, 1) }],
    };
    assert.match(missingIn(done, single) ?? '', /who reports/);
    const factorOf = (source: string): Draft => ({
      ...{ ...done, factor: { kind: 'reported', gwpSet: 'AR5', source } },
    });
    assert.equal(missingIn(factorOf(' Report '), single), undefined);
    assert.deepEqual(toBody(factorOf(' Report '), '7').items[0]?.factor, {
      ...{ kind: 'reported', gwpSet: 'AR5', source: 'Report' },
    });
  });

  test('keeps how uncertain a figure is, and leaves out what was not said', () => {
    const of = (uncertaintyPercent: string) => {
      const draft = { ...full, inputs: { fuel: { value: '2', unit: 'L', uncertaintyPercent } } };
      return toBody(draft, '7').items[0]?.inputs['fuel'];
    };
    assert.deepEqual(of(' 5 '), { value: '2', unit: 'L', uncertaintyPercent: '5' });
    assert.deepEqual(of(' '), { value: '2', unit: 'L' });
    assert.equal(quantityText({ value: '2', unit: 'L', uncertaintyPercent: '5' }), '2 L ± 5 %');
    assert.equal(quantityText({ value: '0.5', unit: '' }), '0.5');
  });

  test('that was kept can be entered again, unless it has more than the form shows', () => {
    const gas = { gas: 'CO2', value: '1', massUnit: 'kg' };
    const rate = { ...{ name: 'Rate', source: 'Bill', unit: 'kWh' }, gwpSet: undefined };
    const own = (count: number) => ({
      kind: 'own' as const,
      factor: { ...rate, gases: Array.from({ length: count }, () => gas), uncertaintyPercent: '3' },
    });
    const kept = (count: number): Activity => ({
      ...{ id: '1', version: 1, change: 'created', workspaceId: '7', supplierId: undefined },
      ...{ evidence: '', readings: undefined, lines: [], engineVersion: '1', actor: 'me' },
      changedAt: 1,
      input: {
        ...{ method: 'purchased-energy', category: 'steam', date: '2025-06-30', site: undefined },
        region: 'GBR',
        items: [{ part: undefined, inputs: [], factor: own(count) }],
        market: { instruments: [], residual: { kind: 'id', id: 'mix' } },
      },
    });
    const draft = fromActivity(kept(1));
    assert.deepEqual(draft?.factor, own(1));
    assert.deepEqual(draft?.market.residual, { kind: 'id', id: 'mix' });
    assert.equal(fromActivity(kept(2)), undefined);
  });

  test('names a gas in the place of a factor where one is let out, and nowhere else', () => {
    const release = { ...method, id: 'fugitive-release', bases: ['release'] };
    const empty = { ...full, ...{ method: release.id, factor: UNCHOSEN } };
    assert.match(missingIn(empty, release) ?? '', /gas or a factor/);
    const named = withGas(empty, 'R-410A');
    assert.equal(missingIn(named, release), undefined);
    assert.deepEqual(toBody(named, '7').items[0]?.factor, { kind: 'gas', gas: 'R-410A' });
    assert.equal(factorNameOf(named.factor), 'R-410A, let out as it is');
    assert.equal(gasOf(withFactor(named, release, factor).factor), '');
    assert.equal(withGas(named, '').factor, UNCHOSEN);
    assert.equal(gasOf(withMethod(named, release).factor), 'R-410A');
    assert.equal(withMethod(named, method).factor, UNCHOSEN);
    assert.deepEqual(withMethod(full, method).factor, full.factor);
  });

  test('gives an exchange rate with who publishes it and of which day', () => {
    const rate = { ...input('exchange', true), sourced: true };
    const inputs = [input('spend', false), rate];
    const spend: Method = { ...method, parts: [{ name: 'amount', formula: 'spend', inputs }] };
    const paid = { value: '100', unit: 'GBP:2022' };
    const of = (exchange: Draft['inputs'][string]) => ({
      ...full,
      inputs: { spend: paid, exchange },
    });
    const figure = { value: '1.24', unit: 'USD:2022/GBP:2022' };
    const published = { source: ' Bank of England ', date: '2022-06-30' };
    assert.match(missingIn(of(figure), spend) ?? '', /where it is from/);
    assert.match(missingIn(of({ ...figure, ...published, source: ' ' }), spend) ?? '', /where/);
    assert.match(missingIn(of({ ...figure, ...published, date: '' }), spend) ?? '', /which day/);
    assert.equal(missingIn(of({ ...figure, ...published }), spend), undefined);
    assert.equal(missingIn(of({ value: '', unit: '' }), spend), undefined);
    assert.deepEqual(toBody(of({ ...figure, ...published }), '7').items[0]?.inputs, {
      ...{ spend: paid, exchange: { ...figure, source: 'Bank of England', date: '2022-06-30' } },
    });
    const open = { ...full, inputs: {} };
    assert.equal(withFactor(open, spend, factor).inputs['exchange'], undefined);
    const shown = quantityText({ ...figure, source: 'Bank of England', date: '2022-06-30' });
    assert.equal(shown, '1.24 USD:2022/GBP:2022 (Bank of England, 2022-06-30)');
  });

  test('shows what a blend is made of, and the other names of a gas', () => {
    const blend = [
      { gas: 'HFC32', share: '0.5' },
      { gas: 'HFC125', share: '0.075' },
    ];
    const label = gasLabel({ name: 'R-410A', otherNames: [], components: blend });
    assert.equal(label, 'R-410A: HFC32 50%, HFC125 7.5%');
    const gas = { name: 'HFC134a', otherNames: ['R-134a'], components: [] };
    assert.equal(gasLabel(gas), 'HFC134a (R-134a)');
    const offered = gasOptions([gas, { name: 'R-410A', otherNames: [], components: blend }]);
    assert.deepEqual(
      offered.map(({ label }) => label),
      ['CO₂e', 'CO₂', 'CH₄', 'N₂O', 'CO₂, biogenic', 'HFC134a (R-134a)'],
    );
  });

  test('takes its energy from signed readings instead of a figure', () => {
    const readings = { deviceIds: ['0x01'], from: '2025-06-01T00:00', until: '2025-06-30T00:00' };
    const bought = { ...full, method: 'purchased-energy', category: 'electricity' };
    assert.equal(maySayByMeter(bought), true);
    assert.equal(maySayByMeter(full), false);
    const cited = { ...bought, readings };
    assert.equal(missingIn({ ...cited, inputs: {} }, method), undefined);
    assert.match(
      missingIn({ ...cited, readings: { ...readings, deviceIds: [] } }, method) ?? '',
      /devices/,
    );
    assert.match(
      missingIn({ ...cited, readings: { ...readings, until: '' } }, method) ?? '',
      /when/,
    );
    const body = toBody(cited, '7');
    assert.deepEqual(body.items[0]?.inputs, {});
    assert.deepEqual(body.readings, { deviceIds: ['0x01'], from: 1748736000, until: 1751241600 });
  });
});

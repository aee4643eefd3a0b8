import assert from 'node:assert/strict';
import { it } from 'node:test';
import { toDraft } from './draft.ts';
import { layoutOf } from './layout.ts';
import { importOptionsShape } from './options.ts';

const HEAD = ['Day', 'Refrigerant', 'kg', 'Factor'];
const options = importOptionsShape.parse({
  mapping: { Day: 'date', Refrigerant: 'gas', kg: 'quantity', Factor: 'factor' },
  defaults: { method: 'fugitive-release', unit: 'kg' },
  ...{ decimal: 'point', dates: 'iso' },
});
const reader = {
  ...{ options, layout: layoutOf(HEAD, options) },
  ...{ workspaceId: 1, suppliers: new Map<string, number>() },
};
const read = (...cells: readonly string[]) =>
  toDraft(reader, { line: 2, cells: ['2024-06-30', ...cells] }).input.items;

it('a gas or refrigerant that is named needs no factor, and is the mass let out', () => {
  assert.deepEqual(read('R-410A', '2.5', ''), [
    {
      inputs: { released: { value: '2.5', unit: 'kg' } },
      factor: { kind: 'gas', gas: 'R-410A' },
    },
  ]);
});

it('a gas beside a factor is refused, for either could be meant', () => {
  assert.throws(() => read('R-410A', '2.5', 'defra@2020/x'), {
    code: 'FACTOR_AMBIGUOUS',
    message: /defra@2020\/x and R-410A/,
  });
  assert.throws(() => read('', '2.5', ''), {
    code: 'INPUT_MISSING',
    message: /a factor id, a gas/,
  });
});

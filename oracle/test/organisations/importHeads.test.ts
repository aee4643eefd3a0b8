import assert from 'node:assert/strict';
import { it } from 'node:test';
import { inspectionSchema } from '../../src/api/schemas/import.ts';
import { problemSchema } from '../../src/api/schemas/shared.ts';
import { HEAD, NATURAL_GAS, openImportDesk, OPTIONS } from '../support/importDesk.ts';
import { describeOnBothStores } from '../support/stores.ts';
import { sheetsOf } from '../support/xlsx.ts';

const INSPECT = '/v1/imports/inspect';
const day = { serial: 45_473 };
const cells = (amount: number | string) => [
  ...[day, 'stationary-combustion', 'Kiel', amount, 'MMBtu_gross', NATURAL_GAS],
];
const merged = (ref: string) => `<mergeCells><mergeCell ref="${ref}"/></mergeCells>`;

describeOnBothStores('the head line of an import', (store) => {
  const { renew, post, load, report, row } = openImportDesk(store);
  const inspect = async (file: BodyInit, query = '') => {
    const { status, body } = await post(file, {}, `${INSPECT}${query}`);
    assert.equal(status, 200, JSON.stringify(body));
    return inspectionSchema.strict().parse(body);
  };

  it('is found below lines of titles in CSV, is remembered, and rows keep their lines', async () => {
    await renew();
    const semicolons = (line: string) => line.replaceAll(',', ';');
    const file = [
      ...['Fuel, all sites', 'Year;2024', '', semicolons(HEAD)],
      ...[row('1'), row('x')].map(semicolons),
    ].join('\n');
    const seen = await inspect(file);
    assert.deepEqual([seen.headLine, seen.columns], [4, HEAD.split(',')]);
    assert.deepEqual([seen.sheets, seen.sheet, seen.sample.length], [[], null, 2]);
    const done = await load(file, { options: { ...OPTIONS, headLine: seen.headLine } });
    assert.deepEqual([done.accepted, done.refused], [1, 1]);
    assert.deepEqual(
      (await report(done.id)).map(({ line, status }) => [line, status]),
      [
        [5, 'accepted'],
        [6, 'refused'],
      ],
    );
    assert.equal((await inspect(file)).remembered?.headLine, 4);
    const other = await inspect(file, '?headLine=2');
    assert.deepEqual([other.headLine, other.columns], [2, ['Year', '2024']]);
    const unsaid = await load(file, { options: OPTIONS });
    assert.deepEqual([unsaid.state, unsaid.code], ['failed', 'IMPORT_COLUMNS']);
  });

  it('is line 1 of a file that has no titles', async () => {
    await renew();
    assert.equal((await inspect(`${HEAD}\n${row('1')}`)).headLine, 1);
    assert.equal((await inspect('Site;2023;2024\nKiel;1,5;2,5')).headLine, 1);
  });

  it('is of the sheet that is named, and only cells above it may be merged', async () => {
    await renew();
    const sheets = {
      Notes: [['What this is'], ['Figures of fuel']],
      Fuel: [['Fuel 2024'], [], HEAD.split(','), cells(7), cells('y')],
    };
    const file = Uint8Array.from(sheetsOf(sheets, merged('A1:D1')));
    const first = await inspect(file);
    assert.deepEqual([first.sheets, first.sheet], [['Notes', 'Fuel'], 'Notes']);
    const seen = await inspect(file, '?sheet=Fuel');
    assert.deepEqual([seen.sheet, seen.headLine, seen.columns], ['Fuel', 3, HEAD.split(',')]);
    const options = { ...OPTIONS, sheet: 'Fuel', headLine: 3 };
    const done = await load(file, { options });
    assert.deepEqual([done.accepted, done.refused], [1, 1]);
    assert.equal((await report(done.id))[1]?.line, 5);
    const { remembered } = await inspect(file, '?sheet=Fuel');
    assert.deepEqual([remembered?.sheet, remembered?.headLine], ['Fuel', 3]);

    for (const ref of ['A3:B3', 'A2:A3', 'C4:C5']) {
      const low = await load(Uint8Array.from(sheetsOf(sheets, merged(ref))), { options });
      assert.deepEqual([low.state, low.code], ['failed', 'CELLS_MERGED']);
    }
    const { status, body } = await post(file, {}, `${INSPECT}?sheet=2025`);
    assert.equal(status, 400);
    assert.match(problemSchema.parse(body).detail, /2025.*Notes, Fuel/);
  });
});

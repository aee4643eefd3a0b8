import assert from 'node:assert/strict';
import { it } from 'node:test';
import { importSchema, inspectionSchema } from '../../src/api/schemas/import.ts';
import { activityPage } from '../../src/api/schemas/inventory.ts';
import { problemSchema } from '../../src/api/schemas/shared.ts';
import { HEAD, NATURAL_GAS, openImportDesk, OPTIONS } from '../support/importDesk.ts';
import { describeOnBothStores } from '../support/stores.ts';
import { workbookOf, zipOf } from '../support/xlsx.ts';

const DIESEL = 'epa-hub@2024/mobile-co2/diesel-fuel';
const INSPECT = '/v1/imports/inspect';

describeOnBothStores('imports of activities', (store) => {
  const desk = openImportDesk(store);
  const { renew, post, load, report, row, lines } = desk;

  it('store what is sound, say what is wrong with each other row, and remember the mapping', async () => {
    await renew();
    const { owner, query } = desk.at();
    const rows = [row('1'), row('x'), row('3', '=HYPERLINK(A1)'), row('4', 'Kiel', '2999-01-01')];
    const done = await load([HEAD, ...rows, row('1'), ''].join('\n'));
    const { state, accepted, duplicate, refused } = done;
    assert.deepEqual([state, accepted, duplicate, refused], ['done', 1, 1, 3]);
    assert.deepEqual(
      (await report(done.id)).map(({ line, status, code }) => [line, status, code]),
      [
        [2, 'accepted', ''],
        [3, 'refused', 'QUANTITY_INVALID'],
        [4, 'refused', 'CELL_UNSAFE'],
        [5, 'refused', 'ACTIVITY_IN_FUTURE'],
        [6, 'duplicate', ''],
      ],
    );
    const csv = await owner.ask(`/v1/imports/${done.id}/report.csv${query}`);
    assert.match(String(csv.body), /^line,status,activity/);
    assert.ok(!/(^|,)=/m.test(String(csv.body)));
    assert.equal(await lines(), 1);
    const seen = await post(`${HEAD}\n${row('9')}`, {}, INSPECT);
    const inspection = inspectionSchema.strict().parse(seen.body);
    assert.deepEqual(inspection.columns, HEAD.split(','));
    assert.deepEqual(inspection.remembered?.mapping, OPTIONS.mapping);
  });

  it('name the part of a method that is computed from several figures', async () => {
    await renew();
    const defaults = { method: 'mobile-combustion-fuel', unit: 'gal_us', factor: DIESEL };
    const mapping = { Day: 'date', Litres: 'quantity' };
    const options = { ...OPTIONS, mapping, defaults };
    const file = 'Day,Litres\n2024-06-30,40';
    const unnamed = await load(file, { options });
    assert.deepEqual([unnamed.accepted, unnamed.refused], [0, 1]);
    const named = await load(file, {
      options: { ...options, defaults: { ...defaults, part: 'fuel' } },
    });
    assert.deepEqual([named.accepted, named.refused], [1, 0]);
  });

  it('state factors of their own, each with its source, or how uncertain one of a set is', async () => {
    await renew();
    const { owner, query } = desk.at();
    const file = [
      'Day,MMBtu,±%,Factor,Name,Document,CO2,CH4,of factor ±%',
      '2024-06-30,10,3,,Biogas,Label 2024,2.5,0.1,4',
      `2024-06-30,10,0,${NATURAL_GAS},,Report 12,,,10`,
      '2024-06-30,10,3,,Biogas,,2.5,0.1,4',
    ].join('\n');
    const mapping = {
      ...{ Day: 'date', MMBtu: 'quantity', '±%': 'uncertainty', Factor: 'factor' },
      ...{ Name: 'factorName', Document: 'factorSource', 'of factor ±%': 'factorUncertainty' },
      ...{ CO2: 'factor:CO2', CH4: 'factor:CH4' },
    };
    const defaults = {
      ...{ method: 'stationary-combustion', unit: 'MMBtu_gross' },
      ...{ factorUnit: 'MMBtu_gross', factorMass: 'kg' },
    };
    const done = await load(file, { options: { ...OPTIONS, mapping, defaults } });
    assert.deepEqual([done.accepted, done.refused], [2, 1]);
    const refused = (await report(done.id)).find(({ status }) => status === 'refused');
    assert.deepEqual(
      [refused?.line, refused?.code, refused?.field],
      [4, 'INPUT_MISSING', 'factorSource'],
    );
    const { activities } = await owner.get(`/v1/activities${query}`, activityPage);
    const [stated, ofSet] = activities.toSorted((a, b) => (a.importRow ?? 0) - (b.importRow ?? 0));
    // 10 x (2.5 kg CO2 + 0.1 kg CH4 of 27.9): 52.9 kg, of which 3 % and 4 % make 5 %.
    const [line] = stated?.lines ?? [];
    assert.deepEqual([line?.kgCo2e, line?.uncertainty?.halfWidthKgCo2e], ['52.9', '2.645']);
    const gas = ofSet?.lines[0];
    const tenth = Number(gas?.kgCo2e) / 10;
    assert.ok(Math.abs(Number(gas?.uncertainty?.halfWidthKgCo2e) - tenth) < 1e-9);
  });

  it('take a sheet with a column for each month cell by cell, and an empty cell or a lone dash for none', async () => {
    await renew();
    const { owner, query } = desk.at();
    const file = [
      'Site,Meter,Jan 2024,Feb-24,2024-03,Total',
      'Kiel,A,10,,0,10',
      'Bonn,B,"1,200.5",x,=1+1,1',
      'Kiel,C,10,-,3,13',
    ].join('\n');
    const seen = inspectionSchema.strict().parse((await post(file, {}, INSPECT)).body);
    assert.deepEqual(
      seen.months.map(({ column, year, month }) => [column, year, month]),
      [
        ['Jan 2024', '2024', '01'],
        ['Feb-24', '2024', '02'],
        ['2024-03', '2024', '03'],
      ],
    );
    const months = Object.fromEntries(seen.months.map(({ column }) => [column, 'month']));
    const options = {
      ...{ mapping: { Site: 'site', ...months }, decimal: 'point', dates: 'iso' },
      defaults: { method: 'stationary-combustion', unit: 'MMBtu_gross', factor: NATURAL_GAS },
    };
    const done = await load(file, { options });
    const { rows, accepted, duplicate, refused, skipped } = done;
    assert.deepEqual([rows, accepted, duplicate, refused, skipped], [3, 4, 1, 2, 2]);
    assert.deepEqual(
      (await report(done.id)).map((one) => [one.line, one.column, one.status, one.code, one.value]),
      [
        [2, 'Jan 2024', 'accepted', '', ''],
        [2, 'Feb-24', 'skipped', '', ''],
        [2, '2024-03', 'accepted', '', ''],
        [3, 'Jan 2024', 'accepted', '', ''],
        [3, 'Feb-24', 'refused', 'QUANTITY_INVALID', 'x'],
        [3, '2024-03', 'refused', 'CELL_UNSAFE', "'=1+1"],
        [4, 'Jan 2024', 'duplicate', '', ''],
        [4, 'Feb-24', 'skipped', '', ''],
        [4, '2024-03', 'accepted', '', ''],
      ],
    );
    assert.equal((await report(done.id))[6]?.detail, 'the same as line 2, Jan 2024');
    const { activities } = await owner.get(`/v1/activities${query}`, activityPage);
    assert.deepEqual(
      activities.map(({ input, importRow }) => [
        ...[importRow, input.date, input.site],
        JSON.stringify(input.items).match(/"value":"([^"]+)"/)?.[1],
      ]),
      [
        [2, '2024-01-31', 'Kiel', '10'],
        [2, '2024-03-31', 'Kiel', '0'],
        [3, '2024-01-31', 'Bonn', '1200.5'],
        [4, '2024-03-31', 'Kiel', '3'],
      ],
    );
  });

  it('take the year of months without one from its own column', async () => {
    await renew();
    const { owner, query } = desk.at();
    const defaults = { method: 'stationary-combustion', unit: 'MMBtu_gross', factor: NATURAL_GAS };
    const mapping = { January: 'month', Feb: 'month' };
    const options = { mapping, defaults, decimal: 'point', dates: 'iso' };
    const file = 'January,Feb,Year\n1,2,2023\n3,4,2024\n5,6,';
    const inYear = { ...options, mapping: { ...mapping, Year: 'year' } };
    const done = await load(file, { options: inYear });
    assert.deepEqual([done.accepted, done.refused], [4, 2]);
    const { activities } = await owner.get(`/v1/activities${query}`, activityPage);
    assert.deepEqual(
      activities.map(({ input }) => input.date),
      ['2023-01-31', '2023-02-28', '2024-01-31', '2024-02-29'],
    );
    const refusedRow = (await report(done.id)).at(-1);
    assert.deepEqual(
      [refusedRow?.code, refusedRow?.field, refusedRow?.value],
      ['ACTIVITY_DATE_INVALID', 'year', 'nothing'],
    );
  });

  it('store nothing on a dry run', async () => {
    await renew();
    const done = await load(`${HEAD}\n${row('1')}\n${row('2')}`, { dryRun: 'true' });
    assert.deepEqual([done.state, done.accepted], ['done', 2]);
    assert.equal(await lines(), 0);
  });

  it('read a byte order mark, semicolons, decimal commas and quotes', async () => {
    await renew();
    const { owner, query } = desk.at();
    const text = `\ufeff${HEAD.replaceAll(',', ';')}\r\n30.06.2024;stationary-combustion;"Kiel; Nord";1.234,5;MMBtu_gross;${NATURAL_GAS}\r\n`;
    const options = { ...OPTIONS, decimal: 'comma', dates: 'dmy' };
    const done = await load(text, { options });
    assert.deepEqual([done.accepted, done.refused], [1, 0]);
    const { activities } = await owner.get(`/v1/activities${query}`, activityPage);
    assert.equal(activities[0]?.input.site, 'Kiel; Nord');
    assert.match(JSON.stringify(activities[0]?.input), /"value":"1234.5"/);
  });

  it('read what is not UTF-8 as Windows-1252 and say so, and refuse what is text in neither', async () => {
    await renew();
    const text = `\ufeff${HEAD.replaceAll(',', ';')};Beleg Größe\r\n2024-06-30;stationary-combustion;Köln £ ~;12;MMBtu_gross;${NATURAL_GAS};ß`;
    // 0x80 is the euro sign in Windows-1252, and a control character in Latin-1.
    const ansi = Buffer.from(text.slice(1).replace('~', '\x80'), 'latin1');
    const options = { ...OPTIONS, mapping: { ...OPTIONS.mapping, 'Beleg Größe': 'evidence' } };
    const inspect = async (file: Buffer) => post(Uint8Array.from(file), {}, INSPECT);
    const seen = inspectionSchema.strict().parse((await inspect(ansi)).body);
    assert.equal(seen.encoding, 'windows-1252');
    assert.deepEqual([seen.columns.at(-1), seen.sample[0]?.[2]], ['Beleg Größe', 'Köln £ €']);
    const done = await load(Uint8Array.from(ansi), { options });
    assert.deepEqual([done.accepted, done.encoding], [1, 'windows-1252']);
    const utf8 = Buffer.from(text.replace('~', '€'));
    const same = await load(Uint8Array.from(utf8), { options });
    assert.deepEqual([same.duplicate, same.encoding], [1, 'utf-8']);
    const torn = Buffer.concat([utf8.subarray(0, -1), Buffer.from('\n')]);
    for (const [file, says] of [
      [Buffer.concat([ansi, Buffer.from([0])]), /byte 0x00 at \d+/],
      [Buffer.concat([ansi, Buffer.from([0x8d])]), /byte 0x8d at \d+/],
      [Buffer.from(text, 'utf16le'), /byte 0x00 at 3/],
      [torn, /byte order mark of UTF-8/],
    ] as const) {
      const { status, body } = await inspect(file);
      const { code, detail } = problemSchema.parse(body);
      assert.deepEqual([status, code], [400, 'FILE_MALFORMED']);
      assert.match(detail, says);
    }
  });

  it('read a workbook with dates, numbers and blank rows between', async () => {
    await renew();
    const { owner, query } = desk.at();
    const cells = [
      { serial: 45_473 },
      'stationary-combustion',
      'Kiel',
      12.5,
      'MMBtu_gross',
      NATURAL_GAS,
    ];
    const blank = Array.from({ length: 1_000 }, () => []);
    const done = await load(
      workbookOf([HEAD.split(','), cells, ...blank, [...cells.slice(0, 3), 13, ...cells.slice(4)]]),
    );
    assert.deepEqual([done.format, done.accepted, done.refused], ['xlsx', 2, 0]);
    const { activities } = await owner.get(`/v1/activities${query}`, activityPage);
    assert.equal(activities[0]?.input.date, '2024-06-30');
    assert.deepEqual(
      (await report(done.id)).map(({ line }) => line),
      [2, 1003],
    );
  });

  it('read numbers of a workbook as they were entered, whatever sign texts have before decimals', async () => {
    const entered = [1.234, { stored: '1.1000000000000001' }, 1234.5, { stored: '2.5E-3' }, 1234];
    for (const [decimal, text] of [
      ['comma', '1.234,5'],
      ['point', '1,234.5'],
    ] as const) {
      await renew();
      const { owner, query } = desk.at();
      const rows = [...entered, text].map((amount, index) => [
        { serial: 45_473 - index },
        ...['stationary-combustion', 'Kiel', amount, 'MMBtu_gross', NATURAL_GAS],
      ]);
      const options = { ...OPTIONS, decimal };
      const done = await load(workbookOf([HEAD.split(','), ...rows]), { options });
      assert.deepEqual([done.accepted, done.refused], [6, 0]);
      const { activities } = await owner.get(`/v1/activities${query}`, activityPage);
      const values = activities.map(({ input }) => input.items[0]?.inputs['fuel']?.value);
      assert.deepEqual(values.sort(), ['0.0025', '1.1', '1.234', '1234', '1234.5', '1234.5']);
    }
  });

  it('refuse files that are none, bombs and merged cells by name, and keep nothing', async () => {
    await renew();
    const bomb = zipOf({
      'xl/workbook.xml': '<workbook/>',
      'xl/worksheets/sheet1.xml': Buffer.alloc(60_000_000, 0x20),
    });
    const merged = workbookOf(
      [HEAD.split(',')],
      '<mergeCells><mergeCell ref="A2:A9"/></mergeCells>',
    );
    const broken = zipOf({
      'xl/workbook.xml': '<workbook/>',
      'xl/worksheets/sheet1.xml': '<a><b>',
    });
    for (const [file, code] of [
      [bomb, 'FILE_INFLATES'],
      [merged, 'CELLS_MERGED'],
      [broken, 'FILE_MALFORMED'],
      [Buffer.from('PK\u0003\u0004 nonsense'), 'FILE_MALFORMED'],
      [Buffer.from(''), 'UPLOAD_EMPTY'],
      [Buffer.from('Day,Other\n1,2'), 'IMPORT_COLUMNS'],
    ] as const) {
      const done = await load(Uint8Array.from(file));
      assert.deepEqual([done.state, done.code], ['failed', code]);
    }
    assert.equal(await lines(), 0);
  });

  it('are undone, but for what somebody changed since', async () => {
    await renew();
    const { owner, query, workspaceId } = desk.at();
    const done = await load([HEAD, row('1'), row('2'), row('3')].join('\n'));
    const { activities: known } = await owner.get(`/v1/activities${query}`, activityPage);
    const [first] = known;
    const changed = await owner.ask(`/v1/activities/${first?.id ?? ''}${query}`, {
      ...{ method: 'PUT', headers: { 'if-match': '"v1"' } },
      body: { ...first?.input, workspaceId, evidence: 'corrected' },
    });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    const undone = await owner.get(`/v1/imports/${done.id}/undo${query}`, importSchema.strict(), {
      method: 'POST',
    });
    assert.deepEqual([undone.state, undone.kept], ['undone', 1]);
    assert.equal(await lines(), 1);
    const again = await owner.refused(`/v1/imports/${done.id}/undo${query}`, { method: 'POST' });
    assert.equal(again, 'IMPORT_NOT_DONE');
  });
});

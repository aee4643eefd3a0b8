import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { findSeparator, readCsv, type FileRow } from './csvRows.ts';

const folder = await mkdtemp(join(tmpdir(), 'csv-rows-'));
after(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const path = join(folder, 'rows.csv');
  await writeFile(path, text);
  const separator = await findSeparator(path, 'utf-8', 1);
  const rows: FileRow[] = [];
  for await (const row of readCsv(path, 'utf-8', separator)) rows.push(row);
  return { separator, rows };
}

it('a separator that the file names goes before the one that is found, and is no row', async () => {
  for (const [sign, start] of [
    [';', 'sep=;\n'],
    ['|', '\ufeffSEP=|\n'],
    ['\t', 'sep=\t\n'],
    [',', 'sep=,\n'],
  ] as const) {
    const { separator, rows } = await read(`${start}Day, L${sign}Site,,,\n1,5${sign}Kiel\n`);
    assert.equal(separator, sign);
    assert.deepEqual(
      rows.map(({ line }) => line),
      [2, 3],
    );
    if (sign !== ',') assert.deepEqual(rows[1]?.cells, ['1,5', 'Kiel']);
  }
});

it('a head that only begins like that is a head', async () => {
  const { separator, rows } = await read('sep=kWh;Day\n1;2\n');
  assert.deepEqual([separator, rows[0]?.cells], [';', ['sep=kWh', 'Day']]);
});

it('lines may end in different ways in one file, as where two were put together', async () => {
  const { rows } = await read('Day,L\r\n1,2\n3,4\r5,"6\n7"\r\n\n8,9');
  assert.deepEqual(
    rows.map(({ cells }) => cells.join('-')),
    ['Day-L', '1-2', '3-4', '5-6\n7', '8-9'],
  );
});

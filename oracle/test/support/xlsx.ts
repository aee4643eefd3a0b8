import { crc32, deflateRawSync } from 'node:zlib';

/** A ZIP archive of parts; `size` lies about what one inflates to. */
export function zipOf(
  parts: Readonly<Record<string, string | Buffer>>,
  size?: number,
): Buffer<ArrayBuffer> {
  const locals: Buffer[] = [];
  const heads: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size ?? bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, path, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    heads.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, tail, path]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(heads);
  const end = Buffer.alloc(22);
  end.write('504b0506', 'hex');
  end.writeUInt16LE(heads.length, 8);
  end.writeUInt16LE(heads.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** A number that the sheet shows as a date. */
export interface DayCell {
  readonly serial: number;
}

/** A number with all the digits that a workbook stores of it. */
export interface StoredCell {
  readonly stored: string;
}

type Cell = string | number | DayCell | StoredCell;

type Rows = readonly (readonly Cell[])[];

/** A workbook of one sheet; `after` goes behind its rows, such as merged cells. */
export function workbookOf(rows: Rows, after = ''): Buffer<ArrayBuffer> {
  return sheetsOf({ S: rows }, after);
}

/** A workbook of sheets by their names; `after` goes behind the rows of each. */
export function sheetsOf(sheets: Readonly<Record<string, Rows>>, after = ''): Buffer<ArrayBuffer> {
  const names = Object.keys(sheets);
  const each = (text: (name: string, number: number) => string): string =>
    names.map((name, index) => text(name, index + 1)).join('');
  const parts = Object.values(sheets).map((rows, index): readonly [string, string] => [
    `xl/worksheets/sheet${index + 1}.xml`,
    `<worksheet><sheetData>${rowsOf(rows)}</sheetData>${after}</worksheet>`,
  ]);
  return zipOf({
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${each(
      (name, id) => `<sheet name="${name}" sheetId="${id}" r:id="rId${id + 6}"/>`,
    )}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${each(
      (_, id) => `<Relationship Id="rId${id + 6}" Target="worksheets/sheet${id}.xml"/>`,
    )}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    ...Object.fromEntries(parts),
  });
}

function rowsOf(rows: Rows): string {
  return rows
    .map(
      (cells, row) =>
        `<row r="${row + 1}">${cells.map((cell, at) => cellOf(cell, at, row)).join('')}</row>`,
    )
    .join('');
}

function cellOf(cell: Cell, at: number, row: number): string {
  if (cell === '') return '';
  const place = `r="${String.fromCharCode(65 + at)}${row + 1}"`;
  if (typeof cell === 'number') return `<c ${place}><v>${cell}</v></c>`;
  if (typeof cell === 'object' && 'stored' in cell) return `<c ${place}><v>${cell.stored}</v></c>`;
  if (typeof cell === 'object') return `<c ${place} s="1"><v>${cell.serial}</v></c>`;
  const text = cell.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<c ${place} t="inlineStr"><is><t>${text}</t></is></c>`;
}

import { parseArgs } from 'node:util';
import {
  createWebCryptoVerifier,
  encodeRegistrationRecords,
  parseRegistrationFile,
  TonneError,
  verifyRegistration,
  type Registration,
  type Signed,
} from '@truetonne/protocol';
import { parse } from 'csv-parse/sync';
import { readClaim } from '../device.ts';
import { countDevices } from '../register.ts';
import { parseHex, parseWhole, type Command } from './command.ts';

const OPTIONS = {
  out: { type: 'string' },
  list: { type: 'string' },
  'capacity-w': { type: 'string' },
} as const;

type RecordParts = Signed & Pick<Registration, 'capacityW'>;

export const registrationCommand: Command = {
  name: 'registration',
  summary: 'Join the claims of many devices into one registration file.',
  usage: `registration --out <file> (--list <file.csv> | --capacity-w <W> <folder>...)

The list has a row for each device and a heading: folder and capacity_w for devices whose state is here,
or claim, public_key, signature and capacity_w with the hex that a device printed. All claims are of one
owner and one registry. The file goes to \`register\`, or to the page of the project.

  --out <file>         where the file is written, 244 bytes for each device
  --list <file.csv>    - reads standard input
  --capacity-w <W>     rated export power of each of the folders' devices`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
    });
    const { out, list, 'capacity-w': capacity } = values;
    if (out === undefined || (list === undefined) === (positionals.length === 0)) {
      const expected = '--out, and either --list or folders';
      throw new TonneError('PARAMETER_INVALID', { field: 'devices', expected });
    }
    const records =
      list === undefined
        ? positionals.map((folder) => recordOf(folder, capacity, '--capacity-w'))
        : readList(terminal.read(list));
    const file = encodeRegistrationRecords(records);
    const devices = await checkRecords(file);
    terminal.write(out, file);
    terminal.print(`${countDevices(devices)}, ${file.length} bytes in ${out}`);
    return 0;
  },
};

/** Throws what the contract would refuse whoever sends it. Answers the number of devices. */
async function checkRecords(file: Uint8Array): Promise<number> {
  const records = parseRegistrationFile(file);
  const [first] = records;
  if (first === undefined) return 0;
  const verify = createWebCryptoVerifier();
  for (const record of records) await verifyRegistration(record, first.claim, verify);
  return records.length;
}

function readList(content: Uint8Array): readonly RecordParts[] {
  return parseRows(content).map((row, index) => {
    const field = `row ${index + 1}`;
    const folder = row.get('folder');
    const capacity = row.get('capacity_w');
    if (folder !== undefined) return recordOf(folder, capacity, `${field}: capacity_w`);
    return {
      bytes: parseHex(row.get('claim'), `${field}: claim`),
      publicKey: parseHex(row.get('public_key'), `${field}: public_key`),
      signature: parseHex(row.get('signature'), `${field}: signature`),
      capacityW: Number(parseWhole(capacity, `${field}: capacity_w`)),
    };
  });
}

function recordOf(folder: string, capacity: string | undefined, option: string): RecordParts {
  const { claimBytes, publicKey, signature } = readClaim(folder);
  const capacityW = Number(parseWhole(capacity, option));
  return { bytes: claimBytes, publicKey, signature, capacityW };
}

function parseRows(content: Uint8Array): readonly ReadonlyMap<string, string>[] {
  try {
    const rows: readonly object[] = parse(Buffer.from(content), {
      bom: true,
      columns: true,
      skip_empty_lines: true,
      trim: true,
    });
    return rows.map(cellsOf);
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error);
    throw new TonneError('BODY_MALFORMED', {
      field: '--list',
      value,
      expected: 'CSV with a heading',
    });
  }
}

/** The cells of a row by their heading; an empty one is not there. */
function cellsOf(row: object): ReadonlyMap<string, string> {
  const cells = Object.entries(row).map(([name, text]) => [name, String(text)] as const);
  return new Map(cells.filter(([, text]) => text !== ''));
}

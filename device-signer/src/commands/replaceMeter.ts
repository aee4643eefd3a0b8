import { parseArgs } from 'node:util';
import { decodeMeterReplacement, toHex, TonneError } from '@truetonne/protocol';
import { openDevice, type Device } from '../device.ts';
import type { SignedStatement } from '../statements.ts';
import { parseTime, parseWhole, STATE_OPTION, STATE_USAGE, type Command } from './command.ts';

const OPTIONS = {
  ...STATE_OPTION,
  at: { type: 'string' },
  'export-wh': { type: 'string' },
  'import-wh': { type: 'string' },
} as const;

export const replaceMeterCommand: Command = {
  name: 'replace-meter',
  summary: 'Sign that the meter behind the device was replaced: its registers begin anew.',
  usage: `replace-meter --export-wh <Wh> --import-wh <Wh> [options]

Prints statement, publicKey and signature: the body for the oracle's /v1/meter-replacements, and the
arguments of the registry's replaceMeter, which an accredited validator sends. The next window follows
the statement. Without registers it prints the newest statement once more.

${STATE_USAGE}
  --export-wh <Wh>     export register of the new meter
  --import-wh <Wh>     import register of the new meter
  --at <seconds>       when it was replaced, after the last window (now)`,
  run(args, { print }) {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const { 'export-wh': exportWh, 'import-wh': importWh } = values;
    const device = openDevice(values.state);
    try {
      const repeated = exportWh === undefined && importWh === undefined && values.at === undefined;
      const signed = repeated
        ? getReplacement(device)
        : device.replaceMeter({
            replacedAt: parseTime(values.at, '--at'),
            exportWh: parseWhole(exportWh, '--export-wh'),
            importWh: parseWhole(importWh, '--import-wh'),
          });
      print(JSON.stringify(describe(device, signed), null, 2));
    } finally {
      device.close();
    }
    return 0;
  },
};

function getReplacement(device: Device): SignedStatement {
  const signed = device.replacement();
  if (signed !== undefined) return signed;
  const expected = 'a whole number: the register of the new meter';
  throw new TonneError('PARAMETER_INVALID', {
    field: '--export-wh',
    value: 'not given',
    expected,
  });
}

function describe({ key }: Device, { statement, signature }: SignedStatement): object {
  const { deviceId, sequence, replacedAt } = decodeMeterReplacement(statement);
  return {
    deviceId,
    sequence,
    replacedAt,
    statement: toHex(statement),
    publicKey: toHex(key.publicKey),
    signature: toHex(signature),
  };
}

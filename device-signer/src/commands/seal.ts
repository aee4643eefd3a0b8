import { parseArgs } from 'node:util';
import { encodeWindow, toHex, TonneError } from '@truetonne/protocol';
import { openDevice } from '../device.ts';
import { parseReadings, toEnvelope } from '../envelope.ts';
import { parseJson, parseWhole, STATE_OPTION, STATE_USAGE, type Command } from './command.ts';

const OPTIONS = {
  ...STATE_OPTION,
  'opened-at': { type: 'string' },
  hex: { type: 'boolean', default: false },
} as const;

export const sealCommand: Command = {
  name: 'seal',
  summary: 'Seal readings into the next window and print it, ready to be posted.',
  usage: `seal <file.json> [options]

The file holds the flat JSON that the device posts today, one object or a list of up to 256, with
imported_energy_kwh added. - reads standard input. The window also waits in the state folder, so that
\`post\` can send it; sent twice it is harmless.

${STATE_USAGE}
  --opened-at <s>      when the first reading's interval began, Unix seconds (the last window's end)
  --hex                print the window's bytes as hex instead of JSON`,
  run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
    });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) {
      throw new TonneError('PARAMETER_INVALID', { field: 'file', expected: 'one JSON file, or -' });
    }
    const json = parseJson(terminal.read(path), path);
    const openedAt = values['opened-at'];
    const device = openDevice(values.state);
    try {
      const readings = parseReadings(json, device.key.deviceId);
      const options =
        openedAt === undefined ? {} : { openedAt: Number(parseWhole(openedAt, '--opened-at')) };
      const window = device.seal(readings, options);
      const text = values.hex
        ? toHex(encodeWindow(window))
        : JSON.stringify(toEnvelope(window, json), null, 2);
      terminal.print(text);
    } finally {
      device.close();
    }
    return 0;
  },
};

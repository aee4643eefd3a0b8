import { parseArgs } from 'node:util';
import { toHex, TonneError } from '@truetonne/protocol';
import { createKeyIn, findKey, type DeviceKey } from '../key.ts';
import { STATE_OPTION, STATE_USAGE, type Command } from './command.ts';

function describeKey({ deviceId, publicKey }: DeviceKey): string {
  return JSON.stringify({ deviceId, publicKey: toHex(publicKey) }, null, 2);
}

export const provisionCommand: Command = {
  name: 'provision',
  summary: 'Make the key of a new device. It never leaves the folder and is never replaced.',
  usage: `provision [--state <folder>]\n\n${STATE_USAGE}`,
  run(args, { print }) {
    const { values } = parseArgs({ args: [...args], options: STATE_OPTION });
    print(describeKey(createKeyIn(values.state)));
    return 0;
  },
};

export const idCommand: Command = {
  name: 'id',
  summary: 'Print the device id and the public key.',
  usage: `id [--state <folder>]\n\n${STATE_USAGE}`,
  run(args, { print }) {
    const { values } = parseArgs({ args: [...args], options: STATE_OPTION });
    const key = findKey(values.state);
    if (key === undefined) {
      const expected = 'a device key: run `provision` first';
      throw new TonneError('CONFIGURATION_INVALID', { field: values.state, expected });
    }
    print(describeKey(key));
    return 0;
  },
};

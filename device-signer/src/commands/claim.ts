import { parseArgs } from 'node:util';
import { domainOf, toHex } from '@truetonne/protocol';
import { claimDevice } from '../device.ts';
import {
  parseAddress,
  parseTime,
  parseWhole,
  STATE_OPTION,
  STATE_USAGE,
  type Command,
} from './command.ts';

const OPTIONS = {
  ...STATE_OPTION,
  owner: { type: 'string' },
  registry: { type: 'string' },
  'chain-id': { type: 'string' },
  at: { type: 'string' },
  'export-wh': { type: 'string', default: '0' },
  'import-wh': { type: 'string', default: '0' },
} as const;

export const claimCommand: Command = {
  name: 'claim',
  summary: 'Sign that a wallet may register the device. What is measured after this can count.',
  usage: `claim --owner <address> --registry <address> --chain-id <number> [options]

Prints claim, publicKey and signature: the arguments of the registry's claimDevice, which the owner
sends. A device is claimed once; asked again for the same owner it prints the same.

${STATE_USAGE}
  --owner <address>    wallet that registers the device
  --registry <address> registry contract
  --chain-id <number>  chain of the registry
  --at <seconds>       time of the claim, Unix seconds (now)
  --export-wh <Wh>     export register at that time (0)
  --import-wh <Wh>     import register at that time (0)`,
  run(args, { print }) {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const chainId = parseWhole(values['chain-id'], '--chain-id');
    const signed = claimDevice(values.state, {
      domain: domainOf(Number(chainId), parseAddress(values.registry, '--registry')),
      owner: parseAddress(values.owner, '--owner'),
      claimedAt: parseTime(values.at, '--at'),
      exportWh: parseWhole(values['export-wh'], '--export-wh'),
      importWh: parseWhole(values['import-wh'], '--import-wh'),
    });
    const { claimedAt, deviceId } = signed.claim;
    const claim = toHex(signed.claimBytes);
    const publicKey = toHex(signed.publicKey);
    const signature = toHex(signed.signature);
    print(JSON.stringify({ deviceId, claimedAt, claim, publicKey, signature }, null, 2));
    return 0;
  },
};

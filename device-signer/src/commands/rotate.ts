import { parseArgs } from 'node:util';
import { decodeRotation, toHex, TonneError } from '@truetonne/protocol';
import { claimDevice, openDevice, type Device } from '../device.ts';
import { createKeyIn, findKey } from '../key.ts';
import type { SignedClaim } from '../seal.ts';
import type { SignedStatement } from '../statements.ts';
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
  to: { type: 'string' },
  at: { type: 'string' },
  owner: { type: 'string' },
  'export-wh': { type: 'string' },
  'import-wh': { type: 'string' },
} as const;

type Given = Readonly<Partial<Record<'owner' | 'export-wh' | 'import-wh', string>>>;

export const rotateCommand: Command = {
  name: 'rotate',
  summary: 'Make a new key in another folder and have the old key name it as its successor.',
  usage: `rotate --to <folder> [options]

Prints the arguments of the registry's rotateDevice, which the owner sends. What the old device sealed
still counts and can still be posted; it seals nothing that closes from then on. Called again for the
same folder it prints the same.

${STATE_USAGE}
  --to <folder>        where the new device is; its key is made there when it has none
  --at <seconds>       when the new one takes over, after the old one's last window (now)
  --owner <address>    wallet that owns the device (the one of the old claim)
  --export-wh <Wh>     export register at that time (the old device's last)
  --import-wh <Wh>     import register at that time (the old device's last)`,
  run(args, { print }) {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const { to, at, state, ...given } = values;
    if (to === undefined || to === state) {
      throw new TonneError('PARAMETER_INVALID', { field: '--to', expected: 'another folder' });
    }
    const device = openDevice(state);
    try {
      const { deviceId } = findKey(to) ?? createKeyIn(to);
      const rotation = device.rotate(deviceId, parseTime(at, '--at'));
      const claim = claimSuccessor(to, device, rotation, given);
      print(JSON.stringify(describe(device, rotation, claim), null, 2));
    } finally {
      device.close();
    }
    return 0;
  },
};

/** The new device's claim, from the very time of the rotation on. */
function claimSuccessor(
  folder: string,
  { claim, domain, head }: Device,
  { statement }: SignedStatement,
  given: Given,
): SignedClaim {
  const { owner, 'export-wh': exportWh, 'import-wh': importWh } = given;
  const last = head();
  return claimDevice(folder, {
    domain,
    owner: owner === undefined ? claim.claim.owner : parseAddress(owner, '--owner'),
    claimedAt: decodeRotation(statement).rotatedAt,
    exportWh: exportWh === undefined ? last.exportWh : parseWhole(exportWh, '--export-wh'),
    importWh: importWh === undefined ? last.importWh : parseWhole(importWh, '--import-wh'),
  });
}

function describe(
  { key }: Device,
  { statement, signature }: SignedStatement,
  successor: SignedClaim,
): object {
  return {
    deviceId: key.deviceId,
    successor: successor.claim.deviceId,
    rotatedAt: successor.claim.claimedAt,
    rotation: toHex(statement),
    oldPublicKey: toHex(key.publicKey),
    oldSignature: toHex(signature),
    claim: toHex(successor.claimBytes),
    publicKey: toHex(successor.publicKey),
    signature: toHex(successor.signature),
  };
}

import { domainOf, TonneError, type ErrorCode, type Hex, type Reading } from '@truetonne/protocol';
import { claimDevice, openDevice, type Device } from '../src/device.ts';
import { createKeyIn } from '../src/key.ts';

export const REGISTRY: Hex = '0x00000000000000000000000000000000000000aa';
export const OWNER: Hex = '0x00000000000000000000000000000000000000bb';
export const DOMAIN = domainOf(31337, REGISTRY);
export const CLAIMED_AT = 1_700_000_040;

/** A reading a whole number of minutes after the claim, with a register in Wh. */
export function readingAfter(minutes: number, exportWh: bigint): Reading {
  return { at: CLAIMED_AT + 60 * minutes, exportWh, importWh: 0n, status: 1, fields: {} };
}

/** A claimed device in a folder. */
export function openNewDevice(folder: string): Device {
  createKeyIn(folder);
  claimDevice(folder, {
    domain: DOMAIN,
    owner: OWNER,
    claimedAt: CLAIMED_AT,
    exportWh: 0n,
    importWh: 0n,
  });
  return openDevice(folder);
}

/** For `assert.throws` and `assert.rejects`: a TonneError of this code. */
export function hasCode(code: ErrorCode): (error: unknown) => boolean {
  return (error) => error instanceof TonneError && error.code === code;
}

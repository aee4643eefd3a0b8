import { base32 } from 'multiformats/bases/base32';
import { CID } from 'multiformats/cid';
import * as Digest from 'multiformats/hashes/digest';
import { concatBytes, fromHex, toHex, viewOf, type Hex } from '../bytes.ts';
import { PUBLIC_KEY_SIZE } from '../identity/signature.ts';
import { encodeWindow, type SealedWindow } from '../window/window.ts';
import type { DevicePosition } from './energy.ts';
import { REASON_NUMBERS, type Finding } from './findings.ts';

/** "TTB", version 1. */
export const BATCH_MAGIC = 0x54544201;
export const BATCH_PREFIX_SIZE = 88;
export const DEVICE_ENTRY_SIZE = 100;
export const FINDING_SIZE = 16;

/** Raw codec and SHA2-256 of the multicodec table. */
const RAW_CODEC = 0x55;
const SHA2_256 = 0x12;

/** A device in a batch file: its key, where its crediting stood, and the window that closes it. */
export interface BatchDevice {
  readonly publicKey: Uint8Array;
  readonly opening: DevicePosition;
  readonly closingIndex: number;
}

/** What a batch file says about itself (SPEC section 6): times in Unix seconds, energy in Wh. */
export interface BatchHead {
  readonly domain: Hex;
  readonly projectId: number;
  readonly number: number;
  readonly periodStart: number;
  readonly periodEnd: number;
  readonly deductedWh: bigint;
}

export interface BatchContent extends BatchHead {
  readonly devices: readonly BatchDevice[];
  readonly windows: readonly SealedWindow[];
  readonly findings: readonly Finding[];
}

/** The content of a batch file, before compression. Devices, windows and findings in canonical order. */
export function encodeBatch(batch: BatchContent): Uint8Array {
  return concatBytes([
    encodeHead(batch),
    ...batch.devices.map(encodeDevice),
    ...batch.windows.map(encodeWindow),
    ...batch.findings.map(encodeFinding),
  ]);
}

/** CIDv1 that names a file by the SHA-256 of its bytes. */
export function cidOf(fileDigest: Hex): string {
  return CID.createV1(RAW_CODEC, Digest.create(SHA2_256, fromHex(fileDigest))).toString(base32);
}

/** SHA-256 that a CIDv1 names, or `undefined` when the text is not such a CID. */
export function findDigestOfCid(text: string): Hex | undefined {
  try {
    const { version, code, multihash } = CID.parse(text, base32);
    const fits = version === 1 && code === RAW_CODEC && multihash.code === SHA2_256;
    return fits ? toHex(multihash.digest) : undefined;
  } catch {
    return undefined;
  }
}

function encodeHead(batch: BatchContent): Uint8Array {
  const bytes = new Uint8Array(BATCH_PREFIX_SIZE);
  const view = viewOf(bytes);
  view.setUint32(0, BATCH_MAGIC);
  bytes.set(fromHex(batch.domain), 4);
  view.setBigUint64(36, BigInt(batch.projectId));
  view.setBigUint64(44, BigInt(batch.number));
  view.setBigUint64(52, BigInt(batch.periodStart));
  view.setBigUint64(60, BigInt(batch.periodEnd));
  view.setBigUint64(68, batch.deductedWh);
  view.setUint32(76, batch.devices.length);
  view.setUint32(80, batch.windows.length);
  view.setUint32(84, batch.findings.length);
  return bytes;
}

function encodeDevice({ publicKey, opening, closingIndex }: BatchDevice): Uint8Array {
  const bytes = new Uint8Array(DEVICE_ENTRY_SIZE);
  const view = viewOf(bytes);
  bytes.set(publicKey, 0);
  view.setBigUint64(PUBLIC_KEY_SIZE, BigInt(opening.sequence));
  view.setBigUint64(72, BigInt(opening.closedAt));
  view.setBigUint64(80, opening.exportWh);
  view.setBigUint64(88, opening.importWh);
  view.setUint32(96, closingIndex);
  return bytes;
}

function encodeFinding(finding: Finding): Uint8Array {
  const bytes = new Uint8Array(FINDING_SIZE);
  const view = viewOf(bytes);
  view.setUint32(0, finding.windowIndex);
  view.setUint16(4, finding.readingIndex);
  view.setUint16(6, REASON_NUMBERS[finding.reason]);
  view.setBigUint64(8, finding.deductedWh);
  return bytes;
}

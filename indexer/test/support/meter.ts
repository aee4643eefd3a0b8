import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
  claimHashOf,
  concatBytes,
  deviceIdOf,
  draftWindow,
  encodeClaim,
  encodeMeterReplacement,
  encodeRotation,
  meterReplacementHashOf,
  toHex,
  toLowS,
} from '@truetonne/protocol';
import type { Address, Hex } from 'viem';

const INTERVAL_S = 900;

/** Registers of a meter at a time: unix seconds and Wh. */
export interface Registers {
  readonly at: number;
  readonly exportWh: bigint;
  readonly importWh: bigint;
}

/** A device with a real P-256 key, that seals one window per call. */
export class Meter {
  readonly publicKey: Uint8Array;
  readonly deviceId: Hex;
  readonly #privateKey: KeyObject;
  readonly #domain: Hex;
  #sequence = 0;
  #previousHash: Hex = '0x';

  constructor(domain: Hex) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.publicKey = Buffer.concat([Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
    this.deviceId = deviceIdOf(this.publicKey);
    this.#privateKey = privateKey;
    this.#domain = domain;
  }

  /** The claim, its signature and the key, as `claimDevice` takes them. */
  claim(owner: Address, { at, exportWh, importWh }: Registers): readonly [Hex, Hex, Hex] {
    const { deviceId } = this;
    const claim = { domain: this.#domain, deviceId, owner, claimedAt: at, exportWh, importWh };
    const bytes = encodeClaim(claim);
    this.#previousHash = claimHashOf(bytes);
    return [toHex(bytes), toHex(this.publicKey), toHex(this.#sign(bytes))];
  }

  /** Seals a window that ends with these registers: public key, signature, header (304 bytes). */
  close(registers: Registers): { readonly record: Uint8Array; readonly headerHash: Hex } {
    this.#sequence += 1;
    const { headerBytes } = draftWindow({
      domain: this.#domain,
      deviceId: this.deviceId,
      sequence: this.#sequence,
      openedAt: registers.at - INTERVAL_S,
      flags: 0,
      previousHash: this.#previousHash,
      readings: [{ ...registers, status: 1, fields: {} }],
    });
    this.#previousHash = claimHashOf(headerBytes);
    const record = concatBytes([this.publicKey, this.#sign(headerBytes), headerBytes]);
    return { record, headerHash: this.#previousHash };
  }

  /** The statement that another key takes its place: `rotation`, key and signature. */
  rotation(successor: Hex, rotatedAt: number): readonly [Hex, Hex, Hex] {
    const { deviceId } = this;
    return this.#statement(
      encodeRotation({ domain: this.#domain, deviceId, successor, rotatedAt }),
    );
  }

  /** The statement that its meter was replaced, as `replaceMeter` takes it. */
  replacement({ at, exportWh, importWh }: Registers): readonly [Hex, Hex, Hex] {
    const bytes = encodeMeterReplacement({
      domain: this.#domain,
      deviceId: this.deviceId,
      sequence: this.#sequence,
      replacedAt: at,
      exportWh,
      importWh,
      previousHash: this.#previousHash,
    });
    this.#previousHash = meterReplacementHashOf(bytes);
    return this.#statement(bytes);
  }

  /** Two windows with one sequence number, as `freezeDevice` takes them. */
  equivocate(registers: Registers): readonly [Hex, Hex, Hex, Hex, Hex] {
    const [sequence, previousHash] = [this.#sequence, this.#previousHash];
    const first = this.close(registers);
    [this.#sequence, this.#previousHash] = [sequence, previousHash];
    const second = this.close({ ...registers, exportWh: registers.exportWh + 1n });
    const parts = [first, second].flatMap(({ record }) => [
      toHex(record.subarray(128)),
      toHex(record.subarray(64, 128)),
    ]);
    const [headerA = '0x', signatureA = '0x', headerB = '0x', signatureB = '0x'] = parts;
    return [toHex(this.publicKey), headerA, signatureA, headerB, signatureB];
  }

  #statement(bytes: Uint8Array): readonly [Hex, Hex, Hex] {
    return [toHex(bytes), toHex(this.publicKey), toHex(this.#sign(bytes))];
  }

  #sign(bytes: Uint8Array): Uint8Array {
    const key = { key: this.#privateKey, dsaEncoding: 'ieee-p1363' } as const;
    return toLowS(sign('sha256', bytes, key));
  }
}

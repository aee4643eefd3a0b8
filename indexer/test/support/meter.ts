import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
  claimHashOf,
  concatBytes,
  deviceIdOf,
  draftWindow,
  encodeClaim,
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

  #sign(bytes: Uint8Array): Uint8Array {
    const key = { key: this.#privateKey, dsaEncoding: 'ieee-p1363' } as const;
    return toLowS(sign('sha256', bytes, key));
  }
}

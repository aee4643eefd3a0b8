import {
  createKey,
  headOfClaim,
  headOfWindow,
  sealWindow,
  signClaim,
  type DeviceKey,
  type SignedClaim,
} from '@truetonne/device-signer';
import {
  encodeMeterReplacement,
  encodeRotation,
  encodeWindow,
  toHex,
  type Hex,
} from '@truetonne/protocol';

const INTERVAL_S = 60;
const HOUR_S = 3_600;

/** A device in the field, with what it signs as files that a person takes to the page. */
export class FieldDevice {
  readonly claim: SignedClaim;
  readonly #key: DeviceKey;
  readonly #domain: Hex;

  constructor(domain: Hex, owner: Hex, claimedAt: number) {
    this.#key = createKey();
    this.#domain = domain;
    const registers = { exportWh: 1_000n, importWh: 20n };
    this.claim = signClaim(this.#key, { domain, owner, claimedAt, ...registers });
  }

  get id(): Hex {
    return this.#key.deviceId;
  }

  /** What `device claim` prints. */
  claimFile(): string {
    return JSON.stringify(this.#claimParts());
  }

  /** What `device rotate` writes: the old key names `successor`, which signed its own claim. */
  rotationFile(successor: FieldDevice, rotatedAt: number): string {
    const bytes = encodeRotation({
      domain: this.#domain,
      deviceId: this.id,
      successor: successor.id,
      rotatedAt,
    });
    return JSON.stringify({
      rotation: toHex(bytes),
      oldPublicKey: toHex(this.#key.publicKey),
      oldSignature: toHex(this.#key.sign(bytes)),
      ...successor.#claimParts(),
    });
  }

  /** What `device replace-meter` writes, for a device that has sealed nothing yet. */
  replacementFile(replacedAt: number): string {
    const bytes = encodeMeterReplacement({
      domain: this.#domain,
      deviceId: this.id,
      sequence: 0,
      replacedAt,
      exportWh: 7n,
      importWh: 0n,
      previousHash: headOfClaim(this.claim).hash,
    });
    return JSON.stringify({
      statement: toHex(bytes),
      publicKey: toHex(this.#key.publicKey),
      signature: toHex(this.#key.sign(bytes)),
    });
  }

  /** A window number 1 that ends with this export register, Wh: two of them are one too many. */
  firstWindow(exportWh: bigint): Uint8Array {
    const head = headOfClaim(this.claim);
    const at = head.closedAt + INTERVAL_S;
    const reading = { at, exportWh, importWh: head.importWh, status: 1, fields: {} };
    return encodeWindow(sealWindow(this.#key, this.#domain, head, [reading]));
  }

  /** A window an hour, from the claim on, in each of which so many Wh are imported. */
  hoursOf(importedWh: readonly bigint[]): readonly Uint8Array[] {
    let head = headOfClaim(this.claim);
    return importedWh.map((more) => {
      const { exportWh, closedAt } = head;
      const importWh = head.importWh + more;
      const reading = { at: closedAt + HOUR_S, exportWh, importWh, status: 1, fields: {} };
      const sealed = sealWindow(this.#key, this.#domain, head, [reading]);
      head = headOfWindow(sealed);
      return encodeWindow(sealed);
    });
  }

  /** The same window as one row of a CSV file, under names that only its maker knows. */
  firstRow(exportWh: bigint): string {
    const bytes = this.firstWindow(exportWh);
    const parts = [bytes.subarray(0, 176), bytes.subarray(176, 240), bytes.subarray(240)];
    return parts.map((part) => toHex(part)).join(';');
  }

  #claimParts() {
    const { claimBytes, publicKey, signature } = this.claim;
    return {
      claim: toHex(claimBytes),
      publicKey: toHex(publicKey),
      signature: toHex(signature),
    };
  }
}

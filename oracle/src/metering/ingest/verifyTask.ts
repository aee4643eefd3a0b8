/** A check as it travels to a thread: public key 64 ‖ signature 64 ‖ header 176. */
export const KEY_SIZE = 64;
export const SIGNATURE_END = 128;
export const CHECK_SIZE = 304;

export interface VerifyTask {
  readonly id: number;
  /** Checks, joined. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface VerifyAnswer {
  readonly id: number;
  /** 1 where the signature is the key's, else 0. */
  readonly results: Uint8Array<ArrayBuffer>;
}

import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TonneError } from '@truetonne/protocol';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps texts that must be read again (TOTP secrets) so that a copy of the database gives none away. */
export interface Seal {
  readonly seal: (text: string) => string;
  /** Throws CONFIGURATION_INVALID when it was sealed with another key. */
  readonly open: (sealed: string) => string;
  /** What nobody else can make of a text, nor tell the text from: HMAC-SHA256 in 43 letters. */
  readonly codeOf: (text: string) => string;
}

/** AES-256-GCM (NIST SP 800-38D) under the service's key. */
export function createSeal(key: Uint8Array): Seal {
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const body = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch {
        throw new TonneError('CONFIGURATION_INVALID', {
          field: 'ORACLE_SECRET',
          value: 'another key (not shown)',
          expected: 'the key under which second factors were stored',
        });
      }
    },
    codeOf: (text) => createHmac('sha256', key).update(text).digest('base64url'),
  };
}

/** The key that the operator gives, or one that is made once and lies beside the data. */
export function readSealKey(dataFolder: string, given: string | undefined): Uint8Array {
  if (given !== undefined) return Buffer.from(given, 'hex');
  const path = join(dataFolder, 'secret');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  return Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
}

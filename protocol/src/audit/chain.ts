import { concatBytes, fromHex, type Hex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import { sha256 } from '../sha256.ts';

/** One change in an organisation's audit log. */
export interface AuditEntry {
  /** 1, 2, 3 and so on without gaps. */
  readonly number: number;
  /** Unix seconds. */
  readonly at: number;
  /** `wallet:0x...` or `key:<id>`. */
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** JSON, as it was written. */
  readonly detail: string;
  readonly previousHash: Hex;
  readonly hash: Hex;
}

const TAG = 'truetonne-audit-v1';

/** What the first entry of an organisation follows. */
export function auditGenesis(organisationId: string): Hex {
  return hashText(`${TAG}\n${organisationId}`);
}

/** SHA-256 over the hash before and the entry as a JSON array: any change of either changes it. */
export function auditHash(entry: Omit<AuditEntry, 'hash'>): Hex {
  const { number, at, actor, action, subject, detail, previousHash } = entry;
  const text = JSON.stringify([TAG, number, at, actor, action, subject, detail]);
  return sha256(concatBytes([fromHex(previousHash), new TextEncoder().encode(text)]));
}

/**
 * Checks that entries follow one another without gap or change and answers the hash of the last one.
 *
 * @param after the hash that the first entry follows: `auditGenesis`, or that of an entry known before
 * @throws TonneError AUDIT_CHAIN_BROKEN with the number of the first entry that does not fit
 */
export function verifyAuditEntries(
  entries: Iterable<AuditEntry>,
  after: { readonly number: number; readonly hash: Hex },
): { readonly number: number; readonly hash: Hex } {
  let { number, hash } = after;
  for (const entry of entries) {
    const follows = entry.number === number + 1 && entry.previousHash === hash;
    if (!follows || auditHash(entry) !== entry.hash) {
      const value = String(entry.number);
      const expected = `entry ${number + 1} after ${hash}`;
      throw new TonneError('AUDIT_CHAIN_BROKEN', { field: 'number', value, expected });
    }
    ({ number, hash } = entry);
  }
  return { number, hash };
}

function hashText(text: string): Hex {
  return sha256(new TextEncoder().encode(text));
}

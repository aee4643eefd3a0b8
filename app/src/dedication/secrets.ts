import type { Hex } from 'viem';
import { commitmentTo } from '@truetonne/protocol';
import type { Secret } from './dedication.ts';

const PREFIX = 'truetonne.secret.';

/** Keeps a secret in this browser, under its commitment. */
export function keepSecret({ beneficiary, salt }: Secret): void {
  const key = PREFIX + commitmentTo(beneficiary, salt);
  localStorage.setItem(key, JSON.stringify({ beneficiary, salt }));
}

/** The secret of a commitment, where this browser has it. */
export function findSecret(commitment: Hex): Secret | undefined {
  const kept = localStorage.getItem(PREFIX + commitment);
  return kept === null ? undefined : proven(parseSecret(kept), commitment);
}

/** What goes behind `#` in a link that tells who a private retirement was for. */
export function toFragment({ beneficiary, salt }: Secret): string {
  return new URLSearchParams({ for: beneficiary, salt }).toString();
}

/** The secret in a link; undefined when it has none, or another one than was committed to. */
export function secretIn(fragment: string, commitment: Hex): Secret | undefined {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const [beneficiary, salt] = [fields.get('for'), fields.get('salt')];
  if (beneficiary === null || !isSalt(salt)) return undefined;
  return proven({ beneficiary, salt }, commitment);
}

/** Whether a text is 32 bytes of hex. */
export function isSalt(text: string | null): text is Hex {
  return text !== null && /^0x[0-9a-fA-F]{64}$/.test(text);
}

function proven(secret: Secret | undefined, commitment: Hex): Secret | undefined {
  if (secret === undefined) return undefined;
  return commitmentTo(secret.beneficiary, secret.salt) === commitment ? secret : undefined;
}

function parseSecret(text: string): Secret | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const { beneficiary, salt }: { beneficiary?: unknown; salt?: unknown } = value;
  if (typeof beneficiary !== 'string' || typeof salt !== 'string' || !isSalt(salt))
    return undefined;
  return { beneficiary, salt };
}

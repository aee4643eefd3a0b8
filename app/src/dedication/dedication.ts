import {
  BENEFICIARY_BYTES,
  commitmentTo,
  dedicationOf,
  PURPOSE_BYTES,
  type Dedication,
} from '@truetonne/protocol';
import { getAddress, isAddress, type Address, type Hex } from 'viem';
import type { Checked } from '../forms/index.ts';

/** How much of the beneficiary the chain is told. */
export const VISIBILITIES = ['open', 'private', 'none'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** What a person filled in. */
export interface DedicationDraft {
  /** Whose name it is in; the wallet's own when empty. */
  readonly account: string;
  readonly visibility: Visibility;
  readonly beneficiary: string;
  readonly purpose: string;
  /** "YYYY-MM-DD"; both empty for no period. */
  readonly from: string;
  readonly until: string;
  readonly certificate: boolean;
}

export const EMPTY_DRAFT: DedicationDraft = {
  account: '',
  visibility: 'open',
  beneficiary: '',
  purpose: '',
  from: '',
  until: '',
  certificate: true,
};

/** Who a private retirement was for: whoever has both can prove it. */
export interface Secret {
  readonly beneficiary: string;
  readonly salt: Hex;
}

/** What is sent to the chain, and what only the person keeps. */
export interface CheckedDedication {
  readonly dedication: Dedication;
  readonly certificate: boolean;
  readonly secret: Secret | undefined;
}

type Field = 'account' | 'beneficiary' | 'purpose' | 'period';
export type Problems = Partial<Readonly<Record<Field, string>>>;

const DAY = 86_400;

/** What is wrong with a draft, field by field; nothing when it can be sent. */
export function problemsOf(draft: DedicationDraft): Problems {
  const named = draft.visibility !== 'none';
  const found = {
    account: accountProblem(draft.account),
    beneficiary: named ? wordsProblem(draft.beneficiary, 'for whom', BENEFICIARY_BYTES) : undefined,
    purpose: wordsProblem(draft.purpose, 'the purpose', PURPOSE_BYTES),
    period: periodProblem(draft),
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined));
}

/**
 * The dedication of a draft without problems.
 * @param salt fresh randomness, used when the beneficiary is private
 */
export function checkDedication(
  draft: DedicationDraft,
  self: Address,
  salt: Hex,
): Checked<CheckedDedication> {
  const [problem] = Object.values(problemsOf(draft));
  if (problem !== undefined) return { ok: false, problem };
  const beneficiary = draft.beneficiary.trim();
  const secret = draft.visibility === 'private' ? { beneficiary, salt } : undefined;
  const typed = draft.account.trim();
  const dedication = dedicationOf(isAddress(typed) ? getAddress(typed) : self, {
    purpose: draft.purpose.trim(),
    ...periodOf(draft),
    ...(draft.visibility === 'open' ? { beneficiary } : {}),
    ...(secret === undefined ? {} : { commitment: commitmentTo(beneficiary, salt) }),
  });
  return { ok: true, value: { dedication, certificate: draft.certificate, secret } };
}

/** 32 random bytes. */
export function createSalt(): Hex {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `0x${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function accountProblem(typed: string): string | undefined {
  const account = typed.trim();
  if (account === '' || (isAddress(account) && BigInt(account) !== 0n)) return undefined;
  return 'Enter an address: 0x and 40 hex digits, with its capitals right; or leave it empty.';
}

function wordsProblem(input: string, what: string, maxBytes: number): string | undefined {
  const words = input.trim();
  if (words === '') return `Enter ${what}.`;
  const size = new TextEncoder().encode(words).length;
  return size > maxBytes ? `At most ${maxBytes} bytes; this is ${size}.` : undefined;
}

function periodProblem({ from, until }: DedicationDraft): string | undefined {
  if (from === '' && until === '') return undefined;
  if (from === '' || until === '') return 'Give both days, or neither.';
  return from > until ? 'It ends before it begins.' : undefined;
}

/** From the first second of the first day to the last of the last, UTC. */
function periodOf({ from, until }: DedicationDraft) {
  if (from === '') return {};
  const at = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000;
  return { periodFrom: at(from), periodUntil: at(until) + DAY - 1 };
}

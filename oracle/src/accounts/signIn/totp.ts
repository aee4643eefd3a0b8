import { randomUUID } from 'node:crypto';
import { TonneError } from '@truetonne/protocol';
import { Secret, TOTP } from 'otpauth';
import type { SecondFactorRow } from '../../store/tables/schema.ts';
import {
  confirmFactor,
  deletePending,
  findFactor,
  insertFactor,
  saveFailures,
  spendStep,
} from './factorStore.ts';
import { turnOn } from './secondFactor.ts';
import type { SignedIn, SignInContext } from './signIn.ts';

/** RFC 6238: codes of 6 digits over steps of 30 s; one step to either side is taken (section 5.2). */
const STEP_SECONDS = 30;
const WINDOW = 1;
const SECRET_BYTES = 20;

/** After so many wrong codes a factor rests for so long, seconds: 10^6 codes can't be tried. */
const MAX_FAILURES = 5;
const REST_SECONDS = 60;

/** A code app that was begun is confirmed within so long, seconds. */
const PENDING_SECONDS = 600;

/** A new code app: its secret is shown now and never again. It counts once a code of it was given. */
export async function beginTotp(
  { database, seal, now }: SignInContext,
  accountId: number,
  address: string,
  name: string,
): Promise<{ readonly id: string; readonly secret: string; readonly uri: string }> {
  const secret = new Secret({ size: SECRET_BYTES });
  const id = randomUUID();
  await deletePending(database, accountId, now() - PENDING_SECONDS);
  await insertFactor(database, {
    ...{ id, accountId, kind: 'totp', name, createdAt: now() },
    secret: seal.seal(secret.base32),
  });
  return { id, secret: secret.base32, uri: totpOf(secret, address).toString() };
}

/**
 * Turns a code app on that was begun within ten minutes.
 *
 * @throws TonneError SECOND_FACTOR_UNKNOWN, SECOND_FACTOR_INVALID, SECOND_FACTOR_LOCKED, SECOND_FACTOR_REQUIRED
 */
export async function confirmTotp(
  context: SignInContext,
  signedIn: SignedIn,
  id: string,
  code: string,
): Promise<void> {
  const { database } = context;
  const now = context.now();
  const factor = await findFactor(database, signedIn.account.id, id);
  if (factor === undefined || !isPending(factor, now)) throw unknown(id);
  const step = await getStep(context, factor, code);
  await turnOn(database, signedIn, { now, kind: 'totp' }, async (session) => {
    if (!(await confirmFactor(session, id, step, now))) throw unknown(id);
  });
}

function isPending({ kind, confirmedAt, createdAt }: SecondFactorRow, now: number): boolean {
  return kind === 'totp' && confirmedAt === null && createdAt + PENDING_SECONDS > now;
}

function unknown(id: string): TonneError {
  return new TonneError('SECOND_FACTOR_UNKNOWN', { field: 'id', value: id });
}

/** Checks a code of one of the account's code apps and uses it up. */
export async function checkTotp(
  context: SignInContext,
  factors: readonly SecondFactorRow[],
  code: string,
): Promise<void> {
  let last: unknown = invalid();
  for (const factor of factors.filter(({ kind }) => kind === 'totp')) {
    try {
      const step = await getStep(context, factor, code);
      if (await spendStep(context.database, factor.id, step)) return;
      last = invalid();
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

/** The step of a code. Wrong ones are counted. */
async function getStep(
  { database, seal, now }: SignInContext,
  factor: SecondFactorRow,
  code: string,
): Promise<number> {
  const rests = (factor.failedAt ?? 0) + REST_SECONDS > now();
  if (factor.failures >= MAX_FAILURES && rests) {
    throw new TonneError('SECOND_FACTOR_LOCKED', { field: 'code' });
  }
  const totp = totpOf(Secret.fromBase32(seal.open(factor.secret ?? '')), '');
  const delta = totp.validate({ token: code, timestamp: now() * 1000, window: WINDOW });
  if (delta !== null) return Math.floor(now() / STEP_SECONDS) + delta;
  await saveFailures(database, factor.id, rests ? factor.failures + 1 : 1, now());
  throw invalid();
}

function totpOf(secret: Secret, label: string): TOTP {
  return new TOTP({ issuer: 'TrueTonne', label, secret, digits: 6, period: STEP_SECONDS });
}

function invalid(): TonneError {
  return new TonneError('SECOND_FACTOR_INVALID', { field: 'code' });
}

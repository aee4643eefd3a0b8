import { TonneError } from '@truetonne/protocol';
import type { Database, Session } from '../../store/database/database.ts';
import type { SecondFactorRow } from '../../store/tables/schema.ts';
import { noteFactor } from './factorAudit.ts';
import { deleteFactor, deletePending, lockFactors, readFactors } from './factorStore.ts';
import type { SignedIn } from './signIn.ts';

/** A factor that was shown counts for so long, seconds. */
export const FRESH_SECONDS = 300;

/**
 * Before a dangerous act: whoever has turned a second factor on has shown it within five minutes; an
 * organisation may refuse those who have none.
 *
 * @throws TonneError SECOND_FACTOR_REQUIRED, SECOND_FACTOR_MISSING
 */
export async function assertSecondFactor(
  database: Session,
  { account, session }: SignedIn,
  now: number,
  isRequired: boolean,
): Promise<void> {
  const factors = await readFactors(database, account.id);
  if (factors.length === 0) {
    if (isRequired) throw new TonneError('SECOND_FACTOR_MISSING', { field: 'session' });
    return;
  }
  if (session.verifiedAt !== null && session.verifiedAt + FRESH_SECONDS > now) return;
  throw new TonneError('SECOND_FACTOR_REQUIRED', { field: 'session' });
}

/**
 * Turns a factor on, one at a time: of two that were begun while there was none, the later one asks for the
 * first. What else was begun and not confirmed is gone, so that a stolen session keeps nothing up its sleeve.
 *
 * @throws TonneError SECOND_FACTOR_REQUIRED
 */
export function turnOn(
  database: Database,
  signedIn: SignedIn,
  { now, kind }: { readonly now: number; readonly kind: SecondFactorRow['kind'] },
  keep: (session: Session) => Promise<void>,
): Promise<void> {
  const { account } = signedIn;
  return database.transaction(async (session) => {
    await lockFactors(session, account.id);
    await assertSecondFactor(session, signedIn, now, false);
    await keep(session);
    await deletePending(session, account.id, now);
    await noteFactor(session, account, { action: 'second-factor.on', kind, at: now });
  });
}

/** Turns a factor off. Throws SECOND_FACTOR_REQUIRED, SECOND_FACTOR_UNKNOWN. */
export function turnOff(
  database: Database,
  signedIn: SignedIn,
  id: string,
  now: number,
): Promise<void> {
  const { account } = signedIn;
  return database.transaction(async (session) => {
    await lockFactors(session, account.id);
    await assertSecondFactor(session, signedIn, now, false);
    const gone = await deleteFactor(session, account.id, id);
    if (gone === undefined) {
      throw new TonneError('SECOND_FACTOR_UNKNOWN', { field: 'id', value: id });
    }
    // One that was begun and never confirmed was never on.
    if (gone.confirmedAt === null) return;
    const { kind } = gone;
    await noteFactor(session, account, { action: 'second-factor.off', kind, at: now });
  });
}

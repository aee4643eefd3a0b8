import { TonneError } from '@truetonne/protocol';
import type { Database, Session } from '../store/database/database.ts';
import { deletePending, lockFactors, readFactors } from './factorStore.ts';
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
  now: number,
  keep: (session: Session) => Promise<void>,
): Promise<void> {
  return database.transaction(async (session) => {
    await lockFactors(session, signedIn.account.id);
    await assertSecondFactor(session, signedIn, now, false);
    await keep(session);
    await deletePending(session, signedIn.account.id, now);
  });
}

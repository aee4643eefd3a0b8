import { randomUUID } from 'node:crypto';
import { TonneError } from '@truetonne/protocol';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { SecondFactorRow } from '../../store/tables/schema.ts';
import { insertFactor, readFactors, saveCounter } from './factorStore.ts';
import { turnOn } from './secondFactor.ts';
import type { SignedIn, SignInContext } from './signIn.ts';
import { changeSession } from './store.ts';

/** A ceremony is to be done within so long, seconds. */
const CEREMONY_SECONDS = 300;

/** What the browser needs to make a passkey (WebAuthn level 3, section 5.4). */
export async function beginPasskey(
  context: SignInContext,
  { account, session }: SignedIn,
  origin: string,
) {
  const known = await readFactors(context.database, account.id);
  const options = await generateRegistrationOptions({
    ...{ rpName: 'TrueTonne', rpID: new URL(origin).hostname, userName: account.address },
    excludeCredentials: credentialsOf(known),
    authenticatorSelection: { userVerification: 'preferred', residentKey: 'discouraged' },
  });
  await keepChallenge(context, session.id, options.challenge);
  return options;
}

/** Keeps a passkey that the browser made. Throws SECOND_FACTOR_INVALID, SECOND_FACTOR_REQUIRED. */
export async function addPasskey(
  context: SignInContext,
  signedIn: SignedIn,
  origin: string,
  { name, response }: { readonly name: string; readonly response: RegistrationResponseJSON },
): Promise<void> {
  const { database, now } = context;
  const { account, session } = signedIn;
  const expectedChallenge = takeChallenge(session, now());
  await changeSession(database, session.id, { challenge: null });
  const { registrationInfo } = await verifyRegistrationResponse({
    ...{ response, expectedChallenge, requireUserVerification: false },
    ...{ expectedOrigin: origin, expectedRPID: new URL(origin).hostname },
  }).catch(refuse);
  if (registrationInfo === undefined) throw invalid('the browser did not confirm it');
  const { id, publicKey, counter } = registrationInfo.credential;
  const passkey = {
    ...{ id: randomUUID(), accountId: account.id, kind: 'passkey' as const, name },
    ...{ credentialId: id, publicKey, counter, createdAt: now(), confirmedAt: now() },
  };
  const { kind } = passkey;
  await turnOn(database, signedIn, { now: now(), kind }, (session) =>
    insertFactor(session, passkey),
  );
}

/** What the browser needs to show one of the account's passkeys. */
export async function challengePasskey(
  context: SignInContext,
  { account, session }: SignedIn,
  origin: string,
) {
  const known = await readFactors(context.database, account.id);
  const options = await generateAuthenticationOptions({
    ...{ rpID: new URL(origin).hostname, userVerification: 'preferred' },
    allowCredentials: credentialsOf(known),
  });
  await keepChallenge(context, session.id, options.challenge);
  return options;
}

/** Checks the answer of a passkey. Throws SECOND_FACTOR_INVALID. */
export async function checkPasskey(
  context: SignInContext,
  { session }: SignedIn,
  origin: string,
  factors: readonly SecondFactorRow[],
  response: AuthenticationResponseJSON,
): Promise<void> {
  const { database, now } = context;
  const expectedChallenge = takeChallenge(session, now());
  await changeSession(database, session.id, { challenge: null });
  const factor = factors.find(({ credentialId }) => credentialId === response.id);
  if (factor === undefined || factor.publicKey === null) throw invalid(response.id);
  const { id, publicKey, counter } = factor;
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    ...{ response, expectedChallenge, requireUserVerification: false },
    ...{ expectedOrigin: origin, expectedRPID: new URL(origin).hostname },
    credential: { id: response.id, publicKey: Uint8Array.from(publicKey), counter: counter ?? 0 },
  }).catch(refuse);
  if (!verified) throw invalid('the signature');
  await saveCounter(database, id, authenticationInfo.newCounter);
}

function keepChallenge({ database, now }: SignInContext, id: string, challenge: string) {
  const challengeExpiresAt = now() + CEREMONY_SECONDS;
  return changeSession(database, id, { challenge, challengeExpiresAt });
}

function takeChallenge({ challenge, challengeExpiresAt }: SignedIn['session'], now: number) {
  if (challenge === null || (challengeExpiresAt ?? 0) <= now) throw invalid('no challenge');
  return challenge;
}

function credentialsOf(factors: readonly SecondFactorRow[]) {
  return factors.flatMap(({ credentialId }) => (credentialId === null ? [] : { id: credentialId }));
}

function refuse(error: unknown): never {
  throw invalid(error instanceof Error ? error.message : String(error));
}

function invalid(value: string): TonneError {
  return new TonneError('SECOND_FACTOR_INVALID', { field: 'passkey', value });
}

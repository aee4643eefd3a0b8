/** The second factor of a wallet: codes of an app (TOTP), and passkeys (WebAuthn). */
import { integer, isRecord, object, oneOf, ShapeError, text, type Parser } from '../parse.ts';
import { askOwn, writeOwn, type Writer } from './own.ts';
import { itemsUnder } from './page.ts';

const FACTORS = '/v1/second-factors';
const SHOWN = '/v1/session/second-factor';

const factor = object({
  id: text,
  kind: oneOf('totp', 'passkey'),
  name: text,
  createdAt: integer,
});
export type SecondFactor = ReturnType<typeof factor>;

const newApp = object({ id: text, secret: text, uri: text });
/** A code app that counts once a code confirmed it; its secret is shown this once. */
export type NewCodeApp = ReturnType<typeof newApp>;

const anything = (): null => null;

/** Options that the browser itself reads, and refuses where they are wrong. */
const options: Parser<Readonly<Record<string, unknown>>> = (value, path) => {
  if (!isRecord(value)) throw new ShapeError(path, 'an object', value);
  return value;
};

export function fetchSecondFactors(oracleUrl: string): Promise<readonly SecondFactor[]> {
  return askOwn(oracleUrl, FACTORS, itemsUnder('secondFactors', factor));
}

export function beginCodeApp(writer: Writer, name: string): Promise<NewCodeApp> {
  return writeOwn(writer, { method: 'POST', path: `${FACTORS}/totp`, body: { name } }, newApp);
}

export function confirmCodeApp(writer: Writer, id: string, code: string): Promise<null> {
  const path = `${FACTORS}/totp/${id}/confirm`;
  return writeOwn(writer, { method: 'POST', path, body: { code } }, anything);
}

export function removeSecondFactor(writer: Writer, id: string): Promise<null> {
  return writeOwn(writer, { method: 'DELETE', path: `${FACTORS}/${id}` }, anything);
}

/** Makes a passkey in this browser and keeps its public half at the oracle. */
export async function addPasskey(writer: Writer, name: string): Promise<null> {
  const path = `${FACTORS}/passkey`;
  const asked = await writeOwn(writer, { method: 'POST', path: `${path}/options` }, options);
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    // Proof: the browser checks every field of it and throws a TypeError.
    asked as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  const made = asPasskey(await navigator.credentials.create({ publicKey }));
  const body = { name, response: made.toJSON() as unknown };
  return writeOwn(writer, { method: 'POST', path, body }, anything);
}

/** Shows the second factor by a code; dangerous acts are allowed for five minutes. */
export function showCode(writer: Writer, code: string): Promise<null> {
  return writeOwn(writer, { method: 'POST', path: SHOWN, body: { code } }, anything);
}

/** The same by a passkey. */
export async function showPasskey(writer: Writer): Promise<null> {
  const asked = await writeOwn(writer, { method: 'POST', path: `${SHOWN}/options` }, options);
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    // Proof: as above.
    asked as unknown as PublicKeyCredentialRequestOptionsJSON,
  );
  const shown = asPasskey(await navigator.credentials.get({ publicKey }));
  const body = { passkey: shown.toJSON() as unknown };
  return writeOwn(writer, { method: 'POST', path: SHOWN, body }, anything);
}

function asPasskey(credential: Credential | null): PublicKeyCredential {
  if (credential instanceof PublicKeyCredential) return credential;
  throw new TypeError('the browser made no passkey');
}

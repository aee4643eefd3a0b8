import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { generate } from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue, verifyCredential } from '@digitalbazaar/vc';
import { loadDocument } from './didKey.ts';

/** Terms of the subject are our own, and need no page on the network to be read. */
const TERMS = 'urn:truetonne:monitoring-report:1#';

/** Signs subjects as W3C Verifiable Credentials 2.0, Data Integrity with eddsa-rdfc-2022. */
export interface Issuer {
  readonly did: string;
  readonly issue: (credential: UnsignedCredential) => Promise<object>;
}

export interface UnsignedCredential {
  readonly id: string;
  readonly type: string;
  readonly subject: object;
  /** Unix seconds. */
  readonly validFrom: number;
}

/** `seed` is the secret Ed25519 key, 32 bytes. */
export async function createIssuer(seed: Uint8Array): Promise<Issuer> {
  const pair = await generate({ seed });
  const did = `did:key:${pair.publicKeyMultibase}`;
  pair.controller = did;
  pair.id = `${did}#${pair.publicKeyMultibase}`;
  return {
    did,
    issue({ id, type, subject, validFrom }) {
      const from = new Date(validFrom * 1000);
      const credential = {
        '@context': ['https://www.w3.org/ns/credentials/v2', { '@vocab': TERMS }],
        id,
        type: ['VerifiableCredential', type],
        issuer: did,
        validFrom: from.toISOString().replace('.000Z', 'Z'),
        credentialSubject: subject,
      };
      const suite = new DataIntegrityProof({ signer: pair.signer(), cryptosuite, date: from });
      return issue({ credential, suite, documentLoader: loadDocument });
    },
  };
}

/** Why a credential is not to be believed, or `undefined` when its proof holds. */
export async function findCredentialFault(credential: unknown): Promise<string | undefined> {
  const suite = new DataIntegrityProof({ cryptosuite });
  const { verified, error } = await verifyCredential({
    ...{ credential, suite },
    documentLoader: loadDocument,
  });
  if (verified) return undefined;
  return error?.errors?.[0]?.message ?? error?.message ?? 'the proof does not hold';
}

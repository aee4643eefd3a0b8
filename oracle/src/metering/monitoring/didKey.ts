import { defaultDocumentLoader, type DocumentLoader } from '@digitalbazaar/vc';

/** `did:key:z6Mk...`: an Ed25519 key, alone or as a verification method. */
const DID_KEY =
  /^(did:key:(z6Mk[1-9A-HJ-NP-Za-km-z]{40,50}))(?:#(z6Mk[1-9A-HJ-NP-Za-km-z]{40,50}))?$/;

const CONTEXTS = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'];

/**
 * Loads contexts that ship with the libraries, and documents of `did:key`, which follow from the key
 * alone (W3C CCG, did:key method, 3.1). Nothing else, and nothing from the network.
 */
export const loadDocument: DocumentLoader = async (url) => {
  const [, did, key, fragment] = DID_KEY.exec(url) ?? [];
  if (did === undefined || key === undefined) return defaultDocumentLoader(url);
  const method = {
    '@context': CONTEXTS[1],
    id: `${did}#${key}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: key,
  };
  const document = {
    '@context': CONTEXTS,
    id: did,
    verificationMethod: [method],
    assertionMethod: [method.id],
  };
  const wanted = fragment === undefined ? document : method;
  return { contextUrl: null, documentUrl: url, document: wanted };
};

/** What is used of libraries that ship without types. */
declare module '@digitalbazaar/vc' {
  interface RemoteDocument {
    readonly contextUrl: null;
    readonly documentUrl: string;
    readonly document: unknown;
  }
  type DocumentLoader = (url: string) => Promise<RemoteDocument>;
  export const defaultDocumentLoader: DocumentLoader;
  export function issue<Credential extends object>(options: {
    readonly credential: Credential;
    readonly suite: unknown;
    readonly documentLoader: DocumentLoader;
  }): Promise<Credential & { readonly proof: unknown }>;
  export function verifyCredential(options: {
    readonly credential: unknown;
    readonly suite: unknown;
    readonly documentLoader: DocumentLoader;
  }): Promise<{ readonly verified: boolean; readonly error?: Error & { errors?: Error[] } }>;
}

declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: {
      readonly signer?: unknown;
      readonly cryptosuite: unknown;
      readonly date?: Date;
    });
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: unknown;
}

declare module '@digitalbazaar/ed25519-multikey' {
  interface KeyPair {
    id: string;
    controller: string;
    readonly publicKeyMultibase: string;
    readonly signer: () => unknown;
  }
  export function generate(options: { readonly seed: Uint8Array }): Promise<KeyPair>;
}

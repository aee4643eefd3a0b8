/** Reads what a device or its command line wrote: JSON with the parts as hex. */
import { fromHex, TonneError, type Hex, type Signed } from '@truetonne/protocol';
import { hex, object, ShapeError, type Parser } from '../api/parse.ts';

const claimFile = object({ claim: hex, publicKey: hex, signature: hex });

const rotationFile = object({
  rotation: hex,
  oldPublicKey: hex,
  oldSignature: hex,
  claim: hex,
  publicKey: hex,
  signature: hex,
});

const replacementFile = object({ statement: hex, publicKey: hex, signature: hex });

/** The statement of the old key, and the claim of the new one. */
export interface SignedRotation {
  readonly rotation: Signed;
  readonly claim: Signed;
}

/** @throws TonneError FILE_MALFORMED */
export function readClaimFile(text: string): Signed {
  const { claim, publicKey, signature } = parse(text, claimFile, 'a claim');
  return signed(claim, publicKey, signature);
}

/** @throws TonneError FILE_MALFORMED */
export function readRotationFile(text: string): SignedRotation {
  const file = parse(text, rotationFile, 'a rotation');
  return {
    rotation: signed(file.rotation, file.oldPublicKey, file.oldSignature),
    claim: signed(file.claim, file.publicKey, file.signature),
  };
}

/** @throws TonneError FILE_MALFORMED */
export function readReplacementFile(text: string): Signed {
  const file = parse(text, replacementFile, 'a meter replacement');
  return signed(file.statement, file.publicKey, file.signature);
}

function signed(bytes: Hex, publicKey: Hex, signature: Hex): Signed {
  return { bytes: fromHex(bytes), publicKey: fromHex(publicKey), signature: fromHex(signature) };
}

function parse<T>(text: string, shape: Parser<T>, what: string): T {
  try {
    return shape(JSON.parse(text), 'file');
  } catch (error) {
    if (!(error instanceof ShapeError) && !(error instanceof SyntaxError)) throw error;
    const expected = `${what} as JSON`;
    throw new TonneError('FILE_MALFORMED', { field: 'file', value: error.message, expected });
  }
}

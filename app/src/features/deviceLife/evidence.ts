/** The proof that a key was copied, from parts that the oracle keeps or that somebody has. */
import {
  createWebCryptoVerifier,
  decodeHeader,
  findBytes,
  fromHex,
  HEADER_SIZE,
  SIGNATURE_SIZE,
  TonneError,
  toHex,
  verifyEquivocation,
  type Equivocation,
  type Hex,
  type ProvenEquivocation,
  type WindowHeader,
} from '@truetonne/protocol';

export interface Evidence {
  readonly proof: Equivocation;
  readonly proven: ProvenEquivocation;
  readonly headers: readonly [WindowHeader, WindowHeader];
}

/** A header as a device signed it. */
interface SignedHeader {
  readonly header: Hex;
  readonly signature: Hex;
}

/** Two of them that are told to be of one device and one number. */
export interface HeaderPair {
  readonly a: SignedHeader;
  readonly b: SignedHeader;
}

/** Checks the evidence here as the contract will. @throws TonneError as `freezeDevice` */
export async function examine(
  { a, b }: HeaderPair,
  publicKey: Hex,
  domain: Hex,
): Promise<Evidence> {
  const proof: Equivocation = {
    publicKey: fromHex(publicKey),
    headerA: fromHex(a.header),
    signatureA: fromHex(a.signature),
    headerB: fromHex(b.header),
    signatureB: fromHex(b.signature),
  };
  const proven = await verifyEquivocation(proof, domain, createWebCryptoVerifier());
  return { proof, proven, headers: [decodeHeader(proof.headerA), decodeHeader(proof.headerB)] };
}

/**
 * Header and signature of a window as its device printed it: its bytes as hex, with or without readings,
 * or the JSON that it posts.
 *
 * @throws TonneError BODY_MALFORMED
 */
export function readSignedHeader(text: string, field: string): SignedHeader {
  const bare = text.trim();
  return bare.startsWith('{') ? fromJson(bare, field) : fromBytes(findBytes(bare), field);
}

function fromBytes(bytes: Uint8Array | undefined, field: string): SignedHeader {
  const size = HEADER_SIZE + SIGNATURE_SIZE;
  if (bytes === undefined || bytes.length < size) {
    const value = bytes === undefined ? 'not hex' : `${String(bytes.length)} bytes`;
    const expected = `a window: hex of ${String(size)} bytes or more, or JSON with header and signature`;
    throw new TonneError('BODY_MALFORMED', { field, value, expected });
  }
  return {
    header: toHex(bytes.subarray(0, HEADER_SIZE)),
    signature: toHex(bytes.subarray(HEADER_SIZE, size)),
  };
}

function fromJson(text: string, field: string): SignedHeader {
  const fields = parseObject(text, field);
  const read = (name: string): Hex => {
    const found = fields.get(name);
    const bytes = typeof found === 'string' ? findBytes(found) : undefined;
    if (bytes !== undefined) return toHex(bytes);
    throw new TonneError('BODY_MALFORMED', {
      field: `${field}, ${name}`,
      expected: 'bytes as hex',
    });
  };
  return { header: read('header'), signature: read('signature') };
}

function parseObject(text: string, field: string): ReadonlyMap<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return new Map<string, unknown>(Object.entries(parsed ?? {}));
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error);
    throw new TonneError('BODY_MALFORMED', { field, value, expected: 'JSON' });
  }
}

import { certificatesAbi, creditAbi } from '@truetonne/protocol';
import type { Address, PublicClient } from 'viem';
import { listOf, object, text } from '../../api/index.ts';

const JSON_PREFIX = 'data:application/json;base64,';

const metadata = object({
  name: text,
  description: text,
  image: text,
  attributes: listOf(object({ trait_type: text, value: text })),
});

/** A certificate as the chain draws it. */
export interface CertificateToken {
  readonly owner: Address;
  readonly name: string;
  readonly description: string;
  /** A `data:` address of an SVG. */
  readonly image: string;
  readonly traits: ReadonlyMap<string, string>;
}

/** Reads picture and text from the contract. @throws ShapeError for another kind of metadata */
export function parseToken(uri: string, owner: Address): CertificateToken {
  const encoded = uri.startsWith(JSON_PREFIX) ? uri.slice(JSON_PREFIX.length) : '';
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const { attributes, ...rest } = metadata(json, 'tokenURI');
  const traits = new Map(attributes.map(({ trait_type, value }) => [trait_type, value]));
  return { ...rest, owner, traits };
}

export async function fetchToken(
  client: PublicClient,
  certificates: Address,
  id: bigint,
): Promise<CertificateToken> {
  const contract = { address: certificates, abi: certificatesAbi, args: [id] } as const;
  const [uri, owner] = await Promise.all([
    client.readContract({ ...contract, functionName: 'tokenURI' }),
    client.readContract({ ...contract, functionName: 'ownerOf' }),
  ]);
  return parseToken(uri, owner);
}

/** A retirement as the credit contract keeps it. */
export interface RetirementRecord {
  readonly account: Address;
  readonly creditId: bigint;
  readonly grams: bigint;
  readonly firstSerial: bigint;
  readonly retiredAt: number;
}

export function fetchRecord(
  client: PublicClient,
  credit: Address,
  id: bigint,
): Promise<RetirementRecord> {
  return client.readContract({
    address: credit,
    abi: creditAbi,
    functionName: 'retirement',
    args: [id],
  });
}

/** What the chain says of the void of a batch, and of what a void would draw from. */
import { creditAbi, energyCertificateAbi, recourseAbi, registryAbi } from '@truetonne/protocol';
import type { Address, PublicClient } from 'viem';
import type { ClaimKind } from './claims.ts';

/** Where a void is counted, and where it draws from. */
export interface RecourseSource {
  readonly client: PublicClient;
  readonly registry: Address;
  readonly recourse: Address;
  readonly credit: Address;
  readonly energyCertificate: Address;
}

export interface Voiding {
  /** Opinions to void have to be signed for it: how often the admin cancelled. */
  readonly round: number;
  /** Verifiers who said so in this round. */
  readonly votes: number;
  /** From when on anyone may execute it, Unix seconds; 0 while none is announced. */
  readonly executableFrom: number;
  /** Who alone may cancel. */
  readonly admin: Address;
  /** Seconds between the announcement and the void. */
  readonly notice: number;
}

export async function fetchVoiding(source: RecourseSource, batchId: bigint): Promise<Voiding> {
  const { client, registry, recourse } = source;
  const at = { address: recourse, abi: recourseAbi, args: [batchId] } as const;
  const of = { address: registry, abi: registryAbi } as const;
  const [round, votes, executableFrom, admin, notice] = await Promise.all([
    client.readContract({ ...at, functionName: 'roundOf' }),
    client.readContract({ ...at, functionName: 'votesOf' }),
    client.readContract({ ...at, functionName: 'executableFrom' }),
    client.readContract({ ...of, functionName: 'owner' }),
    client.readContract({ ...of, functionName: 'notice' }),
  ]);
  return { round, votes: Number(votes), executableFrom, admin, notice };
}

/** What is there to draw from: grams of a credit, or energy certificates and Wh carried to the next. */
export interface VoidBasis {
  readonly held: bigint;
  /** Grams in the buffer of the credit; 0 for certificates, which have none. */
  readonly buffered: bigint;
  /** Energy that makes no certificate yet; 0 for credits. */
  readonly remainderWh: bigint;
}

export interface VoidSubject {
  readonly kind: ClaimKind;
  readonly owner: Address;
  /** Of the credit, or of the energy certificate. */
  readonly id: bigint;
}

export async function fetchVoidBasis(
  { client, credit, energyCertificate }: RecourseSource,
  { kind, owner, id }: VoidSubject,
): Promise<VoidBasis> {
  if (kind === 'carbon') {
    const of = { address: credit, abi: creditAbi } as const;
    const [held, [, , buffered]] = await Promise.all([
      client.readContract({ ...of, functionName: 'balanceOf', args: [owner, id] }),
      client.readContract({ ...of, functionName: 'totals', args: [id] }),
    ]);
    return { held, buffered, remainderWh: 0n };
  }
  const of = { address: energyCertificate, abi: energyCertificateAbi } as const;
  const [held, [, , , remainderWh]] = await Promise.all([
    client.readContract({ ...of, functionName: 'balanceOf', args: [owner, id] }),
    client.readContract({ ...of, functionName: 'totals', args: [id] }),
  ]);
  return { held, buffered: 0n, remainderWh };
}

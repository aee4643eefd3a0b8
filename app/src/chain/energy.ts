/** A cancellation of energy certificates, as the contract has it. */
import { energyCertificateAbi } from '@truetonne/protocol';
import type { Address, PublicClient } from 'viem';

export interface CancellationRecord {
  readonly account: Address;
  readonly certificateId: bigint;
  readonly certificates: bigint;
  readonly firstSerial: bigint;
  /** Unix seconds. */
  readonly cancelledAt: number;
}

export function fetchCancellationRecord(
  client: PublicClient,
  energyCertificate: Address,
  id: bigint,
): Promise<CancellationRecord> {
  return client.readContract({
    address: energyCertificate,
    abi: energyCertificateAbi,
    functionName: 'cancellation',
    args: [id],
  });
}

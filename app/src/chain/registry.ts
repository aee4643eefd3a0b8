/** Who runs the registry, and whether it takes submissions and sales now. */
import { registryAbi } from '@truetonne/protocol';
import type { Address, PublicClient } from 'viem';

export interface RegistryState {
  /** Who alone accredits, publishes versions, pauses and cancels voids. */
  readonly admin: Address;
  /** Seconds between the announcement of an accreditation or void and its effect. */
  readonly notice: number;
  /** First second in which submissions and sales go on, Unix seconds. */
  readonly pausedUntil: number;
}

export async function fetchRegistryState(
  client: PublicClient,
  registry: Address,
): Promise<RegistryState> {
  const of = { address: registry, abi: registryAbi } as const;
  const [admin, notice, pausedUntil] = await Promise.all([
    client.readContract({ ...of, functionName: 'owner' }),
    client.readContract({ ...of, functionName: 'notice' }),
    client.readContract({ ...of, functionName: 'pausedUntil' }),
  ]);
  return { admin, notice, pausedUntil };
}

import { createKey, sealHistory, SERF_PLANT } from '@truetonne/device-signer';
import { domainOf, type SealedWindow } from '@truetonne/protocol';
import type { AddressBook } from './addressBook.ts';
import type { Provisioner } from './provision.ts';

/** A reading a window: the default of a device, and the most work for everybody who verifies. */
const READINGS_PER_WINDOW = 1;
/** The plant stands in Golden, Colorado (data/pv-serf-east-104d/SOURCE.md). */
const GOLDEN_COLORADO = { latitudeE6: 39_742_000, longitudeE6: -105_172_000 } as const;
/** Until 2026-07-01: ten years, the crediting period of GCCM001. */
const CREDITING_SECONDS = 10 * 365 * 86_400 + 2 * 86_400;

export interface SerfProject {
  readonly projectId: number;
  readonly windows: readonly SealedWindow[];
}

/**
 * Sets the SERF East plant up with one device and seals its measured 104 days with a key of its own.
 * The key lives in memory only: the series is history, nothing follows it.
 */
export async function addSerfProject(
  book: AddressBook,
  provisioner: Provisioner,
): Promise<SerfProject> {
  const { claim, windows } = sealHistory({
    key: createKey(),
    domain: domainOf(book.chainId, book.registry),
    owner: provisioner.owner.address,
    readingsPerWindow: READINGS_PER_WINDOW,
  });
  const creditingFrom = claim.claim.claimedAt;
  const { name, utcOffsetMinutes, capacityW } = SERF_PLANT;
  const projectId = await provisioner.addPlant({
    name: `${name} (replayed)`,
    country: 'US',
    ...GOLDEN_COLORADO,
    utcOffsetMinutes,
    capacityW,
    creditingFrom,
    creditingUntil: creditingFrom + CREDITING_SECONDS,
  });
  await provisioner.addDevice(claim, projectId, capacityW);
  return { projectId, windows };
}

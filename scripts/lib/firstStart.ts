import { postWindows, prepareFleet, SANDIA_PLANT } from '@truetonne/device-signer';
import { domainOf } from '@truetonne/protocol';
import type { AddressBook } from './addressBook.ts';
import { closePeriods, waitForBatches } from './oracleClient.ts';
import { createProvisioner, ONE_APPROVAL, type Provisioner } from './provision.ts';
import { addSerfProject } from './serfHistory.ts';

/** The live plant is registered second; its energy is batched by the day, so that one sees it happen. */
export const LIVE_PROJECT_ID = 2;

/** Both inverters of the measured system. */
const FLEET_SIZE = 2;
const SECONDS_PER_DAY = 86_400;
/** The fleet's clock begins at this hour at the plant: the sun is up within minutes of the first start. */
const FLEET_FIRST_HOUR = 8;
const FLEET_DAYS_BACK = 2;
const FLEET_CREDITING_YEARS = 10;

export interface FirstStartOptions {
  readonly book: AddressBook;
  readonly oracleUrl: string;
  /** Folder of the fleet's keys and state. */
  readonly devices: string;
  readonly say: (text: string) => void;
}

/**
 * What a newcomer finds: a plant with 104 measured days in batches that one verifier has to approve before
 * they can be minted, and a live plant whose devices begin to post.
 */
export async function prepareFirstStart(options: FirstStartOptions): Promise<void> {
  const { book, oracleUrl, say } = options;
  const provisioner = await createProvisioner(book, ONE_APPROVAL);
  say('posting 104 measured days of a real plant (once)');
  const history = await addSerfProject(book, provisioner);
  await postWindows(oracleUrl, history.windows);
  await closePeriods(oracleUrl, history);
  await waitForBatches(oracleUrl, history);
  say('registering the live plant and its devices (once)');
  await addLivePlant(options, provisioner);
}

async function addLivePlant(
  { book, devices }: FirstStartOptions,
  provisioner: Provisioner,
): Promise<void> {
  const startedAt = fleetStartedAt(Math.floor(Date.now() / 1000));
  const { name, latitudeE6, longitudeE6, utcOffsetMinutes, inverterCapacityW } = SANDIA_PLANT;
  const projectId = await provisioner.addPlant({
    // The measurements are real and the time is not: who looks at the page should know.
    name: `${name} (replayed)`,
    country: 'US',
    latitudeE6,
    longitudeE6,
    utcOffsetMinutes,
    capacityW: FLEET_SIZE * inverterCapacityW,
    creditingFrom: startedAt,
    creditingUntil: startedAt + FLEET_CREDITING_YEARS * 365 * SECONDS_PER_DAY,
  });
  const claims = prepareFleet({
    folder: devices,
    count: FLEET_SIZE,
    domain: domainOf(book.chainId, book.registry),
    owner: provisioner.owner.address,
    startedAt,
  });
  for (const claim of claims) await provisioner.addDevice(claim, projectId, inverterCapacityW);
}

/** A morning at the plant, two days before `now` (Unix seconds). */
function fleetStartedAt(now: number): number {
  const offset = SANDIA_PLANT.utcOffsetMinutes * 60;
  const localMidnight = Math.floor((now + offset) / SECONDS_PER_DAY) * SECONDS_PER_DAY;
  return localMidnight - offset + FLEET_FIRST_HOUR * 3600 - FLEET_DAYS_BACK * SECONDS_PER_DAY;
}

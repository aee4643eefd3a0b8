/** What the indexer knows of devices. Energy in Wh, power in W, times in Unix seconds. */
import { address, big, hex, integer, listOf, object, oneOf, optional, text } from '../parse.ts';
import { readAllPages } from '../allPages.ts';
import { askIndexer, MOST_PER_PAGE, PAGE_FIELDS, type PageOf } from './client.ts';
import { pageOf, single } from './page.ts';

const PAGE_SIZE = 50;

const DEVICE_FIELDS = `
  id owner publicKey state projectId capacityW revokedFrom predecessor successor offeredTo claimedAt
  sequence closedAt exportWh importWh batchCount exportedWh importedWh`;

const device = object({
  id: hex,
  owner: address,
  publicKey: hex,
  state: oneOf('claimed', 'bound', 'revoked', 'frozen'),
  projectId: optional(integer),
  capacityW: optional(big),
  revokedFrom: optional(integer),
  predecessor: optional(hex),
  successor: optional(hex),
  offeredTo: optional(address),
  claimedAt: integer,
  sequence: integer,
  closedAt: integer,
  exportWh: big,
  importWh: big,
  batchCount: integer,
  exportedWh: big,
  importedWh: big,
});
export type Device = ReturnType<typeof device>;

const deviceEvent = object({
  id: text,
  kind: oneOf(
    'claimed',
    'bound',
    'revoked',
    'rotated',
    'offered',
    'withdrawn',
    'handedOver',
    'meterReplaced',
    'frozen',
  ),
  by: address,
  at: integer,
  effectiveAt: optional(integer),
  projectId: optional(integer),
  capacityW: optional(big),
  counterparty: optional(address),
  successor: optional(hex),
  sequence: optional(integer),
  transactionHash: hex,
});
/** Something that happened to a device; which fields it has depends on its kind. */
export type DeviceEvent = ReturnType<typeof deviceEvent>;

const EVENT_FIELDS = `
  id kind by at effectiveAt projectId capacityW counterparty successor sequence transactionHash`;

const meterReplacement = object({
  statementHash: hex,
  transactionHash: hex,
  oldClosedAt: integer,
  oldExportWh: big,
  oldImportWh: big,
  replacedAt: integer,
  exportWh: big,
  importWh: big,
});
export type MeterReplacement = ReturnType<typeof meterReplacement>;

const REPLACEMENT_FIELDS = `
  statementHash transactionHash oldClosedAt oldExportWh oldImportWh replacedAt exportWh importWh`;

const life = object({
  events: object({ items: listOf(deviceEvent) }),
  meterReplacements: object({ items: listOf(meterReplacement) }),
});

/** What happened to a device, oldest first, with the registers of replaced meters. */
export interface DeviceLife {
  readonly events: readonly DeviceEvent[];
  readonly meterReplacements: readonly MeterReplacement[];
}

export function fetchDevices(
  url: string,
  projectId: number,
  after: string | undefined,
): Promise<PageOf<Device>> {
  const query = `query ($projectId: Int!, $after: String) {
    devices(where: { projectId: $projectId }, orderBy: "claimedAt", limit: ${PAGE_SIZE},
      after: $after) { items { ${DEVICE_FIELDS} } ${PAGE_FIELDS} } }`;
  return askIndexer(url, query, { projectId, after }, pageOf('devices', device));
}

/** All devices that a wallet may take over. */
export function fetchOffers(url: string, account: string): Promise<readonly Device[]> {
  const query = `query ($offeredTo: String!, $after: String) {
    devices(where: { offeredTo: $offeredTo, state_in: [claimed, bound] }, limit: ${MOST_PER_PAGE},
      after: $after) { items { ${DEVICE_FIELDS} } ${PAGE_FIELDS} } }`;
  const offeredTo = account.toLowerCase();
  return readAllPages((after) =>
    askIndexer(url, query, { offeredTo, after }, pageOf('devices', device)),
  );
}

/** All devices of a wallet that belong to no project. */
export function fetchUnbound(url: string, account: string): Promise<readonly Device[]> {
  const query = `query ($owner: String!, $after: String) {
    devices(where: { owner: $owner, state: claimed }, orderBy: "claimedAt",
      limit: ${MOST_PER_PAGE}, after: $after) { items { ${DEVICE_FIELDS} } ${PAGE_FIELDS} } }`;
  const owner = account.toLowerCase();
  return readAllPages((after) =>
    askIndexer(url, query, { owner, after }, pageOf('devices', device)),
  );
}

export function fetchDevice(url: string, id: string): Promise<Device | undefined> {
  const query = `query ($id: String!) { device(id: $id) { ${DEVICE_FIELDS} } }`;
  return askIndexer(url, query, { id }, single('device', device));
}

export async function fetchDeviceLife(url: string, id: string): Promise<DeviceLife | undefined> {
  const query = `query ($id: String!) { device(id: $id) {
    events(orderBy: "id", limit: 200) { items { ${EVENT_FIELDS} } }
    meterReplacements(limit: 200) { items { ${REPLACEMENT_FIELDS} } }
  } }`;
  const found = await askIndexer(url, query, { id }, single('device', life));
  if (found === undefined) return undefined;
  return { events: found.events.items, meterReplacements: found.meterReplacements.items };
}

/** Ponder answers at most 1,000 rows at a time. */
const KNOWN_PER_QUERY = 500;

const known = object({ id: hex, owner: address, projectId: optional(integer) });
/** Whose a claimed device is. */
export type KnownDevice = ReturnType<typeof known>;

/** Which of these devices are claimed, by id. */
export async function fetchKnownDevices(
  url: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownDevice>> {
  const query = `query ($ids: [String!]!) {
    devices(where: { id_in: $ids }, limit: ${KNOWN_PER_QUERY}) {
      items { id owner projectId } ${PAGE_FIELDS}
    } }`;
  const all = new Map<string, KnownDevice>();
  for (let start = 0; start < ids.length; start += KNOWN_PER_QUERY) {
    const part = ids.slice(start, start + KNOWN_PER_QUERY);
    const { items } = await askIndexer(url, query, { ids: part }, pageOf('devices', known));
    for (const item of items) all.set(item.id, item);
  }
  return all;
}

const validator = object({ accreditedUntil: integer });

/** Until when a wallet is accredited as validator, Unix seconds; undefined when it never was. */
export async function fetchAccreditation(
  url: string,
  account: string,
): Promise<number | undefined> {
  const query = 'query ($address: String!) { validator(address: $address) { accreditedUntil } }';
  const variables = { address: account.toLowerCase() };
  const found = await askIndexer(url, query, variables, single('validator', validator));
  return found?.accreditedUntil;
}

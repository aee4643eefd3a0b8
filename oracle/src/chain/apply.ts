import { cidOf, decodeAdvance, splitBatchId } from '@truetonne/protocol';
import { hexToString, toBytes, type Log } from 'viem';
import {
  findOwnByDigest,
  saveChainResult,
  saveForeign,
  saveMinted,
  saveSettled,
  type ChainBatch,
  type NewBatchDevice,
} from '../store/batches.ts';
import type { Session } from '../store/database/database.ts';
import type { BatchRow } from '../store/tables/schema.ts';
import { saveMethodology } from '../store/methodologies.ts';
import {
  findDevice,
  saveBatchCount,
  saveCredited,
  saveDevice,
  saveProject,
  saveRevocation,
  saveValidation,
} from '../store/registry.ts';
import { clearNumber, saveSubmission } from '../store/submissions.ts';
import { applyLife, type Applying } from './applyLife.ts';
import { parseEvents, placeOf, type EventOf, type RegistryEvent } from './events.ts';

/** Devices that moved in a batch whose own event is still to come: it is the last of its transaction. */
type Advances = Map<bigint, NewBatchDevice[]>;

/** Brings registry events into the tables, in the order of the chain. Seeing one twice changes nothing. */
export async function applyEvents(applying: Applying, logs: readonly Log[]): Promise<void> {
  const advances: Advances = new Map();
  for (const event of parseEvents(logs)) await applyEvent(applying, event, advances);
}

async function applyEvent(
  applying: Applying,
  event: RegistryEvent,
  advances: Advances,
): Promise<void> {
  const { session, now } = applying;
  switch (event.eventName) {
    case 'ProjectRegistered':
      return applyProject(session, event);
    case 'ProjectValidated': {
      const { projectId, validator, submitter, factorUgPerWh } = event.args;
      const validation = { validator, submitter, factorUgPerWh: BigInt(factorUgPerWh) };
      return saveValidation(session, projectId, validation);
    }
    case 'DeviceClaimed': {
      const { publicKey, ...claim } = event.args;
      return saveDevice(session, { ...claim, publicKey: toBytes(publicKey) }, placeOf(event));
    }
    case 'DeviceRevoked':
      return saveRevocation(session, event.args.deviceId, event.args.from);
    case 'DeviceAdvanced':
      return applyAdvance(session, event, advances);
    case 'BatchSubmitted':
      return applyBatch(session, event, advances, now);
    case 'BatchMinted':
    case 'EnergyMinted': {
      const { projectId, number } = splitBatchId(event.args.batchId);
      return saveMinted(session, projectId, number);
    }
    case 'MethodologyPublished': {
      const { methodologyId: id, code, version, parametersHash } = event.args;
      return saveMethodology(session, { id, code, version, parametersHash });
    }
    case 'DeviceBound':
    case 'DeviceRotated':
    case 'DeviceOffered':
    case 'DeviceHandedOver':
    case 'MeterReplaced':
    case 'DeviceFrozen':
      return applyLife(applying, event);
    case 'OwnershipTransferStarted':
    case 'OwnershipTransferred':
    case 'ValidatorAccredited':
    case 'RoleGiven':
    case 'Paused':
    case 'ClaimChosen':
    case 'ProjectBlocked':
      return undefined;
    case 'BatchSettled':
      return applySettled(session, event);
  }
}

/** `BatchStatus` of the contract, by number, where it says what verification found. */
const SETTLED = new Map<number, NonNullable<BatchRow['settled']>>([
  [3, 'verified'],
  [4, 'rejected'],
  [5, 'voided'],
]);

async function applySettled(session: Session, { args }: EventOf<'BatchSettled'>): Promise<void> {
  const settled = SETTLED.get(args.status);
  const { projectId, number } = splitBatchId(args.batchId);
  if (settled !== undefined) await saveSettled(session, projectId, number, settled);
}

async function applyProject(session: Session, event: EventOf<'ProjectRegistered'>): Promise<void> {
  const { args } = event;
  const { plant } = args;
  const project = {
    id: args.projectId,
    owner: args.owner,
    name: plant.name,
    country: hexToString(plant.country),
    latitudeE6: plant.latitudeE6,
    longitudeE6: plant.longitudeE6,
    utcOffsetMinutes: plant.utcOffsetMinutes,
    capacityW: BigInt(plant.capacityW),
    methodologyId: plant.methodologyId,
    creditingFrom: plant.creditingFrom,
    creditingUntil: plant.creditingUntil,
  };
  await saveProject(session, project, placeOf(event));
}

async function applyAdvance(
  session: Session,
  { args }: EventOf<'DeviceAdvanced'>,
  advances: Advances,
): Promise<void> {
  const { batchId } = args;
  const { deviceId, opening, closing: slot, exportedWh, importedWh } = decodeAdvance(args);
  const { sequence, closedAt, exportWh, importWh } = slot;
  const device = await findDevice(session, deviceId);
  if (device === undefined) return;
  const closing = { sequence, closedAt, exportWh, importWh };
  const openingSequence = opening.sequence;
  const advance = {
    deviceNumber: device.number,
    openingSequence,
    closing,
    exportedWh,
    importedWh,
    record: null,
  };
  advances.set(batchId, [...(advances.get(batchId) ?? []), advance]);
  await saveCredited(session, deviceId, closing);
}

/** A batch is final: ours is recognised by its file, whoever sent the transaction. */
async function applyBatch(
  session: Session,
  { args, blockNumber, transactionHash }: EventOf<'BatchSubmitted'>,
  advances: Advances,
  now: number,
): Promise<void> {
  const { projectId, number } = splitBatchId(args.batchId);
  const batch: ChainBatch = {
    ...args,
    projectId,
    number,
    cid: cidOf(args.fileDigest),
    blockNumber: Number(blockNumber),
    txHash: transactionHash,
  };
  await clearNumber(session, batch, now);
  const own = await findOwnByDigest(session, projectId, args.fileDigest);
  if (own === undefined) {
    await saveForeign(session, batch, advances.get(args.batchId) ?? []);
  } else {
    await saveSubmission(session, own.key, { phase: 'confirmed' }, now);
    await saveChainResult(session, own.key, batch);
  }
  await saveBatchCount(session, projectId, number);
}

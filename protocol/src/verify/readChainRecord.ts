import { parseEventLogs, type Log, type PublicClient } from 'viem';
import { registryAbi } from '../abi/registry.ts';
import { decodeAdvance } from '../batch/deviceSlot.ts';
import { splitBatchId } from '../batch/ids.ts';
import type { Hex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import type { ChainRecord, DeviceRecord } from './record.ts';

/** What is needed of a chain client; the caller brings one, so nothing here opens a connection. */
export type ChainReader = Pick<PublicClient, 'readContract' | 'getLogs'>;

const BATCH_NONE = 0;

/**
 * Everything the chain says of a batch: its contract state, and the events of the one block in which
 * it was submitted.
 *
 * @throws TonneError BATCH_UNKNOWN
 */
export async function readChainRecord(
  client: ChainReader,
  registry: Hex,
  batchId: bigint,
): Promise<ChainRecord> {
  const contract = { address: registry, abi: registryAbi } as const;
  const batch = await client.readContract({ ...contract, functionName: 'batch', args: [batchId] });
  if (batch.status === BATCH_NONE) {
    throw new TonneError('BATCH_UNKNOWN', { field: 'batchId', value: String(batchId) });
  }
  const block = BigInt(batch.blockNumber);
  const logs = await client.getLogs({ address: registry, fromBlock: block, toBlock: block });
  const submitted = findSubmitted(logs, batchId);
  const domain = await client.readContract({ ...contract, functionName: 'domain' });
  const devices = readDevices(logs, batchId);
  return {
    ...submitted,
    ...splitBatchId(batchId),
    domain,
    batchId,
    root: batch.root,
    grams: batch.grams,
    creditableWh: batch.creditableWh,
    factorUgPerWh: BigInt(submitted.factorUgPerWh),
    openingRemainderUg: BigInt(submitted.openingRemainderUg),
    devices,
  };
}

/** By number, as `BatchStatus` of the contracts. */
const STATUSES = ['none', 'submitted', 'minted', 'verified', 'rejected', 'voided'] as const;
export type BatchStatus = (typeof STATUSES)[number];

/** What became of a batch so far: one that is recomputed rightly may have been voided for another reason. */
export async function readBatchStatus(
  client: Pick<ChainReader, 'readContract'>,
  registry: Hex,
  batchId: bigint,
): Promise<BatchStatus> {
  const contract = { address: registry, abi: registryAbi } as const;
  const { status } = await client.readContract({
    ...contract,
    functionName: 'batch',
    args: [batchId],
  });
  const name = STATUSES[status];
  if (name !== undefined) return name;
  throw new TonneError('BATCH_UNKNOWN', { field: 'status', value: String(status) });
}

function findSubmitted(logs: readonly Log[], batchId: bigint) {
  const events = parseEventLogs({
    abi: registryAbi,
    eventName: 'BatchSubmitted',
    logs: [...logs],
    args: { batchId },
  });
  const [event] = events;
  if (event === undefined) {
    throw new TonneError('BATCH_UNKNOWN', { field: 'BatchSubmitted', value: String(batchId) });
  }
  return event.args;
}

function readDevices(logs: readonly Log[], batchId: bigint): readonly DeviceRecord[] {
  const events = parseEventLogs({
    abi: registryAbi,
    eventName: 'DeviceAdvanced',
    logs: [...logs],
    args: { batchId },
  });
  return events.map(({ args }) => {
    const { deviceId, opening, closing, exportedWh, importedWh } = decodeAdvance(args);
    return {
      deviceId,
      openingSequence: opening.sequence,
      openingClosedAt: opening.closedAt,
      sequence: closing.sequence,
      closedAt: closing.closedAt,
      exportWh: closing.exportWh,
      importWh: closing.importWh,
      exportedWh,
      importedWh,
      capacityW: closing.capacityW,
    };
  });
}

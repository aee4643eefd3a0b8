import { decodeAdvance } from '../../protocol/src/batch/deviceSlot.ts';
import { splitBatchId } from '../../protocol/src/batch/ids.ts';
import type { Hex } from '../../protocol/src/bytes.ts';
import { domainOf } from '../../protocol/src/identity/identity.ts';
import type { ChainRecord, DeviceRecord } from '../../protocol/src/verify/record.ts';
import { BATCH_SUBMITTED, DEVICE_ADVANCED, type EventShape } from './events.ts';
import { QUERY_MS, type FunctionsHost } from './host.ts';

/** What the consumer contract asks about. */
export interface Asked {
  readonly batchId: bigint;
  readonly root: Hex;
  readonly chainId: number;
  readonly registry: Hex;
  readonly blockNumber: bigint;
  readonly share: number;
  readonly shares: number;
  readonly rpcUrl: string;
  readonly fileUrl: string;
}

interface Log {
  readonly topics: readonly string[];
  readonly data: string;
}

type Words = ReadonlyMap<string, bigint>;

const WORD_DIGITS = 64;

/** Reads the events of the block that holds the batch. Throws CHAIN_UNREACHABLE or BATCH_UNKNOWN. */
export async function readRecord(asked: Asked, host: FunctionsHost): Promise<ChainRecord> {
  const { registry, chainId, batchId, root } = asked;
  const logs = await readLogs(asked, host);
  const [submitted] = wordsOf(BATCH_SUBMITTED, logs, batchId);
  if (submitted === undefined) throw new Error('BATCH_UNKNOWN');
  const word = (name: string): bigint => getWord(submitted, name);
  if (hexOf(word('root')) !== root) throw new Error('BATCH_UNKNOWN');
  return {
    domain: domainOf(chainId, registry),
    batchId,
    ...splitBatchId(batchId),
    root,
    fileDigest: hexOf(word('fileDigest')),
    periodStart: Number(word('periodStart')),
    periodEnd: Number(word('periodEnd')),
    vintage: Number(word('vintage')),
    exportedWh: word('exportedWh'),
    importedWh: word('importedWh'),
    deductedWh: word('deductedWh'),
    creditableWh: word('creditableWh'),
    grams: word('grams'),
    factorUgPerWh: word('factorUgPerWh'),
    openingDeficitWh: word('openingDeficitWh'),
    openingRemainderUg: word('openingRemainderUg'),
    devices: wordsOf(DEVICE_ADVANCED, logs, batchId).map(toDevice),
  };
}

async function readLogs(asked: Asked, host: FunctionsHost): Promise<readonly Log[]> {
  const { registry, blockNumber, rpcUrl } = asked;
  const block = `0x${blockNumber.toString(16)}`;
  const filter = { address: registry, fromBlock: block, toBlock: block };
  const answer = await host.makeHttpRequest({
    url: rpcUrl,
    method: 'post',
    headers: { 'content-type': 'application/json' },
    data: { jsonrpc: '2.0', id: 1, method: 'eth_getLogs', params: [filter] },
    timeout: QUERY_MS,
  });
  // Proof: JSON-RPC; a result that is no list of logs fails where it is read.
  const result = answer.error ? undefined : (answer.data as { result?: readonly Log[] }).result;
  if (result === undefined) throw new Error('CHAIN_UNREACHABLE');
  return result;
}

/** The words of every event of a kind that is about the batch; all parameters are one word each. */
function wordsOf(shape: EventShape, logs: readonly Log[], batchId: bigint): readonly Words[] {
  return logs
    .filter(({ topics }) => topics[0] === shape.topic && BigInt(topics[1] ?? 0) === batchId)
    .map(({ topics, data }) => {
      const indexed = shape.indexed.map((name, index): [string, bigint] => [
        name,
        BigInt(topics[index + 1] ?? 0),
      ]);
      const plain = shape.data.map((name, index): [string, bigint] => {
        const start = 2 + index * WORD_DIGITS;
        return [name, BigInt(`0x${data.slice(start, start + WORD_DIGITS)}`)];
      });
      return new Map([...indexed, ...plain]);
    });
}

function toDevice(words: Words): DeviceRecord {
  const { deviceId, opening, closing, exportedWh, importedWh } = decodeAdvance({
    deviceId: hexOf(getWord(words, 'deviceId')),
    opening: getWord(words, 'opening'),
    closing: getWord(words, 'closing'),
  });
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
}

function getWord(words: Words, name: string): bigint {
  const value = words.get(name);
  if (value === undefined) throw new Error(`EVENT_LACKS_${name}`);
  return value;
}

function hexOf(word: bigint): Hex {
  return `0x${word.toString(16).padStart(WORD_DIGITS, '0')}`;
}

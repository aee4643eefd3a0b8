import { gunzipSync } from 'node:zlib';
import {
  createWebCryptoVerifier,
  decodeBatch,
  parseWindow,
  readChainRecord,
  registryAbi,
  splitBatchId,
  verifyBatchFile,
  type Hex,
} from '@truetonne/protocol';
import { parseEventLogs } from 'viem';
import type { TestChain } from '../../oracle/test/support/chain.ts';
import type { TestClient } from '../../oracle/test/support/client.ts';
import type { ChaosDevice } from './fleet.ts';

/** What is found when everything has come to rest. */
export interface Audit {
  readonly acknowledged: number;
  /** Acknowledged windows that are in a batch which is on the chain. */
  readonly batched: number;
  /** Acknowledged windows that are in none and carry a reason. */
  readonly withReason: number;
  /** Acknowledged windows of which nothing is known, or something else. Each is a failure. */
  readonly losses: number;
  /** Windows in more than one batch, and batches that are on the chain more than once. */
  readonly doubles: number;
  /** Places where a batch's windows do not continue the ones before. */
  readonly brokenChains: number;
  readonly batches: number;
  /** Projects whose sums on the chain are not the devices' registers minus the findings. */
  readonly wrongSums: number;
  /** Batches that a verifier refuses. */
  readonly unverified: number;
}

type Submitted = Awaited<ReturnType<typeof readSubmitted>>[number];

async function readSubmitted({ client, deployment }: TestChain) {
  const { registry: address } = deployment;
  const logs = await client.getLogs({ address, fromBlock: 0n, toBlock: 'latest' });
  return parseEventLogs({ abi: registryAbi, eventName: 'BatchSubmitted', logs });
}

/** Compares what devices were promised with what the chain and the public batch files hold. */
export async function audit(
  chain: TestChain,
  oracle: TestClient,
  devices: readonly ChaosDevice[],
): Promise<Audit> {
  const submitted = await readSubmitted(chain);
  const placed = new Map<Hex, number>();
  const closings = new Map<Hex, { readonly sequence: number; readonly headerHash: Hex }>();
  const found = { doubles: 0, brokenChains: 0, unverified: 0, wrongSums: 0 };
  found.doubles += submitted.length - new Set(submitted.map(({ args }) => args.batchId)).size;
  for (const event of submitted) {
    const { windows, verified } = await readBatch(chain, oracle, event);
    if (!verified) found.unverified++;
    for (const { header, headerHash } of windows) {
      placed.set(headerHash, (placed.get(headerHash) ?? 0) + 1);
      const before = closings.get(header.deviceId);
      const { sequence, previousHash } = header;
      const follows = before === undefined || sequence > before.sequence;
      const linked =
        sequence !== (before?.sequence ?? -1) + 1 || previousHash === before?.headerHash;
      if (!follows || !linked) found.brokenChains++;
      closings.set(header.deviceId, { sequence, headerHash });
    }
  }
  found.doubles += [...placed.values()].filter((times) => times > 1).length;
  found.brokenChains += countMissingNumbers(submitted);
  found.wrongSums = await countWrongSums(chain, submitted, devices);
  return { ...(await countPromises(oracle, devices, placed)), ...found, batches: submitted.length };
}

async function readBatch(chain: TestChain, oracle: TestClient, { args }: Submitted) {
  const response = await fetch(`${oracle.url}/v1/batches/${args.batchId}/file`);
  if (response.status !== 200) return { windows: [], verified: false };
  const file = new Uint8Array(await response.arrayBuffer());
  const record = await readChainRecord(chain.client, chain.deployment.registry, args.batchId);
  const verifySignature = createWebCryptoVerifier();
  const result = await verifyBatchFile({ file, record, verifySignature });
  const { windows } = decodeBatch(gunzipSync(file));
  return {
    windows: windows.map((bytes) => parseWindow(bytes, chain.domain)),
    verified: result.verified,
  };
}

/** Numbers of a project's batches are 1, 2, 3 and so on. */
function countMissingNumbers(submitted: readonly Submitted[]): number {
  const last = new Map<number, number>();
  let missing = 0;
  for (const { args } of submitted) {
    const { projectId, number } = splitBatchId(args.batchId);
    if (number !== (last.get(projectId) ?? 0) + 1) missing++;
    last.set(projectId, number);
  }
  return missing;
}

/** Exported less imported on the chain is what the devices' registers grew by until where it stands. */
async function countWrongSums(
  { client, deployment }: TestChain,
  submitted: readonly Submitted[],
  devices: readonly ChaosDevice[],
): Promise<number> {
  let wrong = 0;
  for (const projectId of new Set(devices.map((one) => one.projectId))) {
    const events = submitted.filter(({ args }) => args.projectId === projectId);
    const sums = { exportWh: 0n, importWh: 0n };
    for (const { device, sealed } of devices.filter((one) => one.projectId === projectId)) {
      const slot = await client.readContract({
        address: deployment.registry,
        abi: registryAbi,
        functionName: 'device',
        args: [device.deviceId],
      });
      const last = sealed[slot.sequence];
      sums.exportWh += last?.exportWh ?? 0n;
      sums.importWh += last?.importWh ?? 0n;
    }
    const exportedWh = events.reduce((sum, { args }) => sum + args.exportedWh, 0n);
    const importedWh = events.reduce((sum, { args }) => sum + args.importedWh, 0n);
    if (exportedWh !== sums.exportWh || importedWh !== sums.importWh) wrong++;
  }
  return wrong;
}

async function countPromises(
  oracle: TestClient,
  devices: readonly ChaosDevice[],
  placed: ReadonlyMap<Hex, number>,
): Promise<Pick<Audit, 'acknowledged' | 'batched' | 'withReason' | 'losses'>> {
  const counts = { acknowledged: 0, batched: 0, withReason: 0, losses: 0 };
  for (const { device, sealed } of devices) {
    for (const [sequence, sent] of sealed.entries()) {
      if (sent?.acknowledged !== true) continue;
      counts.acknowledged++;
      if (placed.has(sent.headerHash)) counts.batched++;
      else if (await hasReason(oracle, device.deviceId, sequence, sent.headerHash))
        counts.withReason++;
      else counts.losses++;
    }
  }
  return counts;
}

async function hasReason(
  oracle: TestClient,
  deviceId: Hex,
  sequence: number,
  headerHash: Hex,
): Promise<boolean> {
  const window = await oracle.window(deviceId, sequence).catch(() => undefined);
  if (window?.headerHash !== headerHash) return false;
  const { reason } = await oracle.status(deviceId, sequence);
  return reason !== null;
}

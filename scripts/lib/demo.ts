import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postWindows } from '@truetonne/device-signer';
import { parseConfig, startOracle, type Oracle } from '@truetonne/oracle';
import {
  createWebCryptoVerifier,
  creditAbi,
  creditIdOf,
  dedicationOf,
  readChainRecord,
  registryAbi,
  verifyBatchFile,
  type ChainRecord,
} from '@truetonne/protocol';
import { deployLocal } from '../deploy.ts';
import type { AddressBook } from './addressBook.ts';
import { buildContracts } from './build.ts';
import { startChain } from './chain.ts';
import { findFreePort } from './ports.ts';
import { createProvisioner, type Provisioner } from './provision.ts';
import { addSerfProject, type SerfProject } from './serfHistory.ts';
import { closePeriods, waitForBatches } from './oracleClient.ts';

/** A tonne: what the demonstration retires of what it minted. */
const RETIRED_GRAMS = 1_000_000n;

/** What `npm run demo -- --json` prints; energy in Wh. */
export interface DemoSummary {
  readonly readings: number;
  readonly windows: number;
  readonly batches: number;
  readonly exportWh: bigint;
  readonly importWh: bigint;
  readonly deductedWh: bigint;
  readonly creditableWh: bigint;
  readonly grams: bigint;
  readonly mintedGrams: bigint;
  readonly retiredGrams: bigint;
  readonly verifiedBatches: number;
  readonly seconds: number;
}

type Say = (text: string) => void;

/** Takes real data through the whole chain once, in fresh temporary state that is removed after. */
export async function runDemo(say: Say): Promise<DemoSummary> {
  const started = performance.now();
  await buildContracts();
  const folder = await mkdtemp(join(tmpdir(), 'truetonne-demo-'));
  const running: { stop: () => Promise<void> }[] = [];
  try {
    say('starting a chain of its own and deploying the contracts');
    const chain = await startChain({
      port: await findFreePort(),
      logFile: join(folder, 'chain.log'),
    });
    running.push(chain);
    const book = await deployLocal(chain.rpcUrl);
    const oracle = await startDemoOracle(folder, book);
    running.push(oracle);
    const summary = await runMainJob(book, oracle, say);
    return { ...summary, seconds: Math.round((performance.now() - started) / 100) / 10 };
  } finally {
    for (const part of running.reverse()) await part.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function startDemoOracle(folder: string, book: AddressBook): Promise<Oracle> {
  const deployment = join(folder, 'deployment.json');
  await writeFile(deployment, JSON.stringify(book));
  return startOracle(
    parseConfig({
      TRUETONNE_DEPLOYMENT: deployment,
      ORACLE_DATA: join(folder, 'oracle'),
      PORT_ORACLE: '0',
      PORT_MQTT: '0',
      ORACLE_ALLOW_CLOSE: '1',
      LOG_LEVEL: 'error',
    }),
  );
}

async function runMainJob(
  book: AddressBook,
  oracle: Oracle,
  say: Say,
): Promise<Omit<DemoSummary, 'seconds'>> {
  say('registering the plant and its device; sealing 104 measured days with a P-256 key');
  const provisioner = await createProvisioner(book);
  const project = await addSerfProject(book, provisioner);
  say(`posting ${project.windows.length} signed windows over HTTP`);
  await postWindows(oracle.url, project.windows);
  await closePeriods(oracle.url, project);
  const batchIds = await waitForBatches(oracle.url, project);
  const records: ChainRecord[] = [];
  for (const batchId of batchIds) {
    const record = await readChainRecord(provisioner.owner.reader, book.registry, batchId);
    await verifyOrThrow(oracle.url, record);
    records.push(record);
    say(`batch ${batchId}: ${record.creditableWh} Wh creditable, ${record.grams} g, verified`);
  }
  const mintedGrams = await mintAll(book, provisioner, batchIds, records);
  const retiredGrams = await retire(book, provisioner, project, records);
  say(`minted ${mintedGrams} g to the project owner, retired ${retiredGrams} g`);
  return { ...summarise(project, records), mintedGrams, retiredGrams };
}

async function verifyOrThrow(oracleUrl: string, record: ChainRecord): Promise<void> {
  const response = await fetch(`${oracleUrl}/v1/batches/${record.batchId}/file`);
  const file = new Uint8Array(await response.arrayBuffer());
  const verifySignature = createWebCryptoVerifier();
  const result = await verifyBatchFile({ file, record, verifySignature });
  if (!result.verified) throw new Error(`batch ${record.batchId}: ${result.failure.message}`);
}

/** Mints every batch as the project owner; answers what the credit contract says was minted. */
async function mintAll(
  book: AddressBook,
  { owner }: Provisioner,
  batchIds: readonly bigint[],
  records: readonly ChainRecord[],
): Promise<bigint> {
  for (const batchId of batchIds) {
    const call = {
      address: book.registry,
      abi: registryAbi,
      functionName: 'mint',
      args: [batchId],
    } as const;
    await owner.confirm(await owner.writer.writeContract(call));
  }
  const creditIds = new Set(
    records.map(({ projectId, vintage }) => creditIdOf(projectId, vintage)),
  );
  let minted = 0n;
  for (const creditId of creditIds) {
    const call = {
      address: book.credit,
      abi: creditAbi,
      functionName: 'totals',
      args: [creditId],
    } as const;
    const [mintedGrams] = await owner.reader.readContract(call);
    minted += mintedGrams;
  }
  return minted;
}

async function retire(
  book: AddressBook,
  { owner }: Provisioner,
  { projectId }: SerfProject,
  [first]: readonly ChainRecord[],
): Promise<bigint> {
  if (first === undefined) throw new Error('there is no batch to retire from');
  const creditId = creditIdOf(projectId, first.vintage);
  const credit = { address: book.credit, abi: creditAbi } as const;
  const dedication = dedicationOf(owner.address, {
    beneficiary: 'TrueTonne demonstration',
    purpose: 'Shows a retirement of real measured energy',
  });
  const args = [creditId, RETIRED_GRAMS, dedication] as const;
  await owner.confirm(
    await owner.writer.writeContract({ ...credit, functionName: 'retire', args }),
  );
  const totals = { ...credit, functionName: 'totals', args: [creditId] } as const;
  const [, retiredGrams] = await owner.reader.readContract(totals);
  return retiredGrams;
}

function summarise(
  { windows }: SerfProject,
  records: readonly ChainRecord[],
): Omit<DemoSummary, 'seconds' | 'mintedGrams' | 'retiredGrams'> {
  const total = (
    field: 'exportedWh' | 'importedWh' | 'deductedWh' | 'creditableWh' | 'grams',
  ): bigint => records.reduce((sum, record) => sum + record[field], 0n);
  return {
    readings: windows.reduce((sum, { readings }) => sum + readings.length, 0),
    windows: windows.length,
    batches: records.length,
    exportWh: total('exportedWh'),
    importWh: total('importedWh'),
    deductedWh: total('deductedWh'),
    creditableWh: total('creditableWh'),
    grams: total('grams'),
    verifiedBatches: records.length,
  };
}

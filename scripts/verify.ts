/** `npm run verify -- <batchId>`: checks a batch against any RPC and batch file. Exit 0 or 1. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  CATALOGUE,
  cidOf,
  LAWS,
  createWebCryptoVerifier,
  readBatchStatus,
  readChainRecord,
  TonneError,
  verifyBatchFile,
  type BatchStatus,
  type ErrorCode,
  type VerificationFailure,
  type VerificationSummary,
} from '@truetonne/protocol';
import { BaseError, createPublicClient, http, isAddress } from 'viem';
import { addressBookPath, readAddressBook } from './lib/addressBook.ts';
import { readPort } from './lib/ports.ts';
import { verifyRecords } from './lib/verifyRecords.ts';

const USAGE = `Usage: npm run verify -- <batchId> [options]
       npm run verify -- audit <page.json>...          pages of GET /v1/audit, in their order
       npm run verify -- line <proofs.json> [--root]   an answer of GET /v1/proofs

Rebuilds the tree of a batch, checks every device signature, recomputes the grams and compares all of it
with the contract. Exit code 0: verified. 1: not, with the first thing that is wrong. 2: wrong usage.

  --network NAME     address book deployments/NAME.json (default: local)
  --rpc URL          RPC of the chain (default: that of the address book)
  --registry 0x...   registry contract (default: that of the address book)
  --file PATH|URL    the batch file (default: from the oracle of \`npm start\`)
  --root 0x...       root of the inventory, from the chain (default: that of the answer)
  --json             print one JSON object`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    network: { type: 'string', default: 'local' },
    rpc: { type: 'string' },
    registry: { type: 'string' },
    file: { type: 'string' },
    root: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** What the status means for who relies on the batch. */
const STATUS_WORDS: Readonly<Record<BatchStatus, string>> = {
  none: 'the chain knows no such batch',
  submitted: 'submitted: it waits for what its methodology version demands',
  verified: 'verified: its owner may mint it',
  minted: 'minted: its credits are in circulation',
  rejected: 'REJECTED by verifiers: it can never be minted',
  voided: 'VOIDED: verifiers found it wrong, and what it had issued was made whole',
};

const [id, ...paths] = positionals;
const isRecord = (id === 'audit' || id === 'line') && paths.length > 0;
if (values.help || id === undefined || !(isRecord || /^\d{1,20}$/.test(id))) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 2);
}
try {
  if (isRecord) console.log(`✔ ${await verifyRecords(id, paths, values.root)}`);
  else process.exitCode = await verify(BigInt(id));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const code = error instanceof BaseError ? 'CHAIN_UNREACHABLE' : codeOf(error);
  // viem's whole message is a page; its first line says what went wrong.
  const reason =
    error instanceof BaseError ? `${error.shortMessage} ${error.details}` : error.message;
  console.error(`✖ not verified: ${code}\n  ${reason}`);
  process.exitCode = 1;
}

function codeOf(error: Error): ErrorCode {
  return error instanceof TonneError ? error.code : 'INTERNAL';
}

async function verify(batchId: bigint): Promise<number> {
  const { rpcUrl, registry } = findChain();
  const client = createPublicClient({ transport: http(rpcUrl) });
  const record = await readChainRecord(client, registry, batchId);
  const file = await loadFile(values.file ?? standardFileUrl(batchId), cidOf(record.fileDigest));
  const verifySignature = createWebCryptoVerifier();
  const result = await verifyBatchFile({ file, record, verifySignature });
  if (result.verified) report(result.summary, await readBatchStatus(client, registry, batchId));
  else reportFailure(result.failure);
  return result.verified ? 0 : 1;
}

function findChain(): { readonly rpcUrl: string; readonly registry: `0x${string}` } {
  const { rpc, registry } = values;
  if (registry !== undefined && !isAddress(registry))
    throw new Error(`--registry ${registry} is no address`);
  if (rpc !== undefined && registry !== undefined) return { rpcUrl: rpc, registry };
  const book = readAddressBook(addressBookPath(values.network));
  return { rpcUrl: rpc ?? book.rpcUrl, registry: registry ?? book.registry };
}

function standardFileUrl(batchId: bigint): string {
  return `http://127.0.0.1:${readPort('oracle')}/v1/batches/${batchId}/file`;
}

async function loadFile(place: string, cid: string): Promise<Uint8Array> {
  try {
    if (!/^https?:/.test(place)) return await readFile(place);
    const response = await fetch(place);
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    const value = `${place}: ${error instanceof Error ? error.message : String(error)}`;
    throw new TonneError('FILE_MISSING', { field: 'file', value, expected: cid });
  }
}

function report(summary: VerificationSummary, status: BatchStatus): void {
  if (values.json) {
    const asText = (_key: string, value: unknown): unknown =>
      typeof value === 'bigint' ? value.toString() : value;
    console.log(JSON.stringify({ verified: true, status, ...summary }, asText));
    return;
  }
  console.log(`✔ batch ${summary.batchId} verified
  ${summary.windows} windows with ${summary.readings} readings of ${summary.devices} device(s), every signature valid
  exported ${summary.exportedWh} Wh, imported ${summary.importedWh} Wh, deducted ${summary.deductedWh} Wh
  creditable ${summary.creditableWh} Wh = ${summary.grams} g CO2e, as on the chain
  root ${summary.root}
  ${STATUS_WORDS[status]}`);
}

function reportFailure({ law, code, place, message }: VerificationFailure): void {
  if (values.json) {
    console.log(JSON.stringify({ verified: false, law: LAWS[law], code, place, message }));
    return;
  }
  const where = Object.entries(place).map(([name, value]) => `${name} ${value}`);
  console.error(`✖ not verified: ${code} (${CATALOGUE[code].title})
  law ${LAWS[law]}
  ${where.length === 0 ? 'the batch as a whole' : where.join(', ')}
  ${message}`);
}

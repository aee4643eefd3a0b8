import {
  batchIdOf,
  concatBytes,
  registryAbi,
  toErrorCode,
  toHex,
  type ErrorCode,
  type Hex,
} from '@truetonne/protocol';
import {
  BaseError,
  ContractFunctionRevertedError,
  encodeFunctionData,
  keccak256,
  TransactionReceiptNotFoundError,
  type LocalAccount,
  type PublicClient,
} from 'viem';
import {
  stepSubmission,
  type Observation,
  type SignedTransaction,
  type Submission,
  type SubmissionAction,
  type SubmissionEffect,
} from '../domain/submission.ts';
import {
  readBatchDevices,
  readUnconfirmed,
  saveSubmission,
  submissionOf,
  transactionOf,
} from '../store/batches.ts';
import type { Database } from '../store/database.ts';
import type { BatchRow } from '../store/schema.ts';

/** Room for what changes between the estimate and the block, in hundredths of the estimate. */
const GAS_MARGIN = 120n;

/** A replacement must pay at least a tenth more than what it replaces. */
const REPLACEMENT_MARGIN = 125n;

const BATCH_NONE = 0;

export interface Submitter {
  readonly database: Database;
  readonly client: PublicClient;
  readonly registry: Hex;
  readonly account: LocalAccount;
  readonly now: () => number;
  readonly onStep: (row: BatchRow, state: Submission) => void;
}

/** Moves every batch that is on its way one step on. Throws when the chain doesn't answer. */
export async function submitOnce(submitter: Submitter): Promise<void> {
  for (const row of await readUnconfirmed(submitter.database)) await advance(submitter, row);
}

async function advance(submitter: Submitter, row: BatchRow): Promise<void> {
  const observation = await observe(submitter, row);
  let state = submissionOf(row);
  const actions: SubmissionAction[] = [{ type: 'observed', observation }];
  for (let action = actions.shift(); action !== undefined; action = actions.shift()) {
    const [next, effects] = stepSubmission(state, action);
    // Stored before any effect: what was signed is never forgotten, whenever the process ends.
    await saveSubmission(submitter.database, row.key, next, submitter.now());
    if (next.phase !== state.phase) submitter.onStep(row, next);
    state = next;
    for (const effect of effects) actions.push(...(await run(submitter, row, effect)));
  }
}

/**
 * Looks at the chain. The order of the questions matters, because a block may come in between: nonce
 * before receipt, next number before root, so that our own batch never looks like another's.
 */
async function observe(
  { client, registry, account, now }: Submitter,
  row: BatchRow,
): Promise<Observation> {
  const contract = { address: registry, abi: registryAbi } as const;
  const accountNonce = await client.getTransactionCount({ address: account.address });
  const transaction = transactionOf(row);
  const receipt = transaction === undefined ? 'unknown' : await receiptOf(client, transaction.hash);
  const args = [row.projectId] as const;
  const project = await client.readContract({ ...contract, functionName: 'project', args });
  const batchId = batchIdOf(row.projectId, row.number);
  const batch = await client.readContract({ ...contract, functionName: 'batch', args: [batchId] });
  return {
    now: now(),
    root: row.root,
    number: row.number,
    chainRoot: batch.status === BATCH_NONE ? undefined : batch.root,
    nextNumber: project.batchCount + 1,
    receipt,
    accountNonce,
  };
}

async function receiptOf(client: PublicClient, hash: Hex): Promise<Observation['receipt']> {
  try {
    return (await client.getTransactionReceipt({ hash })).status;
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return 'unknown';
    throw error;
  }
}

async function run(
  submitter: Submitter,
  row: BatchRow,
  effect: SubmissionEffect,
): Promise<readonly SubmissionAction[]> {
  switch (effect.type) {
    case 'sign':
      return [await sign(submitter, row, effect.nonce)];
    case 'send':
      await send(submitter.client, effect.transaction);
      return [];
    case 'explain':
      return [await explain(submitter, row, effect.transaction)];
  }
}

/** Asks the contract first: what it would refuse is not sent. */
async function sign(
  submitter: Submitter,
  row: BatchRow,
  nonce: number | undefined,
): Promise<SubmissionAction> {
  const { client, account, registry, now } = submitter;
  const args = await argumentsOf(submitter, row);
  const call = { address: registry, abi: registryAbi, functionName: 'submit', args } as const;
  const gas = await client.estimateContractGas({ ...call, account }).catch(toRefusal);
  if (typeof gas !== 'bigint') return gas;
  const fees = await client.estimateFeesPerGas();
  const margin = nonce === undefined ? 100n : REPLACEMENT_MARGIN;
  const taken = nonce ?? (await nextNonce(submitter));
  const raw = await account.signTransaction({
    type: 'eip1559',
    chainId: await client.getChainId(),
    nonce: taken,
    to: registry,
    data: encodeFunctionData({ abi: registryAbi, functionName: 'submit', args }),
    gas: (gas * GAS_MARGIN) / 100n,
    maxFeePerGas: (fees.maxFeePerGas * margin) / 100n,
    maxPriorityFeePerGas: (fees.maxPriorityFeePerGas * margin) / 100n,
  });
  const transaction = { raw, hash: keccak256(raw), nonce: taken };
  return { type: 'signed', transaction, now: now() };
}

/** The first nonce that neither the chain nor a stored transaction has taken. */
async function nextNonce({ client, account, database }: Submitter): Promise<number> {
  const onChain = await client.getTransactionCount({
    address: account.address,
    blockTag: 'pending',
  });
  const stored = (await readUnconfirmed(database))
    .filter(({ phase }) => phase === 'signed')
    .map(({ txNonce }) => (txNonce ?? -1) + 1);
  return Math.max(onChain, ...stored);
}

async function argumentsOf({ database }: Submitter, row: BatchRow) {
  const { projectId, deductedWh, periodStart, periodEnd, root, fileDigest } = row;
  const devices = await readBatchDevices(database, row.key);
  const closings = toHex(concatBytes(devices.map(({ closing }) => closing ?? new Uint8Array())));
  return [{ projectId, deductedWh, periodStart, periodEnd, root, fileDigest }, closings] as const;
}

async function send(client: PublicClient, transaction: SignedTransaction): Promise<void> {
  try {
    await client.sendRawTransaction({ serializedTransaction: transaction.raw });
  } catch (error) {
    // The node has it already, or it is in a block: the next look tells.
    const known = /already known|already imported|nonce too low|known transaction/i;
    if (!(error instanceof BaseError) || !known.test(`${error.message} ${error.details}`))
      throw error;
  }
}

/** Runs a failed transaction again on the block before its own, where the reason shows. */
async function explain(
  submitter: Submitter,
  row: BatchRow,
  transaction: SignedTransaction,
): Promise<SubmissionAction> {
  const { client, account, registry } = submitter;
  const { blockNumber } = await client.getTransactionReceipt({ hash: transaction.hash });
  const args = await argumentsOf(submitter, row);
  const call = { address: registry, abi: registryAbi, functionName: 'submit', args } as const;
  const result = await client
    .simulateContract({ ...call, account, blockNumber: blockNumber - 1n })
    .catch(toRefusal);
  if ('type' in result) return result;
  return { type: 'refused', code: 'INTERNAL', detail: `transaction ${transaction.hash} failed` };
}

/** A revert, as code and text of the custom error. Anything else is trouble with the chain: thrown on. */
function toRefusal(error: unknown): { type: 'refused'; code: ErrorCode; detail: string } {
  const reverted =
    error instanceof BaseError
      ? error.walk((cause) => cause instanceof ContractFunctionRevertedError)
      : undefined;
  if (!(reverted instanceof ContractFunctionRevertedError)) throw error;
  const name = reverted.data?.errorName;
  const values = (reverted.data?.args ?? []).map(String).join(', ');
  const detail =
    name === undefined ? (reverted.reason ?? reverted.shortMessage) : `${name}(${values})`;
  return { type: 'refused', code: toErrorCode(name ?? '') ?? 'INTERNAL', detail };
}

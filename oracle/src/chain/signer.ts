import {
  concatBytes,
  priceCall,
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
  parseTransaction,
  type LocalAccount,
  type PublicClient,
} from 'viem';
import {
  replacementFee,
  type SignedTransaction,
  type SubmissionAction,
} from '../domain/submission.ts';
import { readBatchDevices } from '../store/batches.ts';
import type { Database } from '../store/database/database.ts';
import type { BatchRow } from '../store/tables/schema.ts';

/** Room for what changes between the estimate and the block, in hundredths of the estimate. */
const GAS_MARGIN = 120n;

/** Gas of a transaction that does nothing. */
const PLAIN_GAS = 21_000n;

export interface Signer {
  readonly database: Database;
  readonly client: PublicClient;
  readonly chainId: number;
  readonly registry: Hex;
  readonly account: LocalAccount;
  readonly now: () => number;
}

type Refusal = Extract<SubmissionAction, { type: 'refused' }>;

/** Signs a batch's transaction. Asks the contract first: what it would refuse is not sent. */
export async function signSubmission(
  signer: Signer,
  row: BatchRow,
  nonce: number,
): Promise<SubmissionAction> {
  const { client, account, registry, chainId } = signer;
  const args = await argumentsOf(signer, row);
  const call = { address: registry, abi: registryAbi, functionName: 'submit', args } as const;
  const priced = await priceCall(client, { ...call, account: account.address }).catch(toRefusal);
  if ('type' in priced) return priced;
  const { gas, accessList } = priced;
  const raw = await account.signTransaction({
    type: 'eip1559',
    ...{ chainId, nonce, to: registry },
    data: encodeFunctionData({ abi: registryAbi, functionName: 'submit', args }),
    ...{ gas: (gas * GAS_MARGIN) / 100n, accessList },
    ...(await feesOfToday(client)),
  });
  return { type: 'signed', transaction: toSigned(signer, raw, nonce) };
}

/** The same transaction at a higher fee; `undefined` when the fee is not what holds it up. */
export async function signReplacement(
  signer: Signer,
  { raw: before, nonce }: SignedTransaction,
): Promise<SignedTransaction | undefined> {
  const parsed = parseTransaction(before);
  const today = await feesOfToday(signer.client);
  const maxFeePerGas = replacementFee(parsed.maxFeePerGas ?? 0n, today.maxFeePerGas);
  if (maxFeePerGas === undefined || parsed.type !== 'eip1559') return undefined;
  const tip = replacementFee(parsed.maxPriorityFeePerGas ?? 0n, today.maxPriorityFeePerGas);
  // Nodes want both raised; a tip never exceeds the fee that holds it.
  const maxPriorityFeePerGas = tip === undefined || tip > maxFeePerGas ? maxFeePerGas : tip;
  const fees = { maxFeePerGas, maxPriorityFeePerGas };
  const { chainId, to, data, gas, accessList } = parsed;
  const raw = await signer.account.signTransaction({
    type: 'eip1559',
    ...{ chainId, nonce, to, data, gas, accessList },
    ...fees,
  });
  return toSigned(signer, raw, nonce);
}

/** A transaction to the submitter itself that does nothing but use a nonce. */
export async function signFiller(signer: Signer, nonce: number): Promise<SignedTransaction> {
  const { account, chainId, client } = signer;
  const raw = await account.signTransaction({
    type: 'eip1559',
    ...{ chainId, nonce, to: account.address, value: 0n, gas: PLAIN_GAS },
    ...(await feesOfToday(client)),
  });
  return toSigned(signer, raw, nonce);
}

/** Runs a failed transaction again on the block before its own, where the reason shows. */
export async function explainFailure(signer: Signer, row: BatchRow, hash: Hex): Promise<Refusal> {
  const { client, account, registry } = signer;
  const { blockNumber } = await client.getTransactionReceipt({ hash });
  const args = await argumentsOf(signer, row);
  const call = { address: registry, abi: registryAbi, functionName: 'submit', args } as const;
  const result = await client
    .simulateContract({ ...call, account, blockNumber: blockNumber - 1n })
    .catch(toRefusal);
  if ('type' in result) return result;
  return { type: 'refused', code: 'INTERNAL', detail: `transaction ${hash} failed` };
}

/** Wei per gas. */
async function feesOfToday(client: PublicClient) {
  const { maxFeePerGas, maxPriorityFeePerGas } = await client.estimateFeesPerGas();
  return { maxFeePerGas, maxPriorityFeePerGas };
}

function toSigned({ now }: Signer, raw: Hex, nonce: number): SignedTransaction {
  return { raw, hash: keccak256(raw), nonce, signedAt: now() };
}

async function argumentsOf({ database }: Signer, row: BatchRow) {
  const { projectId, deductedWh, periodStart, periodEnd, root, fileDigest } = row;
  const devices = await readBatchDevices(database, row.key);
  const closings = toHex(concatBytes(devices.map(({ closing }) => closing ?? new Uint8Array())));
  return [{ projectId, deductedWh, periodStart, periodEnd, root, fileDigest }, closings] as const;
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

import { setTimeout as sleep } from 'node:timers/promises';

import {
  CATALOGUE,
  recomputationAbi,
  toErrorCode,
  verificationAbi,
  type Hex,
} from '@truetonne/protocol';
import {
  BaseError,
  ContractFunctionRevertedError,
  decodeErrorResult,
  hexToString,
  parseEventLogs,
  trim,
} from 'viem';

import { buildFunctionsSource } from '../../functions/build.ts';
import { execute, getRequest, report } from '../../functions/localNetwork.ts';
import { walletOf, type Place } from './network.ts';

/** Requests of Chainlink Functions end after five minutes. */
const PATIENCE_MS = 5 * 60_000;
const EVERY_MS = 5_000;

/** With the errors that it passes on. */
const ABI = [
  ...recomputationAbi,
  ...verificationAbi.filter(({ type }) => type === 'error'),
] as const;

interface Question {
  readonly batchId: bigint;
  readonly fileUrl: string;
  readonly shares: number;
}

/**
 * Asks for every share of a recomputation and waits for the answers. On a local chain, where no nodes
 * are, it does their work. Answers whether all agreed.
 */
export async function ask(
  place: Place,
  { batchId, fileUrl, shares }: Question,
  say: (line: string) => void,
): Promise<boolean> {
  const address = place.book.recomputation;
  if (address === undefined) throw new Error('nothing to ask: run `npm run recompute -- --deploy`');
  const wallet = walletOf(place);
  const { source } = await buildFunctionsSource();
  let agreed = 0;
  for (let share = 0; share < shares; share++) {
    const args = [batchId, share, shares, fileUrl, source] as const;
    const call = { address, abi: ABI, functionName: 'request', args } as const;
    await wallet.reader
      .simulateContract({ ...call, account: wallet.address })
      .catch((error: unknown) => {
        throw refusalOf(error);
      });
    const { transactionHash, logs } = await wallet.confirm(await wallet.writer.writeContract(call));
    const [sent] = parseEventLogs({
      abi: recomputationAbi,
      eventName: 'RecomputationRequested',
      logs,
    });
    if (sent === undefined) throw new Error(`${transactionHash} asked for nothing`);
    const { requestId } = sent.args;
    say(`asked for share ${share + 1} of ${shares}: request ${requestId}`);
    if (place.isLocal) await answerLocally(place, transactionHash);
    const answer = await waitForAnswer(place, address, requestId, sent.blockNumber);
    say(answer);
    if (answer.startsWith('✔')) agreed += 1;
  }
  return agreed === shares;
}

/** What the contract refused, in a sentence; viem's own message holds the whole source. */
function refusalOf(error: unknown): unknown {
  const revert =
    error instanceof BaseError &&
    error.walk((cause) => cause instanceof ContractFunctionRevertedError);
  if (!(revert instanceof ContractFunctionRevertedError)) return error;
  const code = toErrorCode(revert.data?.errorName ?? '');
  if (code === undefined) return new Error(revert.shortMessage);
  return new Error(`${code}: ${CATALOGUE[code].title}. ${CATALOGUE[code].todo}`);
}

/** Runs the source in the toolkit's simulator and reports, as the nodes of a live network do. */
async function answerLocally(place: Place, transactionHash: Hex): Promise<void> {
  const request = await getRequest(place, transactionHash);
  await report(place, request, await execute(request.data));
}

async function waitForAnswer(
  place: Place,
  address: Hex,
  requestId: Hex,
  fromBlock: bigint,
): Promise<string> {
  const { reader } = walletOf(place);
  for (let waited = 0; waited <= PATIENCE_MS; waited += EVERY_MS) {
    const logs = await reader.getLogs({ address, fromBlock });
    const answers = parseEventLogs({ abi: recomputationAbi, logs })
      .filter(({ args, eventName }) => args.requestId === requestId && eventName !== ASKED)
      .map(describe);
    if (answers.length > 0) return answers.join('; ');
    await sleep(EVERY_MS);
  }
  return '✖ no answer within five minutes: ask again';
}

const ASKED = 'RecomputationRequested';

type AnswerEvent = ReturnType<typeof parseEventLogs<typeof recomputationAbi>>[number];

function describe(event: AnswerEvent): string {
  if (event.eventName === 'ShareAgreed') return '✔ agreed';
  if (event.eventName === 'ShareContradicted')
    return `✖ contradicted: ${hexToString(trim(event.args.code, { dir: 'right' }))}`;
  if (event.eventName === 'ShareInconclusive') return `✖ no verdict: ${nameOf(event.args.reason)}`;
  return '';
}

/** The error in an answer without a verdict, and what the source said. */
function nameOf(reason: Hex): string {
  const { errorName, args } = decodeErrorResult({ abi: ABI, data: reason });
  return errorName === 'SourceFailed' ? `${errorName} ${hexToString(args[0])}` : errorName;
}

import { registryAbi } from '@truetonne/protocol';
import { createPublicClient, http } from 'viem';

import { decodeAnswer } from '../../functions/answer.ts';
import { buildFunctionsSource } from '../../functions/build.ts';
import { simulate } from '../../functions/simulate.ts';
import { addressBookPath, readAddressBook } from '../lib/addressBook.ts';

interface Question {
  readonly batchId: bigint;
  readonly fileUrl: string;
  readonly shares: number;
}

/** Runs the source for every share on this machine; sends nothing. Answers whether all agree. */
export async function simulateHere(
  network: string,
  { batchId, fileUrl, shares }: Question,
  say: (line: string) => void,
): Promise<boolean> {
  const { rpcUrl, registry, chainId } = readAddressBook(addressBookPath(network));
  const client = createPublicClient({ transport: http(rpcUrl) });
  const { root, blockNumber } = await client.readContract({
    ...{ address: registry, abi: registryAbi, functionName: 'batch', args: [batchId] },
  });
  const { source, hash } = await buildFunctionsSource();
  say(`source ${hash}, ${source.length} bytes`);
  for (let share = 0; share < shares; share++) {
    const place = [String(share), String(shares)];
    const args = [String(batchId), root, String(chainId), registry, String(blockNumber), ...place];
    const began = performance.now();
    const answer = await simulate(source, [...args, rpcUrl, fileUrl]);
    const took = `${Math.round(performance.now() - began)} ms`;
    if (answer.responseBytesHexstring === undefined) {
      say(`✖ no verdict after ${took}: ${answer.errorString ?? 'no answer'}`);
      return false;
    }
    const { code, creditableWh, grams } = decodeAnswer(answer.responseBytesHexstring);
    if (code !== '') {
      say(`✖ contradicted after ${took}: ${code}`);
      return false;
    }
    say(`✔ share ${share + 1} of ${shares}, ${took}: ${creditableWh} Wh, ${grams} g`);
  }
  return true;
}

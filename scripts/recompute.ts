/** `npm run recompute -- <batchId>`: recomputes a batch as Chainlink Functions would, on this machine. */
import { parseArgs } from 'node:util';
import { registryAbi } from '@truetonne/protocol';
import { createPublicClient, http } from 'viem';
import { decodeAnswer } from '../functions/answer.ts';
import { buildFunctionsSource } from '../functions/build.ts';
import { simulate } from '../functions/simulate.ts';
import { addressBookPath, readAddressBook } from './lib/addressBook.ts';
import { readPort } from './lib/ports.ts';

const USAGE = `Usage: npm run recompute -- <batchId> [options]

Runs the source that Chainlink Functions runs (docs/recomputation.md) in the toolkit's simulator. Installs
the toolkit into functions/ the first time. Exit code 0: the batch is what its file says. 1: not.

  --network NAME   address book deployments/NAME.json (default: local)
  --file URL       the batch file (default: from the oracle of \`npm start\`)
  --segments N     check the signatures in N shares (default: 1)
  --print          print the source and its hash, and run nothing`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    network: { type: 'string', default: 'local' },
    file: { type: 'string' },
    segments: { type: 'string', default: '1' },
    print: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [batchId] = positionals;
const segments = Number(values.segments);

if (values.print) {
  const { source, hash } = await buildFunctionsSource();
  console.log(source);
  console.error(`${source.length} bytes, SHA-256 ${hash}`);
} else if (batchId === undefined || !/^\d{1,20}$/.test(batchId) || !(segments >= 1)) {
  console.error(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else {
  process.exitCode = await recompute(batchId);
}

async function recompute(id: string): Promise<number> {
  const { rpcUrl, registry, chainId } = readAddressBook(addressBookPath(values.network));
  const client = createPublicClient({ transport: http(rpcUrl) });
  const { root, blockNumber } = await client.readContract({
    ...{ address: registry, abi: registryAbi },
    functionName: 'batch',
    args: [BigInt(id)],
  });
  const fileUrl = values.file ?? `http://127.0.0.1:${readPort('oracle')}/v1/batches/${id}/file`;
  const { source, hash } = await buildFunctionsSource();
  console.log(`source ${hash}, ${source.length} bytes`);
  for (let segment = 0; segment < segments; segment++) {
    const place = [String(segment), String(segments)];
    const args = [id, root, String(chainId), registry, String(blockNumber), ...place];
    const began = performance.now();
    const { responseBytesHexstring, errorString } = await simulate(source, [
      ...args,
      rpcUrl,
      fileUrl,
    ]);
    const took = `${Math.round(performance.now() - began)} ms`;
    if (responseBytesHexstring === undefined) {
      console.error(`✖ no verdict after ${took}: ${errorString ?? 'no answer'}`);
      return 1;
    }
    const { code, creditableWh, grams } = decodeAnswer(responseBytesHexstring);
    if (code !== '') {
      console.error(`✖ contradicted after ${took}: ${code}`);
      return 1;
    }
    console.log(`✔ share ${segment + 1} of ${segments}, ${took}: ${creditableWh} Wh, ${grams} g`);
  }
  return 0;
}

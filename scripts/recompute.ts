/**
 * `npm run recompute -- <batchId>`: recomputes a batch as Chainlink Functions would, on this machine, or
 * asks the chain for it (docs/recomputation.md).
 */
import { parseArgs } from 'node:util';

import { buildFunctionsSource } from '../functions/build.ts';
import { buildContracts } from './lib/build.ts';
import { readPort } from './lib/ports.ts';
import { ask } from './recomputation/ask.ts';
import { deploy } from './recomputation/deploy.ts';
import { getPlace } from './recomputation/network.ts';
import { simulateHere } from './recomputation/simulateHere.ts';

const USAGE = `Usage: npm run recompute -- <batchId> [options]
       npm run recompute -- --deploy [--network NAME]

Runs the source that Chainlink Functions runs (docs/recomputation.md) in the toolkit's simulator. Installs
the toolkit into functions/ the first time. Exit code 0: the batch is what its file says. 1: not.

  --network NAME   address book deployments/NAME.json (default: local)
  --file URL       the batch file (default: from the oracle of \`npm start\`)
  --shares N       check the signatures in N shares (default: 1)
  --ask            have the contract ask the nodes; the wallet is the network's, as of \`npm run deploy\`
  --deploy         deploy the contract that asks; on a local chain with Chainlink's router before it
  --print          print the source and its hash, and run nothing`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    network: { type: 'string', default: 'local' },
    file: { type: 'string' },
    shares: { type: 'string', default: '1' },
    ask: { type: 'boolean', default: false },
    deploy: { type: 'boolean', default: false },
    print: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [batchId] = positionals;
const shares = Number(values.shares);

async function main(): Promise<number> {
  if (values.print) {
    const { source, hash } = await buildFunctionsSource();
    console.log(source);
    console.error(`${source.length} bytes, SHA-256 ${hash}`);
    return 0;
  }
  if (values.deploy) {
    await buildContracts();
    await deploy(getPlace(values.network, process.env), process.env, console.log);
    return 0;
  }
  if (batchId === undefined || !/^\d{1,20}$/.test(batchId) || !(shares >= 1 && shares <= 32)) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  if (values.ask && values.network !== 'local' && values.file === undefined)
    throw new Error('the nodes have to reach the batch file: --file https://...');
  const fileUrl =
    values.file ?? `http://127.0.0.1:${readPort('oracle')}/v1/batches/${batchId}/file`;
  const question = { batchId: BigInt(batchId), fileUrl, shares };
  const agreed = values.ask
    ? await ask(getPlace(values.network, process.env), question, console.log)
    : await simulateHere(values.network, question, console.log);
  return agreed ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/**
 * `npm run deploy -- --network local|amoy|polygon [--admin 0x...] [--operator 0x...] [--treasury 0x...]
 * [--arbiter 0x...] [--out FILE] [--yes]`; docs/deploy.md.
 */
import { parseArgs } from 'node:util';

import { runDeploy, type DeployOptions } from './deployment/command.ts';
import { buildContracts } from './lib/build.ts';

export { deployLocal } from './deployment/local.ts';

function parseOptions(): DeployOptions {
  const { values } = parseArgs({
    options: {
      network: { type: 'string', default: 'local' },
      admin: { type: 'string' },
      operator: { type: 'string' },
      treasury: { type: 'string' },
      arbiter: { type: 'string' },
      out: { type: 'string' },
      yes: { type: 'boolean', default: false },
    },
  });
  const { network, admin, operator, treasury, arbiter, out, yes } = values;
  return { network, admin, operator, treasury, arbiter, out, yes };
}

async function main(): Promise<void> {
  const options = parseOptions();
  await buildContracts();
  await runDeploy(options, process.env, console.log);
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

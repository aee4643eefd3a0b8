/**
 * `npm run chaos [-- --kills 1000 --minutes 600 --seed N --faults oracle,postgres,chain,rabbitmq]`:
 * kills an oracle again and again while devices send and everything around it fails, then compares what
 * was acknowledged with what is on the chain. The last line is the report, as JSON; the exit code is 1
 * when anything was lost or done twice.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { FAULTS, runChaos, type Fault } from '../test/chaos/run.ts';
import { isWhole } from '../test/chaos/verdict.ts';
import { buildContracts } from './lib/build.ts';
import { ensurePostgres } from './lib/testTools.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '600' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    faults: { type: 'string', default: 'oracle,postgres,chain' },
  },
});
const faults = values.faults.split(',').map((name): Fault => {
  const fault = FAULTS.find((one) => one === name);
  if (fault !== undefined) return fault;
  console.error(`no fault "${name}"; there are ${FAULTS.join(', ')}`);
  process.exit(2);
});
const say = (text: string): void => {
  console.error(`[chaos] ${text}`);
};
await ensurePostgres(say);
await buildContracts();
say(`seed ${values.seed}`);
const report = await runChaos({
  ...{ kills: Number(values.kills), minutes: Number(values.minutes) },
  seed: Number(values.seed),
  ...{ faults, say },
});
console.log(JSON.stringify(report));
process.exit(isWhole(report) ? 0 : 1);

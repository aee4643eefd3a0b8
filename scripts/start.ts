/** `npm start [-- --fresh]`: the whole system on this machine, until Ctrl-C. */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { STATE } from './lib/paths.ts';
import { readPort } from './lib/ports.ts';
import { startSystem, type System } from './lib/system.ts';

const USAGE = `Usage: npm start -- [options]

  --fresh       forget what earlier starts kept and begin anew
  --speed N     simulated seconds of the device fleet per second (default 60, or FLEET_SPEED)

Ports: PORT_APP (5173), PORT_ORACLE (4000), PORT_MQTT (1883),
PORT_INDEXER (42069), PORT_CHAIN (8545).
State: TRUETONNE_STATE (.truetonne).`;

/** How often to look whether the terminal or npm above us is gone. */
const PARENT_CHECK_MS = 1000;

const { values } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    speed: { type: 'string', default: process.env['FLEET_SPEED'] ?? '60' },
    help: { type: 'boolean', default: false },
  },
});
const fleetSpeed = Number(values.speed);
if (values.help || !(fleetSpeed > 0)) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 2);
}

const started = Date.now();
const say = (text: string): void => {
  console.log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s] ${text}`);
};
const asked = waitForEnd();
if (values.fresh) rmSync(STATE, { recursive: true, force: true });
try {
  const system = await startOrLeave();
  if (system !== undefined) await runUntilEnd(system);
} catch (error) {
  console.error(`✖ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
process.exit();

/** Starting can be interrupted too: then what was started is stopped as soon as the start settles. */
async function startOrLeave(): Promise<System | undefined> {
  const ports = {
    app: readPort('app'),
    oracle: readPort('oracle'),
    mqtt: readPort('mqtt'),
    indexer: readPort('indexer'),
    chain: readPort('chain'),
  };
  const starting = startSystem({ state: STATE, ports, fleetSpeed, say });
  const first = await Promise.race([starting, asked]);
  if (typeof first !== 'string') return first;
  say(`${first}: stopping`);
  const system = await starting.catch(() => undefined);
  await system?.stop();
  return undefined;
}

async function runUntilEnd(system: System): Promise<void> {
  const { urls } = system;
  console.log(`
  page       ${urls.app}
  API docs   ${urls.oracle}/docs
  GraphQL    ${urls.indexer}/graphql
  devices    ${urls.mqtt} (MQTT), ${urls.oracle}/v1/windows
  chain      ${urls.chain} (registry ${system.book.registry})

  Press Ctrl-C to stop; the next start goes on where this one ended.
`);
  const why = await Promise.race([asked, system.broken]);
  say(`${why}: stopping`);
  await system.stop();
  say('stopped');
  if (why !== 'interrupted') process.exitCode = 1;
}

/** Settles at Ctrl-C or another request to end, or when the process above us is gone. */
function waitForEnd(): Promise<string> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        resolve('interrupted');
      });
    }
    const check = setInterval(() => {
      if (process.ppid !== parent) resolve('interrupted');
    }, PARENT_CHECK_MS);
    check.unref();
  });
}

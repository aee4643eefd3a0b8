import { createServer } from 'node:net';

/** The ports of `npm start`; each can be changed in the environment. */
export const PORTS = {
  app: { variable: 'PORT_APP', standard: 5173 },
  oracle: { variable: 'PORT_ORACLE', standard: 4000 },
  mqtt: { variable: 'PORT_MQTT', standard: 1883 },
  indexer: { variable: 'PORT_INDEXER', standard: 42_069 },
  chain: { variable: 'PORT_CHAIN', standard: 8545 },
} as const;

export type ServiceName = keyof typeof PORTS;

/** Port of a service from the environment. Throws with the variable's name when it is no port. */
export function readPort(service: ServiceName): number {
  const { variable, standard } = PORTS[service];
  const text = process.env[variable];
  if (text === undefined) return standard;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${variable} = "${text}" is not a port; use 1 to 65535`);
}

/** Throws with what to do when the port is of no use: browsers refuse it, or something listens there. */
export async function assertPortFree(service: ServiceName, port: number): Promise<void> {
  const { variable } = PORTS[service];
  if (await isRefusedByBrowsers(port)) {
    throw new Error(
      `browsers refuse port ${port}, so the ${service} could not be reached there: ${variable}=${PORTS[service].standard} npm start`,
    );
  }
  if (await isFree(port)) return;
  throw new Error(
    `port ${port} for the ${service} is taken. Stop what listens there, or choose another: ${variable}=${port + 1} npm start`,
  );
}

/** Above the ports of known services, and below those that systems give to outgoing connections. */
const FIRST_FREE = 20_000;
const FREE_PORTS = 12_000;
/** Processes that start one after the other begin that far apart. */
const APART = 97;
let tried = process.pid * APART;

/**
 * A port that nothing listens on. Several processes that ask at the same time get others: whoever asks opens it
 * only a moment later.
 */
export async function findFreePort(): Promise<number> {
  for (let left = FREE_PORTS; left > 0; left--) {
    const port = FIRST_FREE + (tried++ % FREE_PORTS);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port');
}

/** The Fetch standard blocks some ports; `fetch` here keeps the same list. */
async function isRefusedByBrowsers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(1_000) });
    return false;
  } catch (error) {
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    return cause instanceof Error && cause.message === 'bad port';
  }
}

async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => {
        resolve(false);
      });
      server.listen({ port, host, exclusive: true }, () => {
        resolve(true);
      });
    });
    if (!free) return false;
    await new Promise((resolve) => server.close(resolve));
  }
  return true;
}

/** One for each service of a system of its own. */
export async function findFreePorts(): Promise<Readonly<Record<ServiceName, number>>> {
  return {
    app: await findFreePort(),
    oracle: await findFreePort(),
    indexer: await findFreePort(),
    mqtt: await findFreePort(),
    chain: await findFreePort(),
  };
}

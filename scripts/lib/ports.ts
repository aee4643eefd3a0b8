import { createServer } from 'node:net';

/** The ports of `npm start`; each can be changed in the environment. */
export const PORTS = {
  app: { variable: 'PORT_APP', standard: 5173 },
  oracle: { variable: 'PORT_ORACLE', standard: 4000 },
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

/** Throws with what to do when something listens on the port already. */
export async function assertPortFree(service: ServiceName, port: number): Promise<void> {
  if (await isFree(port)) return;
  const { variable } = PORTS[service];
  throw new Error(
    `port ${port} for the ${service} is taken. Stop what listens there, or choose another: ${variable}=${port + 1} npm start`,
  );
}

/** A port that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
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

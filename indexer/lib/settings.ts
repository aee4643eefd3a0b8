import { join, resolve } from 'node:path';
import { TonneError } from '@truetonne/protocol';
import { readDeployment, type Deployment } from './deployment.ts';

const DEFAULT_PORT = 42_069;
const MAX_PORT = 65_535;

export interface Settings {
  /** Absolute path of the address book. */
  readonly deploymentPath: string;
  readonly deployment: Deployment;
  readonly port: number;
  /** Absolute; holds PGlite's files and what the indexer remembers of the chain. */
  readonly dataDirectory: string;
  /** Absent: PGlite in the data directory. */
  readonly databaseUrl: string | undefined;
}

/**
 * The settings from the environment. Paths are relative to the working directory.
 * @throws TonneError CONFIGURATION_INVALID with the variable and its value
 */
export function settingsOf(env: NodeJS.ProcessEnv, indexerRoot: string): Settings {
  const path = env['TRUETONNE_DEPLOYMENT'];
  if (path === undefined) {
    const expected = 'the path of an address book (deployments/<network>.json)';
    throw new TonneError('CONFIGURATION_INVALID', { field: 'TRUETONNE_DEPLOYMENT', expected });
  }
  const deploymentPath = resolve(path);
  const book = readDeployment(deploymentPath);
  const rpcUrl = env['TRUETONNE_RPC_URL'] ?? book.rpcUrl;
  if (!URL.canParse(rpcUrl)) {
    const details = { field: 'TRUETONNE_RPC_URL', value: rpcUrl, expected: 'a URL' };
    throw new TonneError('CONFIGURATION_INVALID', details);
  }
  return {
    deploymentPath,
    deployment: { ...book, rpcUrl },
    port: portOf(env['PORT_INDEXER']),
    dataDirectory: resolve(env['INDEXER_DATA'] ?? join(indexerRoot, '.ponder')),
    databaseUrl: env['DATABASE_URL'],
  };
}

export function pgliteDirectoryOf({ dataDirectory }: Settings): string {
  return join(dataDirectory, 'pglite');
}

function portOf(text: string | undefined): number {
  const port = text === undefined ? DEFAULT_PORT : Number(text);
  if (Number.isInteger(port) && port > 0 && port <= MAX_PORT) return port;
  const details = { field: 'PORT_INDEXER', value: String(text), expected: 'a port, 1 to 65535' };
  throw new TonneError('CONFIGURATION_INVALID', details);
}

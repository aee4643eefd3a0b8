/**
 * Starts Ponder in this process, on the tables that belong to the chain of the address book.
 * Arguments are passed on to `ponder start`; docs/graphql.md lists the environment.
 */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { creditAbi, registryAbi, TonneError } from '@truetonne/protocol';
import { connect, deploymentBlockOf } from '../lib/chain.ts';
import { fingerprintOf } from '../lib/fingerprint.ts';
import { takeDirectory } from '../lib/instance.ts';
import { lineageNameOf, schemaNameOf } from '../lib/lineage.ts';
import { tidyAfterKill } from '../lib/pglite.ts';
import { keepWitness, resumeLineage, type Memory } from '../lib/remember.ts';
import { pgliteDirectoryOf, settingsOf, type Settings } from '../lib/settings.ts';

const root = dirname(import.meta.dirname);
const protocol = dirname(fileURLToPath(import.meta.resolve('@truetonne/protocol')));

async function serve(): Promise<void> {
  const settings = settingsOf(process.env, root);
  await assertPortIsFree(settings.port);
  process.on('exit', takeDirectory(settings.dataDirectory));
  const schema = await chooseSchema(settings);
  const pglite = pgliteDirectoryOf(settings);
  if (settings.databaseUrl === undefined && existsSync(pglite)) await tidyAfterKill(pglite, schema);
  await startPonder(settings, schema);
}

async function chooseSchema({ deployment, dataDirectory }: Settings): Promise<string> {
  const chain = connect(deployment);
  const { hash } = await deploymentBlockOf(chain, deployment);
  const fingerprint = fingerprintOf({ indexer: root, protocol }, [registryAbi, creditAbi]);
  const name = lineageNameOf(deployment, hash, fingerprint);
  const path = join(dataDirectory, `${name}.lineage`);
  const memory: Memory = { chain, chainId: deployment.chainId, path };
  const lineage = await resumeLineage(memory);
  keepWitness(memory, lineage);
  return schemaNameOf(name, lineage.generation);
}

async function startPonder(settings: Settings, schema: string): Promise<void> {
  process.env['INDEXER_DATA'] = settings.dataDirectory;
  process.env['TRUETONNE_DEPLOYMENT'] = settings.deploymentPath;
  process.env['PONDER_TELEMETRY_DISABLED'] = '1';
  process.env['DATABASE_SCHEMA'] = schema;
  process.env['PORT'] = String(settings.port);
  // Ponder writes generated/schema.graphql into the working directory.
  process.chdir(root);
  const command = fileURLToPath(import.meta.resolve('ponder')).replace(
    /index\.js$/,
    'bin/ponder.js',
  );
  process.argv = [process.execPath, command, 'start', ...process.argv.slice(2)];
  await import(command);
  endLikeSigint();
}

/**
 * At SIGTERM, Vite (inside Ponder) ends the process before Ponder has given back its lock on the
 * tables, for which the next start would wait 25 s. At SIGINT Ponder does the same, undisturbed.
 */
function endLikeSigint(): void {
  process.removeAllListeners('SIGTERM');
  process.on('SIGTERM', () => process.emit('SIGINT'));
}

/** Ponder would move on to the next free port without a word to those who look for this one. */
async function assertPortIsFree(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    const details = { field: 'PORT_INDEXER', value: String(port) };
    server.once('error', () => reject(new TonneError('PORT_TAKEN', details)));
    server.listen(port, () => server.close(() => resolve()));
  });
}

try {
  await serve();
} catch (error) {
  const isOurs = error instanceof TonneError;
  const text = isOurs ? `${error.code}: ${error.message}` : inspect(error);
  process.stderr.write(`${text}\n`);
  // 75 (EX_TEMPFAIL, as Ponder uses it): worth starting again as it is.
  process.exit(isOurs && error.code === 'CHAIN_UNREACHABLE' ? 75 : 1);
}

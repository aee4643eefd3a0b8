import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown, type RolldownPlugin } from 'rolldown';
import { ORACLE_MAIN, type OracleProgram } from './oracleProcess.ts';

/** Packages that look for files beside their own code stay where they are. */
const APART = /^@electric-sql\/|^@duckdb\//;

/** Lets sources find what lies beside them although they are in one file elsewhere. */
const whereTheyWere: RolldownPlugin = {
  name: 'where they were',
  resolveId: (source, importer) =>
    importer !== undefined && APART.test(source)
      ? { id: createRequire(importer).resolve(source), external: true }
      : null,
  transform: (code, id) =>
    code
      .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
};

/**
 * Puts the oracle with its packages into one file in a folder, and has Node compile it: it starts in a
 * quarter of the time that 2,000 files take, and a run has a thousand starts.
 */
export async function bundleOracle(folder: string): Promise<OracleProgram> {
  const bundle = await rolldown({
    ...{ input: { main: ORACLE_MAIN }, platform: 'node', logLevel: 'silent' },
    plugins: [whereTheyWere],
  });
  await bundle.write({ dir: folder, entryFileNames: '[name].mjs', codeSplitting: false });
  await bundle.close();
  const compiled = { main: join(folder, 'main.mjs'), env: { NODE_COMPILE_CACHE: folder } };
  await refuseToStart(compiled);
  return compiled;
}

/** A first start, which has no address book: Node writes what it compiled when the process ends itself. */
async function refuseToStart({ main, env }: OracleProgram): Promise<void> {
  const missing = { TRUETONNE_DEPLOYMENT: `${main}.none` };
  const options = { env: { PATH: process.env['PATH'] ?? '', ...env, ...missing } };
  const child = spawn(process.execPath, [main], { ...options, stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
}

import { TonneError } from '@truetonne/protocol';
import { parseConfig, startOracle } from './index.ts';

/** Runs the oracle until SIGINT or SIGTERM; a mistake in the settings is one line and exit code 1. */
async function main(): Promise<void> {
  const oracle = await startOracle(parseConfig(process.env));
  let stopping = false;
  const stop = (): void => {
    // A second signal, or a shutdown that hangs, ends the process all the same: nothing is lost by it.
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), 10_000).unref();
    void oracle.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof TonneError)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exit(1);
}

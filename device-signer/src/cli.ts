import { readFileSync } from 'node:fs';
import { TonneError } from '@truetonne/protocol';
import { runCli } from './commands/runCli.ts';
import { writeDurably } from './durable.ts';

process.exitCode = await runCli(process.argv.slice(2), {
  print(text) {
    console.log(text);
  },
  warn(text) {
    console.error(text);
  },
  read(path) {
    try {
      return new Uint8Array(readFileSync(path === '-' ? 0 : path));
    } catch (error) {
      const value = error instanceof Error ? error.message : String(error);
      throw new TonneError('PARAMETER_INVALID', { field: 'file', value });
    }
  },
  write: writeDurably,
});

import { readFileSync } from 'node:fs';
import { TonneError } from '@truetonne/protocol';
import { claimCommand } from './commands/claim.ts';
import type { Command, Terminal } from './commands/command.ts';
import { inspectCommand } from './commands/inspect.ts';
import { idCommand, newCommand } from './commands/key.ts';
import { postCommand } from './commands/post.ts';
import { sealCommand } from './commands/seal.ts';

const COMMANDS: readonly Command[] = [
  newCommand,
  idCommand,
  claimCommand,
  sealCommand,
  postCommand,
  inspectCommand,
];

/** Exit codes besides 0: something was wrong with the data, or with how the program was called. */
const FAILED = 1;
const MISUSED = 2;

const HELP = `A signing device on the command line.

Usage: npm run device -- <command> [options]

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(8)} ${summary}`).join('\n')}

npm run device -- <command> --help explains a command.`;

const terminal: Terminal = {
  print: (text) => {
    console.log(text);
  },
  read(path) {
    try {
      return new Uint8Array(readFileSync(path === '-' ? 0 : path));
    } catch (error) {
      const value = error instanceof Error ? error.message : String(error);
      throw new TonneError('PARAMETER_INVALID', { field: 'file', value });
    }
  },
};

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    console.log(HELP);
    return name === undefined ? MISUSED : 0;
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) {
    console.error(`There is no command "${name}".\n\n${HELP}`);
    return MISUSED;
  }
  if (args.includes('--help') || args.includes('-h')) {
    console.log(`${command.summary}\n\nUsage: npm run device -- ${command.usage}`);
    return 0;
  }
  return runCommand(command, args);
}

async function runCommand(command: Command, args: readonly string[]): Promise<number> {
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (error instanceof TonneError) {
      console.error(`${error.code}: ${error.message}`);
      return error.code === 'PARAMETER_INVALID' ? MISUSED : FAILED;
    }
    if (isUsageError(error)) {
      console.error(`${error.message}\nSee npm run device -- ${command.name} --help`);
      return MISUSED;
    }
    throw error;
  }
}

/** `parseArgs` throws a TypeError whose code begins like this. */
function isUsageError(error: unknown): error is TypeError {
  return (
    error instanceof TypeError &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS')
  );
}

process.exitCode = await main(process.argv.slice(2));

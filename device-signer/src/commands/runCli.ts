import { TonneError } from '@truetonne/protocol';
import { claimCommand } from './claim.ts';
import type { Command, Terminal } from './command.ts';
import { equivocationCommand } from './equivocation.ts';
import { inspectCommand } from './inspect.ts';
import { idCommand, provisionCommand } from './key.ts';
import { postCommand } from './post.ts';
import { registerCommand } from './register.ts';
import { registrationCommand } from './registration.ts';
import { replaceMeterCommand } from './replaceMeter.ts';
import { rotateCommand } from './rotate.ts';
import { sealCommand } from './seal.ts';
import { sendCommand } from './send.ts';

const COMMANDS: readonly Command[] = [
  provisionCommand,
  idCommand,
  claimCommand,
  sealCommand,
  postCommand,
  inspectCommand,
  rotateCommand,
  replaceMeterCommand,
  registrationCommand,
  registerCommand,
  equivocationCommand,
  sendCommand,
];

/** Columns of the longest name. */
const NAME_WIDTH = Math.max(...COMMANDS.map(({ name }) => name.length));

/** Exit codes besides 0: something was wrong with the data, or with how the program was called. */
const FAILED = 1;
const MISUSED = 2;

const HELP = `A signing device on the command line.

Usage: npm run device -- <command> [options]

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(NAME_WIDTH)} ${summary}`).join('\n')}

npm run device -- <command> --help explains a command.`;

/** Runs the program with its arguments; answers the exit code. */
export async function runCli(
  [name, ...args]: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    terminal.print(HELP);
    return name === undefined ? MISUSED : 0;
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) {
    terminal.warn(`There is no command "${name}".\n\n${HELP}`);
    return MISUSED;
  }
  if (args.includes('--help') || args.includes('-h')) {
    terminal.print(`${command.summary}\n\nUsage: npm run device -- ${command.usage}`);
    return 0;
  }
  return runCommand(command, args, terminal);
}

async function runCommand(
  command: Command,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (error instanceof TonneError) {
      terminal.warn(`${error.code}: ${error.message}`);
      return error.code === 'PARAMETER_INVALID' ? MISUSED : FAILED;
    }
    if (isUsageError(error)) {
      terminal.warn(`${error.message}\nSee npm run device -- ${command.name} --help`);
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

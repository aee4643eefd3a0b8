/** `npm run check`: the quality gates. Prints `N passing`, `N failing` as the test suites do. */
import { join } from 'node:path';
import { ROOT } from './lib/paths.ts';
import { runCommand } from './lib/runCommand.ts';

interface Gate {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
}

const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);
const INDEXER = join(ROOT, 'indexer');

const typecheck = (folder: string): Gate => ({
  name: `types of ${folder}`,
  command: bin('tsc'),
  args: ['-p', join(ROOT, folder)],
});

const LINTED_APART = ['protocol', 'device-signer', 'oracle', 'indexer', 'app'];

/** ESLint holds the types of all it looks at: of everything at once they need over 4 GB. */
const lint = (name: string, args: readonly string[]): Gate => ({
  name: `lint of ${name}`,
  command: bin('eslint'),
  args: [...args, '--max-warnings', '0'],
});

const GATES: readonly Gate[] = [
  typecheck('.'),
  typecheck('protocol'),
  typecheck('device-signer'),
  typecheck('oracle'),
  typecheck('indexer'),
  typecheck('app'),
  ...LINTED_APART.map((folder) => lint(folder, [folder])),
  lint('the rest', ['.', ...LINTED_APART.flatMap((folder) => ['--ignore-pattern', folder])]),
  { name: 'format', command: bin('prettier'), args: ['--check', '--log-level', 'warn', '.'] },
  {
    name: 'Solidity lint',
    command: bin('solhint'),
    args: ['--max-warnings', '0', 'contracts/**/*.sol'],
  },
  { name: 'unused code', command: bin('knip'), args: [] },
  {
    name: 'direction of imports',
    command: bin('depcruise'),
    args: [
      '--config',
      '.dependency-cruiser.cjs',
      'protocol',
      'device-signer',
      'oracle',
      'indexer',
      'app',
    ],
  },
];

const chosen = process.argv[2];
const gates = GATES.filter(({ name }) => chosen === undefined || name.includes(chosen));
await runCommand(bin('ponder'), ['codegen'], {
  cwd: INDEXER,
  env: { PONDER_TELEMETRY_DISABLED: '1' },
});
const results = await runInPairs(gates);
const failing = results.filter((passed) => !passed).length;
console.log(`  ${results.length - failing} passing\n  ${failing} failing`);
process.exitCode = failing === 0 ? 0 : 1;

/** Two gates at a time: that is how many cores the smallest machine has. */
async function runInPairs(all: readonly Gate[]): Promise<boolean[]> {
  const queue = [...all];
  const passed: boolean[] = [];
  const worker = async (): Promise<void> => {
    for (let gate = queue.shift(); gate !== undefined; gate = queue.shift())
      passed.push(await run(gate));
  };
  await Promise.all([worker(), worker()]);
  return passed;
}

async function run(gate: Gate): Promise<boolean> {
  const started = Date.now();
  const { exitCode, output } = await runCommand(gate.command, gate.args, { cwd: gate.cwd ?? ROOT });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${exitCode === 0 ? '✔' : '✖'} ${gate.name} (${seconds} s)`);
  if (exitCode !== 0) console.log(output.split('\n').slice(-120).join('\n'));
  return exitCode === 0;
}

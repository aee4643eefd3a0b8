/**
 * `npm run mutation [-- --sample N] [--seed S] [--only TEXT]`: changes the contracts a little, one change at
 * a time, and looks whether a contract test notices. Fails when fewer than 90 % are noticed. Changes come
 * from universalmutator (`pip install universalmutator==1.14.1`); docs/mutation.md.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

import { copyProject, findContracts } from './lib/projectCopy.ts';
import { ROOT } from './lib/paths.ts';
import { mustRun, runCommand } from './lib/runCommand.ts';
import { shuffled } from './mutation/shuffled.ts';
import { testsFor } from './mutation/testsFor.ts';

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const RULES = join(ROOT, 'scripts/mutation/solidity.rules');
const LEAST_KILLED = 0.9;
const ENV = { TRUETONNE_INSTRUMENTED: '1', TRUETONNE_BAIL: '1' };
const HARDHAT = 'node_modules/hardhat/dist/src/cli.js';

interface Mutant {
  /** Of the contract, from the root of the project. */
  readonly name: string;
  readonly source: string;
}

type Outcome = 'killed' | 'survived' | 'invalid' | 'equivalent';

const { folder, remove } = copyProject();
try {
  await hardhat('build');
  const all = await generate();
  console.log(`${all.length} changes`);
  const mutants = shuffled(all, Number(values.seed)).slice(0, Number(values.sample));
  const counts = new Map<Outcome, number>();
  for (const [index, mutant] of mutants.entries()) {
    const outcome = await judge(mutant);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    console.log(`${index + 1}/${mutants.length} ${outcome} ${describe(mutant)}`);
  }
  const [killed, survived] = [counts.get('killed') ?? 0, counts.get('survived') ?? 0];
  const share = killed / Math.max(killed + survived, 1);
  console.log(
    `${killed} killed, ${survived} survived (${(100 * share).toFixed(1)} %); ` +
      `${counts.get('invalid') ?? 0} did not compile, ${counts.get('equivalent') ?? 0} gave the same code`,
  );
  process.exitCode = share >= LEAST_KILLED ? 0 : 1;
} finally {
  remove();
}

/** Every change that the rules make to a contract. */
async function generate(): Promise<Mutant[]> {
  const mutants: Mutant[] = [];
  for (const name of findContracts().filter((path) => path.includes(values.only))) {
    const into = mkdtempSync(join(folder, 'mutants-'));
    const options = ['--noCheck', '--only', RULES, '--mutantDir', into];
    await mustRun('mutate', [join(ROOT, name), 'solidity', ...options]);
    for (const file of readdirSync(into).filter((path) => path.endsWith('.sol')))
      mutants.push({ name, source: readFileSync(join(into, file), 'utf8') });
  }
  return mutants;
}

async function judge({ name, source }: Mutant): Promise<Outcome> {
  const path = join(folder, name);
  const before = readFileSync(path, 'utf8');
  const codeBefore = readCode(name);
  writeFileSync(path, source);
  try {
    if (!(await hardhat('build'))) return 'invalid';
    if (codeBefore !== undefined && readCode(name) === codeBefore) return 'equivalent';
    const passes = await hardhat('test', 'mocha', '--no-compile', ...testsFor(name));
    return passes ? 'survived' : 'killed';
  } finally {
    writeFileSync(path, before);
  }
}

/** Code of a contract without the hash of its source; undefined of a part or library. */
function readCode(name: string): string | undefined {
  const path = join(folder, `artifacts/${name}/${basename(name, '.sol')}.json`);
  if (!existsSync(path)) return undefined;
  const artifact: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const isCompiled =
    typeof artifact === 'object' && artifact !== null && 'deployedBytecode' in artifact;
  const code = isCompiled ? String(artifact.deployedBytecode) : '0x';
  /** CBOR at the end: 51 bytes and their length. */
  return code.length > 200 ? code.slice(0, -106) : undefined;
}

async function hardhat(...args: readonly string[]): Promise<boolean> {
  const { exitCode } = await runCommand(process.execPath, [HARDHAT, ...args], {
    ...{ cwd: folder, env: ENV },
  });
  return exitCode === 0;
}

/** Where the change is, and what it is. */
function describe({ name, source }: Mutant): string {
  const [before, after] = [readFileSync(join(ROOT, name), 'utf8').split('\n'), source.split('\n')];
  const line = before.findIndex((text, index) => text !== after[index]);
  return `${name}:${line + 1}\n    ${before[line]?.trim()}\n    ${after[line]?.trim()}`;
}

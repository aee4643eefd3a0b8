/**
 * `npm run slither`: static analysis of the compiled contracts (`pip install slither-analyzer==0.11.6`).
 * Fails on a finding of medium or high impact that docs/security.md gives no reason for, and on code that
 * it did not analyse.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import accepted from './slither/accepted.json' with { type: 'json' };
import { ROOT } from './lib/paths.ts';
import { mustRun, runCommand } from './lib/runCommand.ts';

/** What is used of Slither's JSON. */
interface Finding {
  readonly impact: string;
  readonly check: string;
  readonly description: string;
  readonly elements: readonly {
    readonly name: string;
    readonly source_mapping: { readonly filename_relative: string };
  }[];
}

/** Where Slither gave up, on a function or on all that follows one in a contract: it says so, and goes on. */
const UNSEEN = /Impossible to generate IR|Missing (?:function|modifier|variable)/;

const folder = mkdtempSync(join(tmpdir(), 'tonne-slither-'));
const report = join(folder, 'report.json');
try {
  // All of it: a build of what changed leaves a record that names files which are gone.
  await mustRun(join(ROOT, 'node_modules/.bin/hardhat'), ['build', '--force']);
  const { output } = await runCommand('slither', [
    ...['.', '--ignore-compile', '--compile-force-framework', 'hardhat'],
    ...['--hardhat-artifacts-directory', 'artifacts', '--json', report],
    ...['--exclude-informational', '--exclude-low', '--exclude-optimization'],
    ...['--filter-paths', 'node_modules|contracts/mocks|contracts/test|contracts/development'],
  ]);
  const findings = readFindings(output);
  const unseen = output.split('\n').filter((line) => UNSEEN.test(line));
  const found = new Map(findings.map((finding) => [keyOf(finding), finding.description.trim()]));
  const open = [...found].filter(([key]) => !accepted.includes(key));
  const gone = accepted.filter((key) => !found.has(key));
  for (const [key, description] of open) console.log(`✖ ${key}\n    ${description}`);
  for (const key of gone) console.log(`✖ ${key}: not found any more, take it off the list`);
  for (const line of unseen) console.log(`✖ not analysed: ${line}`);
  console.log(`${found.size} findings, ${open.length} without a reason`);
  process.exitCode = open.length + gone.length + unseen.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function readFindings(output: string): readonly Finding[] {
  if (!existsSync(report)) throw new Error(`slither failed:\n${output.slice(-2_000)}`);
  // Proof: the report that Slither documents.
  const { success, results } = JSON.parse(readFileSync(report, 'utf8')) as {
    readonly success: boolean;
    readonly results: { readonly detectors?: readonly Finding[] };
  };
  if (!success) throw new Error(`slither failed:\n${output.slice(-2_000)}`);
  return results.detectors ?? [];
}

/** Detector, file and what it names; lines change too often. */
function keyOf({ check, elements: [first] }: Finding): string {
  return `${check} ${first?.source_mapping.filename_relative ?? ''} ${first?.name ?? ''}`;
}

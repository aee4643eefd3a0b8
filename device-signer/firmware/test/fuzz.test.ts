import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fromHex } from '@truetonne/protocol';
import claims from '../../vectors/claims.json' with { type: 'json' };
import statements from '../../vectors/statements.json' with { type: 'json' };
import windows from '../../vectors/windows.json' with { type: 'json' };
import { build, run } from './build.ts';

/** A short run for the suite; `FIRMWARE_FUZZ_SECONDS=3600` makes it a long one. */
const SECONDS = process.env['FIRMWARE_FUZZ_SECONDS'] ?? '15';

test('libFuzzer finds no bytes on which the parsers in C break', async (context) => {
  const folder = await build(['fuzz']);
  const corpus = join(folder, 'corpus');
  mkdirSync(corpus);
  const seeds = [
    ...windows.cases
      .filter(({ window }) => window.length < 2_000)
      .map(({ window }) => [1, window] as const),
    ...claims.cases.map(({ claim }) => [0, claim] as const),
    ...statements.rotations.map(({ statement }) => [0, statement] as const),
    ...statements.meterReplacements.map(({ statement }) => [0, statement] as const),
  ];
  for (const [index, [choice, hex]] of seeds.entries()) {
    writeFileSync(join(corpus, `seed-${index}`), Buffer.concat([Buffer.of(choice), fromHex(hex)]));
  }
  const limits = [
    `-max_total_time=${SECONDS}`,
    '-max_len=4096',
    '-timeout=10',
    '-rss_limit_mb=1024',
  ];
  // It writes what it did to the standard error; run() fails when it found something.
  const command = `'${join(folder, 'fuzz')}' ${limits.join(' ')} -print_final_stats=1 -artifact_prefix='${folder}/' '${corpus}' 2>&1`;
  const report = await run('sh', ['-c', command]);
  const runs = Number(/stat::number_of_executed_units:\s+(\d+)/.exec(report)?.[1]);
  const edges = Number([...report.matchAll(/cov: (\d+)/g)].at(-1)?.[1]);
  context.diagnostic(`${runs} inputs, ${edges} edges`);
  assert.ok(runs > 10_000 && edges > 100, `${runs} inputs, ${edges} edges`);
});

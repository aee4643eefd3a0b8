/** `npm run bench [-- --only <name prefix>[,...]] [--json]`: figures, as a table or a JSON object a line. */
import { parseArgs } from 'node:util';
import type { BenchRow } from './row.ts';

/** Which file measures the rows that begin so. Files are loaded only when they are asked for. */
const BENCHES: readonly { readonly prefixes: readonly string[]; readonly file: string }[] = [
  { prefixes: ['gas.'], file: './gas.ts' },
  { prefixes: ['merkle.'], file: './merkle.ts' },
  { prefixes: ['verify.browser.'], file: './browser.ts' },
  { prefixes: ['latency.graphql'], file: './latency.ts' },
  { prefixes: ['latency.entitlement'], file: './entitlement.ts' },
  { prefixes: ['ingest.'], file: './ingest.ts' },
  { prefixes: ['disorder.'], file: './disorder.ts' },
  { prefixes: ['query.'], file: './query.ts' },
  { prefixes: ['scaling.'], file: './scaling.ts' },
  { prefixes: ['firmware.'], file: './firmware.ts' },
  { prefixes: ['accounting.t', 'accounting.m'], file: './accounting.ts' },
  { prefixes: ['accounting.i', 'api.'], file: './inventory.ts' },
];

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const wanted = values.only?.split(',').filter((prefix) => prefix !== '');
const isWanted = (name: string): boolean =>
  wanted === undefined || wanted.some((prefix) => name.startsWith(prefix));
const mayHold = (prefix: string): boolean =>
  wanted === undefined || wanted.some((name) => name.startsWith(prefix) || prefix.startsWith(name));

const chosen = BENCHES.filter(({ prefixes }) => prefixes.some(mayHold));
if (chosen.length === 0) {
  console.error(`no figure begins with "${values.only ?? ''}"`);
  process.exit(2);
}
const rows: BenchRow[] = [];
for (const { file } of chosen) {
  const { run } = (await import(file)) as { run: () => Promise<BenchRow[]> };
  for (const row of await run()) {
    if (!isWanted(row.name)) continue;
    rows.push(row);
    if (values.json) console.log(JSON.stringify(row));
  }
}
if (!values.json)
  console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])));
process.exit(0);

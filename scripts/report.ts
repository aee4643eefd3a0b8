/** `npm run report -- <batchId>`: dry run, monitoring report and CAD Trust records of a batch. */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { toDecimalText } from '../oracle/src/domain/decimals.ts';
import { findCredentialFault } from '../oracle/src/metering/monitoring/credential.ts';
import { readPort } from './lib/ports.ts';

const USAGE = `Usage: npm run report -- <batchId> [options]
       npm run report -- --check report.json

  (none)            what the batch would earn under each methodology version
  --monitoring      its monitoring report, a W3C Verifiable Credential 2.0
  --cad-trust       its records for CAD Trust
  --query TEXT      added to the question, such as operatingMargin=964.6&buildMargin=511.9
  --compare A,B     what differs between two versions, such as GCCM001-4.0,AMS-I.D-18.0
  --oracle URL      default: the oracle of \`npm start\`
  --out FILE        write it there
  --check FILE      verify a monitoring report, without the network. Exit code 0 or 1`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    monitoring: { type: 'boolean', default: false },
    'cad-trust': { type: 'boolean', default: false },
    query: { type: 'string' },
    compare: { type: 'string' },
    oracle: { type: 'string' },
    out: { type: 'string' },
    check: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const oracle = values.oracle ?? `http://127.0.0.1:${readPort('oracle')}`;

if (values.help) console.log(USAGE);
else process.exitCode = await run();

async function run(): Promise<number> {
  if (values.check !== undefined) return check(values.check);
  if (values.compare !== undefined) return compare(values.compare);
  const [batchId] = positionals;
  if (batchId === undefined || !/^\d{1,20}$/.test(batchId)) {
    console.error(USAGE);
    return 2;
  }
  const kind = values.monitoring
    ? 'monitoring-report'
    : values['cad-trust']
      ? 'cad-trust'
      : 'dry-run';
  const answer = await ask(`/v1/batches/${batchId}/${kind}`, values.query);
  if (kind === 'dry-run' && values.out === undefined) printDryRun(answer as DryRun);
  else await put(answer);
  return 0;
}

async function check(path: string): Promise<number> {
  const credential: unknown = JSON.parse(await readFile(path, 'utf8'));
  const fault = await findCredentialFault(credential);
  console.log(fault === undefined ? `✔ ${path} is as its issuer signed it` : `✖ ${path}: ${fault}`);
  return fault === undefined ? 0 : 1;
}

async function compare(pair: string): Promise<number> {
  const [from = '', to = ''] = pair.split(',');
  const query = new URLSearchParams({ from, to });
  // Proof: the API's own answer, as /openapi.json describes it.
  const { differences } = (await ask('/v1/methodology-difference', query.toString())) as {
    differences: readonly { path: string; from: string | null; to: string | null }[];
  };
  for (const one of differences)
    console.log(`${one.path}\n  - ${one.from ?? 'nothing'}\n  + ${one.to ?? 'nothing'}`);
  return 0;
}

async function ask(path: string, query: string | undefined): Promise<unknown> {
  const response = await fetch(`${oracle}${path}${query === undefined ? '' : `?${query}`}`);
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  console.error(JSON.stringify(answer, undefined, 2));
  process.exit(1);
}

async function put(answer: unknown): Promise<void> {
  const text = `${JSON.stringify(answer, undefined, 2)}\n`;
  if (values.out === undefined) process.stdout.write(text);
  else await writeFile(values.out, text);
}

/** The part of the API's answer that is printed. */
interface DryRun {
  readonly versions: readonly {
    readonly methodology: { readonly id: string };
    readonly own: boolean;
    readonly missing: string | null;
    readonly result: null | {
      readonly grams: string;
      readonly creditableWh: string;
      readonly deductedWh: string;
      readonly certifiedTonnes: string;
      readonly carriedGrams: string;
    };
  }[];
}

function printDryRun({ versions }: DryRun): void {
  for (const { methodology, own, missing, result } of versions) {
    console.log(`${methodology.id}${own ? ' (the project runs on it)' : ''}`);
    if (result === null) {
      console.log(`  ${missing ?? 'no result'}`);
      continue;
    }
    const tonnes = (grams: string): string => toDecimalText(BigInt(grams), 6);
    console.log(`  ${tonnes(result.grams)} tCO2e from ${result.creditableWh} Wh, ${result.deductedWh} Wh left out
  certified ${result.certifiedTonnes} t, carried ${tonnes(result.carriedGrams)} t`);
  }
}

/** `npm run demo [-- --json]`: the main job once, on real solar data, in state of its own. */
import { parseArgs } from 'node:util';
import { runDemo, type DemoSummary } from './lib/demo.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const say = (text: string): void => {
  process.stderr.write(`[demo] ${text}\n`);
};

const summary = await runDemo(say);
if (values.json) console.log(JSON.stringify(summary, toJsonNumber));
else console.log(toText(summary));

/** The sums of this data are far below 2^53, so a JSON number holds them exactly. */
function toJsonNumber(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

function toText(sums: DemoSummary): string {
  return `
From a signed reading to a retired credit, on 104 measured days of a 6 kW plant
  ${sums.readings} readings in ${sums.windows} signed windows, ${sums.batches} monthly batches, ${sums.verifiedBatches} verified again from their files
  exported ${sums.exportWh} Wh, imported ${sums.importWh} Wh, deducted ${sums.deductedWh} Wh
  creditable ${sums.creditableWh} Wh = ${sums.grams} g CO2e
  minted ${sums.mintedGrams} g, retired ${sums.retiredGrams} g, in ${sums.seconds} s`;
}

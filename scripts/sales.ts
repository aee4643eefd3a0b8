/** `npm run sales -- --network amoy|polygon --promo-signer 0x... [--book FILE] [--yes]`; docs/subscriptions.md. */
import { parseArgs } from 'node:util';

import { runSales } from './sales/command.ts';

const { values } = parseArgs({
  options: {
    network: { type: 'string', default: '' },
    'promo-signer': { type: 'string' },
    book: { type: 'string' },
    yes: { type: 'boolean', default: false },
  },
});
const { network, 'promo-signer': promoSigner, book, yes } = values;
try {
  await runSales({ network, promoSigner, book, yes }, process.env, console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

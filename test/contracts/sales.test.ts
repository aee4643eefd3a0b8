import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import hre from 'hardhat';
import { createTestClient, http, pad, stringToHex, toHex, type Address } from 'viem';

import { planContracts, plansAbi, subscriptionsAbi } from '../../protocol/src/index.ts';
import { readCompiled, readSubscriptionsCode } from '../../scripts/deployment/artifact.ts';
import { createSender } from '../../scripts/deployment/sender.ts';
import { DEVELOPMENT_ACCOUNTS, privateKeyOf } from '../../scripts/lib/accounts.ts';
import { runSales, type SalesOptions } from '../../scripts/sales/command.ts';
import { LIVE_TOKENS } from '../../scripts/sales/tokens.ts';
import { startAnvil, type Anvil } from './support/anvil.ts';

const { admin: operator, arbiter, promoSigner, treasury } = DEVELOPMENT_ACCOUNTS;

describe('sales on a chain with the id of Polygon', function () {
  this.timeout(60_000);

  let anvil: Anvil;
  let folder: string;
  let plans: Address;

  before(async function () {
    // Code that counts what it covers is larger than a chain takes.
    if (hre.globalOptions.coverage) this.skip();
    folder = await mkdtemp(join(tmpdir(), 'truetonne-sales-'));
    anvil = await startAnvil(['--chain-id', '137']);
    const sender = createSender(anvil.rpcUrl, operator);
    const code = await readSubscriptionsCode({
      operator: operator.address,
      treasury: treasury.address,
      arbiter: arbiter.address,
    });
    const { address: contract } = await sender.create(code);
    const read = { address: contract, abi: subscriptionsAbi, functionName: 'plans' } as const;
    plans = await sender.reader.readContract(read);
    const rpcUrl = 'https://polygon-rpc.com';
    const admin = operator.address;
    const elsewhere = planContracts({ deployer: admin, firstNonce: 9, admin, noticeS: 0 }).at;
    const rest = { ...elsewhere, deployedAtBlock: 1 };
    const book = { network: 'polygon', chainId: 137, rpcUrl, ...rest };
    const text = JSON.stringify({ ...book, subscriptions: { contract, plans } });
    await writeFile(join(folder, 'book.json'), text);
  });
  after(async () => {
    await anvil.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function sell(wishes: Partial<SalesOptions> = {}): Promise<string> {
    const lines: string[] = [];
    const options = {
      network: 'polygon',
      promoSigner: promoSigner.address,
      book: join(folder, 'book.json'),
      yes: true,
      ...wishes,
    };
    const key = privateKeyOf(operator);
    const environment = { POLYGON_RPC_URL: anvil.rpcUrl, POLYGON_PRIVATE_KEY: key };
    await runSales(options, environment, (line) => lines.push(line));
    return lines.join('\n');
  }

  /** Puts contracts where Polygon has its tokens and its feed; a token calls itself `symbol`. */
  async function furnish(usdtSymbol: string): Promise<void> {
    const client = createTestClient({ mode: 'anvil', transport: http(anvil.rpcUrl) });
    const token = await readCompiled('development/DevelopmentToken');
    const feed = await readCompiled('development/DevelopmentFeed');
    for (const entry of LIVE_TOKENS.polygon) {
      if (entry.symbol === 'POL') {
        await client.setCode({ address: entry.feed, bytecode: feed.deployedBytecode });
        continue;
      }
      const symbol = entry.symbol === 'USDT' ? usdtSymbol : entry.symbol;
      await client.setCode({ address: entry.token, bytecode: token.deployedBytecode });
      // A short text in storage: left-aligned, and twice its length in the last byte.
      const text = BigInt(stringToHex(symbol, { size: 32 })) + BigInt(symbol.length * 2);
      const value = pad(toHex(text));
      await client.setStorageAt({ address: entry.token, index: 4, value });
    }
  }

  it('refuses a token that is not what it is taken for, and says who must be named', async () => {
    await furnish('SCAM');
    await assert.rejects(sell(), /is SCAM, not USDT/);
    await assert.rejects(sell({ promoSigner: undefined }), /name who signs promo codes/);
    await assert.rejects(sell({ network: 'mars' }), /unknown network "mars"/);
  });

  it('shows the cost, then sells plans and tokens, once', async () => {
    await furnish('USDT0');
    const { reader } = createSender(anvil.rpcUrl, operator);
    const count = { address: plans, abi: plansAbi, functionName: 'planCount' } as const;

    const quote = await sell({ yes: false });
    assert.match(quote, /plan 1 Starter: 0\.\d+ POL at most/);
    assert.match(quote, /nothing was sent/);
    assert.equal(await reader.readContract(count), 0);

    await sell();
    assert.equal(await reader.readContract(count), 3);
    const tokens = { address: plans, abi: plansAbi, functionName: 'tokenCount' } as const;
    assert.equal(await reader.readContract(tokens), 3);

    assert.equal(await sell(), 'everything is sold already');
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createTestClient, http, publicActions, walletActions } from 'viem';
import { foundry } from 'viem/chains';
import { findFreePort } from '../../../scripts/lib/ports.ts';

/**
 * Of a transaction: an estimate may be of a second in which less is to be written. Below the most that
 * one may take (EIP-7825).
 */
export const GAS = 16_000_000n;

const require = createRequire(import.meta.url);

export interface Anvil {
  readonly rpcUrl: string;
  readonly client: ReturnType<typeof connectTo>;
  /** Replaces the newest blocks by empty ones of another hash. */
  readonly reorganise: (depth: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A chain of its own, with P256VERIFY, that mines one block per transaction. */
export async function startAnvil(): Promise<Anvil> {
  const processor = process.arch === 'x64' ? 'amd64' : process.arch;
  const anvil = require.resolve(`@foundry-rs/anvil-${process.platform}-${processor}/bin/anvil`);
  const port = await findFreePort();
  const options = ['--hardfork', 'osaka', '--port', String(port), '--silent'];
  const child = spawn(anvil, options, { stdio: 'ignore' });
  const exited = once(child, 'exit');
  const rpcUrl = `http://127.0.0.1:${port}`;
  const client = connectTo(rpcUrl);
  await answering(client);
  return {
    rpcUrl,
    client,
    reorganise: async (depth) => {
      const params = [depth, []];
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'anvil_reorg', params });
      const headers = { 'content-type': 'application/json' };
      const answer = await (await fetch(rpcUrl, { method: 'POST', headers, body })).text();
      if (answer.includes('error')) throw new Error(`anvil_reorg answered ${answer}`);
    },
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function connectTo(rpcUrl: string) {
  const transport = http(rpcUrl, { retryCount: 0 });
  return createTestClient({ chain: foundry, mode: 'anvil', transport, pollingInterval: 20 })
    .extend(publicActions)
    .extend(walletActions);
}

async function answering(client: ReturnType<typeof connectTo>): Promise<void> {
  for (;;) {
    const isUp = await client.getChainId().then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

import { createPublicClient, http } from 'viem';
import { findAnvil } from './paths.ts';
import { startService, waitUntilReady, type Service } from './service.ts';

export interface LocalChain extends Service {
  readonly rpcUrl: string;
}

export interface LocalChainOptions {
  readonly port: number;
  readonly logFile: string;
  readonly chainId?: number;
  /** Where the chain keeps its state between starts; without it the chain is fresh. */
  readonly stateFile?: string;
  /** What its clock shows at the start, Unix seconds; without it that of this machine. */
  readonly startsAt?: number;
}

/** Starts anvil with the P-256 precompile (Osaka) and waits until it answers. */
export async function startChain(options: LocalChainOptions): Promise<LocalChain> {
  const { port, logFile, stateFile } = options;
  const args = ['--host', '127.0.0.1', '--port', String(port), '--hardfork', 'osaka'];
  args.push('--chain-id', String(options.chainId ?? 31_337), '--quiet');
  if (stateFile !== undefined) args.push('--state', stateFile, '--state-interval', '2');
  if (options.startsAt !== undefined) args.push('--timestamp', String(options.startsAt));
  const service = startService({ name: 'chain', command: findAnvil(), args, logFile });
  const rpcUrl = `http://127.0.0.1:${port}`;
  const client = createPublicClient({ transport: http(rpcUrl, { retryCount: 0 }) });
  const isReady = async () => (await client.getChainId()) > 0;
  await waitUntilReady(service, logFile, isReady, 30);
  return { ...service, rpcUrl };
}

import {
  createPublicClient,
  createWalletClient,
  http,
  type Account,
  type Address,
  type Chain,
  type Hex,
  type PublicClient,
  type Transport,
  type WalletClient,
} from 'viem';
import { foundry } from 'viem/chains';

const POLLING_MS = 20;

export interface Created {
  readonly address: Address;
  readonly block: number;
}

/** Sends transactions of one account and waits for each. */
export interface Sender {
  readonly reader: PublicClient;
  readonly wallet: WalletClient<Transport, Chain, Account>;
  /** Throws when the transaction was reverted. */
  readonly send: (to: Address, data: Hex) => Promise<void>;
  readonly create: (data: Hex) => Promise<Created>;
}

/** A sender for a local chain. */
export function createSender(rpcUrl: string, account: Account): Sender {
  const transport = http(rpcUrl);
  const reader = createPublicClient({ transport, pollingInterval: POLLING_MS });
  const wallet = createWalletClient({ account, chain: foundry, transport });
  const mined = async (transaction: { readonly to?: Address; readonly data: Hex }) => {
    // The chain may have another id in a rehearsal.
    const hash = await wallet.sendTransaction({ ...transaction, chain: null });
    const receipt = await reader.waitForTransactionReceipt({ hash });
    if (receipt.status === 'success') return receipt;
    throw new Error(`transaction ${hash} was reverted`);
  };
  return {
    reader,
    wallet,
    async send(to, data) {
      await mined({ to, data });
    },
    async create(data) {
      const { contractAddress, blockNumber } = await mined({ data });
      if (contractAddress === null || contractAddress === undefined) {
        throw new Error('a transaction created no contract');
      }
      return { address: contractAddress, block: Number(blockNumber) };
    },
  };
}

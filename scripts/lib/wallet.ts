import {
  createPublicClient,
  createWalletClient,
  defineChain,
  http,
  type Account,
  type Hash,
  type TransactionReceipt,
} from 'viem';

/** Local blocks come at once: asking often keeps receipts quick. */
const POLLING_INTERVAL_MS = 50;

export type Wallet = ReturnType<typeof createWallet>;

/** A wallet of one account that can also read, and waits for its own transactions. */
export function createWallet(rpcUrl: string, chainId: number, account: Account) {
  const chain = defineChain({
    id: chainId,
    name: `chain ${chainId}`,
    nativeCurrency: { name: 'POL', symbol: 'POL', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  const transport = http(rpcUrl);
  const pollingInterval = POLLING_INTERVAL_MS;
  const reader = createPublicClient({ chain, transport, pollingInterval });
  const writer = createWalletClient({ chain, transport, account, pollingInterval });
  return {
    address: account.address,
    reader,
    writer,
    /** Waits for a transaction. Throws when it was reverted. */
    async confirm(hash: Hash): Promise<TransactionReceipt> {
      const receipt = await reader.waitForTransactionReceipt({ hash });
      if (receipt.status === 'success') return receipt;
      throw new Error(`transaction ${hash} was reverted`);
    },
  };
}

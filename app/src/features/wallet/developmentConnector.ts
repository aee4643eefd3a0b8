import { createClient, http, SwitchChainError, type Chain, type HDAccount } from 'viem';
import { createConnector, type CreateConnectorFn } from 'wagmi';

interface DevelopmentWallet {
  readonly id: string;
  readonly name: string;
  /** Index of the account under the public test mnemonic. */
  readonly addressIndex: number;
}

/** What marks these wallets for the page: they are always labelled as development only. */
export const DEVELOPMENT_TYPE = 'truetonne-development';

const STORAGE_KEY = 'developmentWallet';

/**
 * A wallet inside the page for the local chain: signs with a key that everyone knows, without
 * asking. The keys are in a chunk of their own that no other chain ever loads.
 */
function developmentWallet({ id, name, addressIndex }: DevelopmentWallet): CreateConnectorFn {
  let account: HDAccount | undefined;
  const load = async (): Promise<HDAccount> => {
    const { developmentAccount } = await import('./developmentAccounts.ts');
    account ??= developmentAccount(addressIndex);
    return account;
  };
  return createConnector<object, Record<string, unknown>, Record<string, string>>((config) => {
    const [chain] = config.chains;
    const provider = { id };
    return {
      id,
      name,
      type: DEVELOPMENT_TYPE,
      connect: async () => {
        const { address } = await load();
        await config.storage?.setItem(STORAGE_KEY, id);
        // Proof: wagmi's type asks for capabilities only when the caller did; nobody here does.
        return { accounts: [address] as never, chainId: chain.id };
      },
      disconnect: async () => {
        await config.storage?.removeItem(STORAGE_KEY);
      },
      getAccounts: async () => [(await load()).address],
      getChainId: () => Promise.resolve(chain.id),
      getProvider: () => Promise.resolve(provider),
      getClient: async () => {
        const url = chain.rpcUrls.default.http[0];
        return createClient({ account: await load(), chain, transport: http(url) });
      },
      isAuthorized: async () => (await config.storage?.getItem(STORAGE_KEY)) === id,
      switchChain: ({ chainId }): Promise<Chain> =>
        chainId === chain.id
          ? Promise.resolve(chain)
          : Promise.reject(new SwitchChainError(new Error(`${name} knows one chain`))),
      onAccountsChanged: () => undefined,
      onChainChanged: () => undefined,
      onDisconnect: () => undefined,
    };
  });
}

export const developmentWallets: readonly CreateConnectorFn[] = [
  developmentWallet({
    id: 'development-owner',
    name: 'Development wallet: project owner',
    addressIndex: 3,
  }),
  developmentWallet({
    id: 'development-buyer',
    name: 'Development wallet: buyer',
    addressIndex: 4,
  }),
  developmentWallet({
    id: 'development-verifier',
    name: 'Development wallet: verifier',
    addressIndex: 8,
  }),
  developmentWallet({
    id: 'development-second-verifier',
    name: 'Development wallet: second verifier',
    addressIndex: 9,
  }),
  developmentWallet({
    id: 'development-validator',
    name: 'Development wallet: validator',
    addressIndex: 2,
  }),
  developmentWallet({
    id: 'development-admin',
    name: 'Development wallet: admin',
    addressIndex: 0,
  }),
];

import type { BrowserContext } from 'playwright-core';
import { createWalletClient, http, parseAbi, type Address, type HDAccount, type Hex } from 'viem';
import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';

/** A request that a page makes of its wallet (EIP-1193). */
interface WalletRequest {
  readonly method: string;
  readonly params?: readonly unknown[];
}

interface InjectedWallet {
  readonly chainId: number;
  /** The project owner's, where nothing else is said. */
  readonly account?: HDAccount;
  /** The wallet is this contract (`SmartWallet.sol`), for which `account` acts. */
  readonly contract?: Address;
  /** Whether its person says no to what it is asked. */
  readonly declines?: (method: string) => boolean;
}

const DECLINED = 'declined by its person';

const FORWARD = parseAbi(['function forward(address target, bytes data) payable']);

/**
 * A browser wallet as extensions are: announced by EIP-6963 in the page, and answered outside of it
 * by an account of the local chain. It starts on `chainId` and switches when it is asked to.
 */
export async function announceWallet(
  context: BrowserContext,
  rpcUrl: string,
  options: InjectedWallet,
): Promise<{ readonly name: string }> {
  const { chainId, account = DEVELOPMENT_ACCOUNTS.projectOwner, contract, declines } = options;
  const name = 'Test Wallet';
  const client = createWalletClient({ account, transport: http(rpcUrl) });
  let current: Hex = `0x${chainId.toString(16)}`;
  await context.exposeFunction('answerWallet', async ({ method, params = [] }: WalletRequest) => {
    if (declines?.(method) === true) throw new Error(DECLINED);
    switch (method) {
      case 'eth_requestAccounts':
      case 'eth_accounts':
        return [contract ?? account.address];
      case 'eth_chainId':
        return current;
      case 'wallet_switchEthereumChain':
        current = (params[0] as { readonly chainId: Hex }).chainId;
        return null;
      case 'personal_sign':
        return account.signMessage({ message: { raw: params[0] as Hex } });
      case 'eth_sendTransaction':
        return contract === undefined
          ? client.sendTransaction(transactionOf(params[0]))
          : client.writeContract(forwarded(contract, params[0]));
      default:
        // Proof: the page's client asks only for methods of the node's JSON-RPC here.
        return client.request({ method, params } as never);
    }
  });
  await context.addInitScript(announce, { name, declined: DECLINED });
  return { name };
}

/** A page sends numbers as hex, and a node takes them so; the account here wants them as integers. */
function transactionOf(request: unknown) {
  const { value, ...rest } = request as { readonly value?: Hex };
  return { ...rest, ...(value === undefined ? {} : { value: BigInt(value) }), chain: null };
}

/** The same transaction, as the contract makes it when its owner asks. */
function forwarded(contract: Address, request: unknown) {
  const { to, data, value } = request as { to: Address; data: Hex; value?: Hex };
  const call = { address: contract, abi: FORWARD, functionName: 'forward' } as const;
  return { ...call, args: [to, data], value: BigInt(value ?? 0), chain: null } as const;
}

interface Announced {
  readonly name: string;
  /** What an error says that stands for a no: only words come over the bridge to the page. */
  readonly declined: string;
}

/** Runs in the page. */
function announce({ name, declined }: Announced): void {
  const page = globalThis as unknown as {
    answerWallet: (request: WalletRequest) => Promise<unknown>;
  };
  const listeners = new Map<string, ((value: unknown) => void)[]>();
  const provider = {
    on(event: string, listener: (value: unknown) => void) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
    removeListener(event: string, listener: (value: unknown) => void) {
      listeners.set(
        event,
        (listeners.get(event) ?? []).filter((other) => other !== listener),
      );
    },
    async request(request: WalletRequest): Promise<unknown> {
      const answer = await page.answerWallet(request).catch((error: unknown) => {
        // The code of EIP-1193 for a no.
        const isNo = String(error).includes(declined);
        throw isNo ? Object.assign(new Error('No'), { code: 4001 }) : error;
      });
      if (request.method === 'wallet_switchEthereumChain') {
        const [{ chainId }] = request.params as [{ chainId: string }];
        for (const listener of listeners.get('chainChanged') ?? []) listener(chainId);
      }
      return answer;
    },
  };
  const icon = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>';
  const info = { uuid: '350670db-19fa-4704-a166-e52e178b59d2', name, icon, rdns: 'test.wallet' };
  const detail = Object.freeze({ info, provider });
  const tell = (): boolean =>
    globalThis.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
  globalThis.addEventListener('eip6963:requestProvider', tell);
  tell();
}

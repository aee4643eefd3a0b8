import {
  registryAbi,
  toErrorCode,
  TonneError,
  type AddressBook,
  type Hex,
} from '@truetonne/protocol';
import {
  BaseError,
  ContractFunctionRevertedError,
  createPublicClient,
  createWalletClient,
  defineChain,
  http,
  type Account,
} from 'viem';

export type RegistryChain = ReturnType<typeof connectToRegistry>;

/** Reads a registry and writes to it for an account, or for an address where the node holds its key. */
export function connectToRegistry(
  { chainId, rpcUrl, registry }: AddressBook,
  account: Account | Hex,
) {
  const chain = defineChain({
    id: chainId,
    name: `chain ${chainId}`,
    nativeCurrency: { name: 'POL', symbol: 'POL', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  const transport = http(rpcUrl);
  return {
    contract: { address: registry, abi: registryAbi } as const,
    reader: createPublicClient({ chain, transport }),
    writer: createWalletClient({ chain, transport, account }),
    account,
    owner: typeof account === 'string' ? account : account.address,
  };
}

/** The contract's refusal by its code of the catalogue; what is none stays as it is. */
export function refusalOf(error: unknown, functionName: string): unknown {
  if (!(error instanceof BaseError)) return error;
  const revert = error.walk((cause) => cause instanceof ContractFunctionRevertedError);
  if (!(revert instanceof ContractFunctionRevertedError)) {
    return new TonneError('CHAIN_UNREACHABLE', { field: 'rpcUrl', value: error.shortMessage });
  }
  const { errorName = '', args = [], abiItem } = revert.data ?? {};
  const code = toErrorCode(errorName);
  if (code === undefined) return error;
  const inputs = abiItem?.type === 'error' ? abiItem.inputs : [];
  const value = args.map((arg, at) => `${inputs[at]?.name ?? ''} ${String(arg)}`).join(', ');
  return new TonneError(code, { field: functionName, value });
}

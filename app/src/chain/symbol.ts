import {
  BaseError,
  erc20Abi,
  HttpRequestError,
  RpcRequestError,
  TimeoutError,
  type Address,
  type PublicClient,
} from 'viem';

/** What a token is called. `symbol` is optional in ERC-20 (EIP-20): without one it goes by its address. */
export async function symbolOf(client: PublicClient, address: Address): Promise<string> {
  try {
    return await client.readContract({ address, abi: erc20Abi, functionName: 'symbol' });
  } catch (error) {
    if (isUnanswered(error)) throw error;
    return `${address.slice(0, 8)}…`;
  }
}

/** The chain did not answer, which says nothing of the token. A call that reverts is an answer. */
function isUnanswered(error: unknown): boolean {
  if (!(error instanceof BaseError)) return true;
  const found = error.walk(
    (one) =>
      one instanceof HttpRequestError ||
      one instanceof TimeoutError ||
      (one instanceof RpcRequestError && one.code !== REVERTED),
  );
  return found !== null;
}

/** What nodes answer for a call that the contract refused. */
const REVERTED = 3;

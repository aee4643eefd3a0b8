/** EIP-2612: whether a token takes permits from a wallet, and what the wallet has to sign. */
import {
  domainSeparator,
  parseAbi,
  parseSignature,
  size,
  type Address,
  type Hex,
  type PublicClient,
} from 'viem';
import type { Permit } from './order.ts';
import { isCoin, type PayableToken } from './plans.ts';

const PERMIT_ABI = parseAbi([
  'function name() view returns (string)',
  'function version() view returns (string)',
  'function nonces(address owner) view returns (uint256)',
  'function DOMAIN_SEPARATOR() view returns (bytes32)',
]);

export const PERMIT_TYPES = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const;

export interface PermitDomain {
  readonly name: string;
  readonly version: string;
  readonly chainId: number;
  readonly verifyingContract: Address;
}

/** Circle's USDC has version 2; OpenZeppelin's tokens have 1 and no `version()`. */
const VERSIONS = ['1', '2'] as const;
/** Code of an externally owned account that delegates (EIP-7702): its key still signs. */
const DELEGATION = '0xef0100';
const DELEGATION_SIZE = 23;

/**
 * The domain whose separator the token itself answers; `undefined` when it takes no permits. A guess
 * that the token does not confirm is never signed.
 */
export async function findPermitDomain(
  client: PublicClient,
  token: PayableToken,
): Promise<PermitDomain | undefined> {
  if (isCoin(token)) return undefined;
  const contract = { address: token.address, abi: PERMIT_ABI } as const;
  try {
    const [name, separator] = await Promise.all([
      client.readContract({ ...contract, functionName: 'name' }),
      client.readContract({ ...contract, functionName: 'DOMAIN_SEPARATOR' }),
    ]);
    const version = await client
      .readContract({ ...contract, functionName: 'version' })
      .catch(() => undefined);
    const chainId = await client.getChainId();
    return [...(version === undefined ? [] : [version]), ...VERSIONS]
      .map((each) => ({ name, version: each, chainId, verifyingContract: token.address }))
      .find((domain) => domainSeparator({ domain }) === separator);
  } catch {
    // A token without these functions reverts or answers nothing: it takes no permits.
    return undefined;
  }
}

/** Whether a key of the wallet signs: contracts can't sign a permit, which has room for v, r, s only. */
export async function signsByKey(client: PublicClient, wallet: Address): Promise<boolean> {
  const code = await client.getCode({ address: wallet });
  if (code === undefined || code === '0x') return true;
  return code.startsWith(DELEGATION) && size(code) === DELEGATION_SIZE;
}

export async function fetchNonce(
  client: PublicClient,
  token: Address,
  owner: Address,
): Promise<bigint> {
  const contract = { address: token, abi: PERMIT_ABI } as const;
  return client.readContract({ ...contract, functionName: 'nonces', args: [owner] });
}

/** A signature over value and deadline as the contract takes it. */
export function toPermit(value: bigint, deadline: bigint, signature: Hex): Permit {
  const { r, s, v, yParity } = parseSignature(signature);
  return { value, deadline, v: Number(v ?? BigInt(yParity) + 27n), r, s };
}

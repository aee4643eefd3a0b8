import { domainOf, registryAbi, TonneError, type Hex } from '@truetonne/protocol';
import { BaseError, keccak256, type PublicClient } from 'viem';
import { createChainClient } from './client.ts';
import type { Deployment } from './deployment.ts';

/**
 * Refuses to start with an endpoint that answers for another chain or another registry. One that does
 * not answer is no reason: windows are accepted without a chain.
 *
 * @throws TonneError CONFIGURATION_INVALID
 */
export async function assertEndpoints(
  deployment: Deployment,
  rpcUrls: readonly string[],
): Promise<void> {
  await Promise.all(
    rpcUrls.map(async (url) => {
      try {
        await identify(createChainClient(deployment, url), deployment);
      } catch (error) {
        if (!(error instanceof TonneError)) return;
        const { field: what = '', value = '', expected = '' } = error.details;
        const field = `ORACLE_RPC_URL ${hostOf(url)}: ${what}`;
        throw new TonneError('CONFIGURATION_INVALID', { field, value, expected });
      }
    }),
  );
}

/** Hash of the registry's code, after chain and registry have said that they are the ones we mean. */
export async function identify(client: PublicClient, deployment: Deployment): Promise<Hex> {
  const { registry: address, chainId } = deployment;
  const told = await client.getChainId();
  if (told !== chainId) throw liar(deployment, 'chain id', String(told));
  const code = await client.getCode({ address });
  if (code === undefined) throw liar(deployment, 'code of the registry', 'none');
  const contract = { address, abi: registryAbi, functionName: 'domain' } as const;
  const domain = await client.readContract(contract).catch((error: unknown) => {
    // Something else is at the address: it answers otherwise, or not at all.
    if (error instanceof BaseError && error.walk(isContractError) !== null) return 'none';
    throw error;
  });
  if (domain !== domainOf(chainId, address)) throw liar(deployment, 'domain', domain);
  return keccak256(code);
}

function isContractError(error: unknown): boolean {
  const names = [
    'ContractFunctionRevertedError',
    'ContractFunctionZeroDataError',
    'AbiDecodingDataSizeTooSmallError',
    'AbiDecodingZeroDataError',
  ];
  return error instanceof Error && names.includes(error.name);
}

export function liar({ chainId, registry }: Deployment, field: string, value: string): TonneError {
  const expected = `chain ${chainId} with the registry ${registry}`;
  return new TonneError('CHAIN_MISMATCH', { field, value, expected });
}

/** Host of an endpoint for messages: its path may hold a key. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

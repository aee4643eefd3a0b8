import { plansAbi, subscriptionsAbi, type AddressBook } from '@truetonne/protocol';
import { erc20Abi, maxUint256, zeroAddress, type HDAccount } from 'viem';
import { createWallet } from '../../scripts/lib/wallet.ts';

/** Pays a month of a plan with USDC, for tests that are about something else than paying. */
export async function subscribe(
  { subscriptions, rpcUrl, chainId }: AddressBook,
  account: HDAccount,
  planId: number,
): Promise<void> {
  if (subscriptions === undefined) throw new Error('nothing is sold');
  const { contract, plans } = subscriptions;
  const { reader, writer, confirm } = createWallet(rpcUrl, chainId, account);
  const read = { address: plans, abi: plansAbi, functionName: 'token', args: [0] } as const;
  const { draft } = await reader.readContract(read);
  const allow = { address: draft.token, abi: erc20Abi, functionName: 'approve' } as const;
  await confirm(await writer.writeContract({ ...allow, args: [contract, maxUint256] }));
  const order = {
    ...{ planId, yearly: false, tokenId: 0, instalments: 0, capCents: 0, referred: false },
    ...{ referrer: zeroAddress, maxAmount: maxUint256, promos: [], permits: [] },
  };
  const call = { address: contract, abi: subscriptionsAbi, functionName: 'subscribe' } as const;
  await confirm(await writer.writeContract({ ...call, args: [order] }));
}

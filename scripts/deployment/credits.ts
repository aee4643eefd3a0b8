import { isAddressEqual, type Account, type Chain, type Hex, type PublicClient } from 'viem';
import type { Transport, WalletClient } from 'viem';

import { planContracts, type CreditContracts } from '../../protocol/src/index.ts';
import { readCreationCode } from './artifact.ts';

/** Who deploys; it may send nothing else meanwhile. */
export interface Deployer {
  readonly reader: PublicClient;
  readonly wallet: WalletClient<Transport, Chain | undefined, Account>;
}

/**
 * Deploys the contracts that credits live in, one transaction each.
 *
 * @param noticeS see `planContracts`; 0 on a chain of development
 */
export async function deployCredits(
  { reader, wallet }: Deployer,
  admin: Hex,
  noticeS: number,
): Promise<CreditContracts> {
  const deployer = wallet.account.address;
  const firstNonce = await reader.getTransactionCount({ address: deployer });
  const plan = planContracts({ deployer, firstNonce, admin, noticeS });
  for (const contract of plan.contracts) {
    const data = await readCreationCode(contract);
    // The chain of the wallet may have another id in a rehearsal.
    const hash = await wallet.sendTransaction({ data, chain: null });
    const { status, contractAddress } = await reader.waitForTransactionReceipt({ hash });
    const isThere =
      status === 'success' && contractAddress !== null && contractAddress !== undefined;
    if (!isThere || !isAddressEqual(contractAddress, contract.address)) {
      throw new Error(`${contract.name} is at ${contractAddress}, not at ${contract.address}`);
    }
  }
  return plan.at;
}

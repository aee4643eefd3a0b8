import {
  createPublicClient,
  createWalletClient,
  http,
  parseAbi,
  toFunctionSelector,
  type Address,
} from 'viem';
import { foundry } from 'viem/chains';

import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';

export const SLOT_READER_ABI = parseAbi(['function read(uint256 slots)', 'error Refused()']);

/** Reads slots 1 to `slots` of its own; reverts with Refused() where there are none to read. */
const RUNTIME = [
  '600435', // slots
  '806013', // where there are some: to the loop
  `5763${toFunctionSelector('Refused()').slice(2)}5f526004601cfd`,
  '5b80545060019003', // reads the slot, and takes the one below it next
  '80601357', // again, above zero
  '00',
].join('');
/** Returns the 32 bytes of RUNTIME. */
const INIT = `0x7f${RUNTIME}5f5260205ff3` as const;

/** A contract of which each call reads as many slots as it is told, on an anvil. */
export async function deploySlotReader(rpcUrl: string): Promise<Address> {
  const transport = http(rpcUrl);
  const wallet = createWalletClient({
    ...{ account: DEVELOPMENT_ACCOUNTS.admin, chain: foundry, transport },
  });
  const hash = await wallet.sendTransaction({ data: INIT });
  const reader = createPublicClient({ chain: foundry, transport });
  const { contractAddress } = await reader.waitForTransactionReceipt({ hash });
  if (typeof contractAddress === 'string') return contractAddress;
  throw new Error('nothing was deployed');
}

import { mnemonicToAccount, type HDAccount } from 'viem/accounts';

/**
 * The public test mnemonic of anvil and Hardhat. Everyone knows its keys: it holds worthless coins
 * of a local chain and must never hold anything else.
 */
const PUBLIC_TEST_MNEMONIC = 'test test test test test test test test test test test junk';

/** Signs in the page itself; loaded only when a development wallet is used. */
export function developmentAccount(addressIndex: number): HDAccount {
  return mnemonicToAccount(PUBLIC_TEST_MNEMONIC, { addressIndex });
}

import { TonneError, type Hex } from '@truetonne/protocol';
import { recoverMessageAddress } from 'viem';
import type { Endpoints } from '../../rpc/endpoints.ts';

/** A signature of a plain wallet: r, s and v. */
const PLAIN_SIGNATURE = /^0x[0-9a-fA-F]{130}$/;

/**
 * Checks that a wallet signed a text. A plain wallet (EIP-191) needs no chain; a smart wallet is asked
 * by ERC-1271, also before it is deployed (ERC-6492).
 *
 * @throws TonneError SIGN_IN_SIGNATURE_INVALID, CHAIN_UNREACHABLE when only the chain could tell
 */
export async function assertSigned(
  endpoints: Endpoints,
  text: string,
  address: Hex,
  signature: Hex,
): Promise<void> {
  if (await isOfPlainWallet(text, address, signature)) return;
  if (await isOfSmartWallet(endpoints, text, address, signature)) return;
  throw new TonneError('SIGN_IN_SIGNATURE_INVALID', { field: 'signature', value: address });
}

async function isOfPlainWallet(text: string, address: Hex, signature: Hex): Promise<boolean> {
  if (!PLAIN_SIGNATURE.test(signature)) return false;
  try {
    const signer = await recoverMessageAddress({ message: text, signature });
    return signer.toLowerCase() === address;
  } catch {
    return false;
  }
}

async function isOfSmartWallet(
  endpoints: Endpoints,
  text: string,
  address: Hex,
  signature: Hex,
): Promise<boolean> {
  try {
    return await endpoints.use((client) =>
      client.verifyMessage({ address, message: text, signature }),
    );
  } catch (error) {
    if (error instanceof TonneError) throw error;
    const value = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new TonneError('CHAIN_UNREACHABLE', { field: 'signature', value });
  }
}

import { pbkdf2Sync } from 'node:crypto';
import { HDKey, hdKeyToAccount, type HDAccount } from 'viem/accounts';

/** DEVELOPMENT ONLY: anvil's public mnemonic. Anyone can spend what these accounts hold. */
const PUBLIC_DEVELOPMENT_MNEMONIC = 'test test test test test test test test test test test junk';

/** The seed of BIP-39, once for all: viem derives it for every account, in JavaScript. */
const ROOT_KEY = HDKey.fromMasterSeed(
  pbkdf2Sync(PUBLIC_DEVELOPMENT_MNEMONIC, 'mnemonic', 2048, 64, 'sha512'),
);

const at = (addressIndex: number): HDAccount => hdKeyToAccount(ROOT_KEY, { addressIndex });

/** Who acts on the local chain. */
export const DEVELOPMENT_ACCOUNTS = {
  admin: at(0),
  submitter: at(1),
  validator: at(2),
  projectOwner: at(3),
  buyer: at(4),
  /** DEVELOPMENT ONLY: signs promo codes; whoever has the key gives discounts. */
  promoSigner: at(5),
  arbiter: at(6),
  treasury: at(7),
  /** Two, because no one verifier can have a batch voided. */
  verifier: at(8),
  secondVerifier: at(9),
} as const;

/** Private key of a development account, for a process that takes its key from the environment. */
export function privateKeyOf(account: HDAccount): `0x${string}` {
  const key = account.getHdKey().privateKey;
  if (key === null) throw new Error('a development account has no private key');
  return `0x${Buffer.from(key).toString('hex')}`;
}

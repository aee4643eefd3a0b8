/** `Role` of the contracts, by number. */
const ROLES = ['none', 'party', 'validator', 'verifier', 'recomputer'] as const;

export type WalletRole = Exclude<(typeof ROLES)[number], 'none'>;

/** @throws Error for a number that no wallet is given */
export function walletRoleOf(role: number): WalletRole {
  const name = ROLES[role];
  if (name === undefined || name === 'none') throw new Error(`no wallet has role ${role}`);
  return name;
}

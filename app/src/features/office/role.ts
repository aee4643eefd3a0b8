import { isAddressEqual, type Address } from 'viem';
import type { Office } from '../../chain/index.ts';

export interface Role {
  readonly operator: boolean;
  readonly arbiter: boolean;
}

/** What the connected wallet may do in the office. */
export function roleOf(office: Office, account: Address | undefined): Role {
  const is = (who: Address): boolean => account !== undefined && isAddressEqual(who, account);
  return { operator: is(office.operator), arbiter: is(office.arbiter) };
}

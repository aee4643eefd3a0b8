import type { ReactNode } from 'react';
import { isAddress, type Address } from 'viem';
import { useConnection } from 'wagmi';
import { useSearchParams } from 'wouter';
import { SelectField } from '../../ui/index.ts';

/** The wallet that the address of the page asks for; `undefined` for everyone. */
export function useAskedAccount(): Address | undefined {
  const [params] = useSearchParams();
  const asked = params.get('account') ?? '';
  return isAddress(asked) ? asked : undefined;
}

/** Everyone, the connected wallet, or whichever the address of the page names. */
export function AccountFilter({ label }: { readonly label: string }): ReactNode {
  const { address } = useConnection();
  const [, setParams] = useSearchParams();
  const account = useAskedAccount();
  const options = [
    { value: '', label: 'Everyone' },
    ...(address === undefined ? [] : [{ value: address, label: 'My wallet' }]),
    ...(account === undefined || account === address ? [] : [{ value: account, label: account }]),
  ];
  return (
    <div className="filters">
      <SelectField
        label={label}
        value={account ?? ''}
        onChange={(value) =>
          setParams(value === '' ? new URLSearchParams() : new URLSearchParams({ account: value }))
        }
        options={options}
      />
    </div>
  );
}

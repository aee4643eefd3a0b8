import type { ReactNode } from 'react';
import { useConnection } from 'wagmi';
import { useSearchParams } from 'wouter';
import { isAddress } from 'viem';
import { Page, SelectField } from '../../ui/index.ts';
import { Retirements } from './Retirements.tsx';

/** Retirements of all, or those in the name of one wallet; which is in the address. */
export function CertificatesPage(): ReactNode {
  const { address } = useConnection();
  const [params, setParams] = useSearchParams();
  const asked = params.get('account') ?? '';
  const account = isAddress(asked) ? asked : undefined;
  const options = [
    { value: '', label: 'Everyone' },
    ...(address === undefined ? [] : [{ value: address, label: 'My wallet' }]),
    ...(account === undefined || account === address ? [] : [{ value: account, label: account }]),
  ];
  return (
    <Page
      title="Certificates"
      lead="Every retirement, with its certificate where there is one. All of it is public."
    >
      <div className="filters">
        <SelectField
          label="In the name of"
          value={account ?? ''}
          onChange={(value) =>
            setParams(
              value === '' ? new URLSearchParams() : new URLSearchParams({ account: value }),
            )
          }
          options={options}
        />
      </div>
      <Retirements key={account} {...(account === undefined ? {} : { account })} />
    </Page>
  );
}

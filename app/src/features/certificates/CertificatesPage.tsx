import type { ReactNode } from 'react';
import { Page } from '../../ui/index.ts';
import { AccountFilter, useAskedAccount } from '../wallet/index.ts';
import { Retirements } from './Retirements.tsx';

/** Retirements of all, or those in the name of one wallet; which is in the address. */
export function CertificatesPage(): ReactNode {
  const account = useAskedAccount();
  return (
    <Page
      title="Certificates"
      lead="Every retirement, with its certificate where there is one. All of it is public."
    >
      <AccountFilter label="In the name of" />
      <Retirements key={account} {...(account === undefined ? {} : { account })} />
    </Page>
  );
}

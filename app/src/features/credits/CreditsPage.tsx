import { type ReactNode } from 'react';
import { useConnection } from 'wagmi';
import { Card, Empty, Page } from '../../ui/index.ts';
import { Retirements } from '../certificates/index.ts';
import { WalletMenuButton } from '../wallet/index.ts';
import { Holdings } from './Holdings.tsx';
import { Mintable } from './Mintable.tsx';

function NotConnected(): ReactNode {
  return (
    <Card title="Your credits">
      <Empty title="No wallet is connected">
        <p>Connect one to mint the credits of your projects, to transfer and to retire.</p>
        <WalletMenuButton />
      </Empty>
    </Card>
  );
}

/** What the wallet may mint and holds, and everything that anyone has retired. */
export function CreditsPage(): ReactNode {
  const { address } = useConnection();
  return (
    <Page title="Credits" lead="One credit unit is one gram of CO₂e that was not emitted.">
      {address === undefined ? (
        <NotConnected />
      ) : (
        <>
          <Mintable key={`mint ${address}`} account={address} />
          <Holdings key={`hold ${address}`} account={address} />
        </>
      )}
      <Retirements />
    </Page>
  );
}

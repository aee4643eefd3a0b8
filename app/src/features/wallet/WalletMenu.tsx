import { useState, type ReactNode } from 'react';
import { useConnection } from 'wagmi';
import { Badge, Icon, shortHex } from '../../ui/index.ts';
import { DEVELOPMENT_TYPE } from './developmentConnector.ts';
import { WalletDialog } from './WalletDialog.tsx';

/** The button in the head of the page: connect, or who is connected. */
export function WalletMenu(): ReactNode {
  const [open, setOpen] = useState(false);
  const { address, connector } = useConnection();
  const development = connector?.type === DEVELOPMENT_TYPE;
  return (
    <>
      <button type="button" className="wallet-button" onClick={() => setOpen(true)}>
        <Icon name="wallet" />
        {address === undefined ? (
          'Connect wallet'
        ) : (
          <>
            <span className="hidden-visually">Wallet </span>
            <code>{shortHex(address)}</code>
            {development && <Badge tone="warn">dev</Badge>}
          </>
        )}
      </button>
      {open && <WalletDialog onClose={() => setOpen(false)} />}
    </>
  );
}

/** The same, as a button in the middle of a page that needs a wallet. */
export function WalletMenuButton(): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        <Icon name="wallet" /> Choose a wallet
      </button>
      {open && <WalletDialog onClose={() => setOpen(false)} />}
    </>
  );
}

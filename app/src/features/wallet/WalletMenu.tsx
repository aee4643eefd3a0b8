import { useState, type ReactNode } from 'react';
import { useConnection } from 'wagmi';
import { Badge, Icon } from '../../ui/index.ts';
import { DEVELOPMENT_TYPE } from './developmentConnector.ts';
import { WalletDialog } from './WalletDialog.tsx';

/** The button in the head of the page: connect, or who is connected. */
export function WalletMenu(): ReactNode {
  const [open, setOpen] = useState(false);
  const { address, connector } = useConnection();
  const development = connector?.type === DEVELOPMENT_TYPE;
  return (
    <>
      <button
        type="button"
        className={address === undefined ? 'wallet-button' : 'wallet-button wallet-connected'}
        onClick={() => setOpen(true)}
      >
        <Icon name="wallet" />
        {address === undefined ? (
          <span>
            Connect<span className="wide-only"> wallet</span>
          </span>
        ) : (
          <>
            <span className="hidden-visually">Wallet </span>
            <code>
              {address.slice(0, 6)}
              <span className="wide-only">…{address.slice(-4)}</span>
            </code>
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

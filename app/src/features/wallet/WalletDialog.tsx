import type { ReactNode } from 'react';
import { useConnect, useConnection, useConnectors, useDisconnect, type Connector } from 'wagmi';
import { explain } from '../../errors/index.ts';
import { Dialog, Hash, Notice } from '../../ui/index.ts';
import { DEVELOPMENT_TYPE } from './developmentConnector.ts';

/** Wallets that announced themselves come once; the generic one only when none did. */
function usableConnectors(all: readonly Connector[]): readonly Connector[] {
  const announced = all.some(({ id, type }) => type === 'injected' && id !== 'injected');
  const generic = 'ethereum' in window && !announced;
  return all.filter(({ id }) => id !== 'injected' || generic);
}

function WalletButton(props: {
  readonly connector: Connector;
  readonly disabled: boolean;
  readonly onPick: () => void;
}): ReactNode {
  const { connector, disabled, onPick } = props;
  return (
    <button type="button" className="wallet-option" disabled={disabled} onClick={onPick}>
      {connector.icon !== undefined && <img src={connector.icon} alt="" width="28" height="28" />}
      {connector.name}
    </button>
  );
}

interface WalletDialogProps {
  readonly onClose: () => void;
}

function DevelopmentOptions(props: {
  readonly connectors: readonly Connector[];
  readonly render: (connector: Connector) => ReactNode;
}): ReactNode {
  if (props.connectors.length === 0) return null;
  return (
    <section className="stack-small" aria-label="Development wallets">
      <h3>For development, on this local chain only</h3>
      <Notice tone="warn" title="Their keys are public: never send anything of value to them">
        <p className="small">They sign at once, without asking.</p>
      </Notice>
      {props.connectors.map(props.render)}
    </section>
  );
}

/** Picks a wallet, shows the connected one, or leaves it. */
export function WalletDialog({ onClose }: WalletDialogProps): ReactNode {
  const { address, connector: current } = useConnection();
  const connectors = usableConnectors(useConnectors()).filter(({ uid }) => uid !== current?.uid);
  const connect = useConnect();
  const disconnect = useDisconnect();
  const pick = async (connector: Connector): Promise<void> => {
    if (current !== undefined) await disconnect.mutateAsync({ connector: current });
    await connect.mutateAsync({ connector });
    onClose();
  };
  const option = (connector: Connector): ReactNode => (
    <WalletButton
      key={connector.uid}
      connector={connector}
      disabled={connect.isPending}
      // A failure stays in `connect.error`, which is shown below.
      onPick={() => void pick(connector).catch(() => undefined)}
    />
  );
  const browser = connectors.filter(({ type }) => type !== DEVELOPMENT_TYPE);
  return (
    <Dialog title={address === undefined ? 'Connect a wallet' : 'Your wallet'} onClose={onClose}>
      {address !== undefined && (
        <section className="stack-small" aria-label="Connected wallet">
          <p className="small muted">{current?.name}</p>
          <Hash value={address} what="address" full />
          <button
            type="button"
            className="button button-quiet"
            onClick={() => disconnect.mutate({}, { onSuccess: onClose })}
          >
            Disconnect
          </button>
        </section>
      )}
      {connect.error !== null && (
        <Notice tone="bad" role="alert" title={explain(connect.error).title}>
          <p className="small">{explain(connect.error).todo}</p>
        </Notice>
      )}
      {browser.map(option)}
      {browser.length === 0 && address === undefined && (
        <p className="small muted">
          No wallet was found in this browser. Any wallet that follows EIP-1193 or EIP-6963 works.
        </p>
      )}
      <DevelopmentOptions
        connectors={connectors.filter(({ type }) => type === DEVELOPMENT_TYPE)}
        render={option}
      />
    </Dialog>
  );
}

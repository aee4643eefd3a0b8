import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useConnection } from 'wagmi';
import type { Device } from '../../api/indexer/index.ts';
import { useDeployment } from '../../config/index.ts';
import { Card } from '../../ui/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { actionsOf, type DeviceAction } from './actions.ts';
import { BindDialog } from './dialogs/BindDialog.tsx';
import { DirectDialog } from './dialogs/DirectDialog.tsx';
import { MeterDialog } from './dialogs/MeterDialog.tsx';
import { OfferDialog } from './dialogs/OfferDialog.tsx';
import { RevokeDialog } from './dialogs/RevokeDialog.tsx';
import { RotateDialog } from './dialogs/RotateDialog.tsx';
import { acceptTransaction, withdrawTransaction } from './transactions/handOver.ts';

const LABELS: Readonly<Record<DeviceAction, string>> = {
  accept: 'Take it over',
  bind: 'Bind to a project',
  rotate: 'Rotate its key',
  replaceMeter: 'Replace its meter',
  offer: 'Hand it over',
  withdraw: 'Withdraw the offer',
  revoke: 'Revoke it',
};

interface OpenAction {
  readonly action: DeviceAction;
  /** As it was when the dialog opened. */
  readonly device: Device;
}

function ActionDialog(props: {
  readonly open: OpenAction;
  readonly account: Address;
  readonly onClose: () => void;
}): ReactNode {
  const { account, onClose } = props;
  const { action, device } = props.open;
  const { registry } = useDeployment();
  const common = { device, account, onClose };
  switch (action) {
    case 'bind':
      return <BindDialog {...common} />;
    case 'rotate':
      return <RotateDialog {...common} />;
    case 'replaceMeter':
      return <MeterDialog {...common} />;
    case 'offer':
      return <OfferDialog {...common} />;
    case 'revoke':
      return <RevokeDialog {...common} />;
    case 'accept': {
      const transaction = acceptTransaction(registry, device);
      return <DirectDialog transaction={transaction} account={account} onClose={onClose} />;
    }
    case 'withdraw': {
      const from = device.offeredTo ?? account;
      const transaction = withdrawTransaction(registry, device.id, from);
      return <DirectDialog transaction={transaction} account={account} onClose={onClose} />;
    }
  }
}

/** What the connected wallet can do with the device; nothing is shown to those who can't. */
export function DeviceActions({ device }: { readonly device: Device }): ReactNode {
  const { address } = useConnection();
  const rightNetwork = useRightNetwork();
  const [open, setOpen] = useState<OpenAction>();
  const actions = address === undefined ? [] : actionsOf(device, address);
  if (address === undefined || (actions.length === 0 && open === undefined)) return null;
  return (
    <Card title="What you can do">
      <div className="row">
        {actions.map((action, index) => (
          <button
            key={action}
            type="button"
            className={index === 0 ? 'button button-small' : 'button button-quiet button-small'}
            disabled={!rightNetwork}
            onClick={() => setOpen({ action, device })}
          >
            {LABELS[action]}
          </button>
        ))}
      </div>
      {open !== undefined && (
        <ActionDialog open={open} account={address} onClose={() => setOpen(undefined)} />
      )}
    </Card>
  );
}

import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useDeployment } from '../../../config/index.ts';
import { checkReceiver } from '../../../forms/index.ts';
import { TransactionDialog } from '../../../transactions/index.ts';
import { Notice, shortHex, TextField } from '../../../ui/index.ts';
import { offerTransaction } from '../transactions/handOver.ts';
import type { ActionDialogProps } from './props.ts';

function OfferForm(props: {
  readonly account: Address;
  readonly onReview: (to: Address) => void;
}): ReactNode {
  const { account, onReview } = props;
  const [receiver, setReceiver] = useState('');
  const [tried, setTried] = useState(false);
  const to = checkReceiver(receiver, account);
  const review = (): void => {
    setTried(true);
    if (to.ok) onReview(to.value);
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        review();
      }}
    >
      <TextField
        label="New owner"
        hint="The wallet that may take the device over"
        placeholder="0x…"
        value={receiver}
        onChange={setReceiver}
        error={tried && !to.ok ? to.problem : undefined}
        required
      />
      <Notice tone="plain" title="What goes with the device">
        <p className="small">
          Energy that is measured and not yet credited goes to the new owner. To keep it, wait until
          a batch holds all windows, and offer the device then.
        </p>
      </Notice>
      <div className="row">
        <button type="submit" className="button">
          Review offer
        </button>
      </div>
    </form>
  );
}

/** Offers a device to another wallet. */
export function OfferDialog({ device, account, onClose }: ActionDialogProps): ReactNode {
  const { registry } = useDeployment();
  return (
    <TransactionDialog
      title={`Hand ${shortHex(device.id)} over`}
      account={account}
      onClose={onClose}
      form={(onReview) => (
        <OfferForm
          account={account}
          onReview={(to) => onReview(offerTransaction(registry, device.id, to))}
        />
      )}
    />
  );
}

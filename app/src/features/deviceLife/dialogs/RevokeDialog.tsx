import { useState, type ReactNode } from 'react';
import { useDeployment } from '../../../config/index.ts';
import { checkPast } from '../../../forms/index.ts';
import { TransactionDialog, type Transaction } from '../../../transactions/index.ts';
import { shortHex, TimeField, toUtcField, useNow } from '../../../ui/index.ts';
import { revokeTransaction } from '../transactions/revoke.ts';
import type { ActionDialogProps } from './props.ts';

function RevokeForm(props: {
  readonly device: ActionDialogProps['device'];
  readonly onReview: (transaction: Transaction) => void;
}): ReactNode {
  const { device, onReview } = props;
  const { registry } = useDeployment();
  const now = useNow(1_000);
  const [from, setFrom] = useState(() => toUtcField(Date.now() / 1000));
  const [tried, setTried] = useState(false);
  const checked = checkPast(from, now, device.revokedFrom);
  const review = (): void => {
    setTried(true);
    if (checked.ok) onReview(revokeTransaction(registry, device.id, checked.value));
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
      <TimeField
        label="Revoke from (UTC)"
        hint="When the key was stolen, the device was sold or taken down. Windows that close before still count."
        value={from}
        onChange={setFrom}
        error={tried && !checked.ok ? checked.problem : undefined}
      />
      <div className="row">
        <button type="submit" className="button">
          Review revocation
        </button>
      </div>
    </form>
  );
}

/** Ends the trust in a device from a time on. */
export function RevokeDialog({ device, account, onClose }: ActionDialogProps): ReactNode {
  return (
    <TransactionDialog
      title={`Revoke ${shortHex(device.id)}`}
      account={account}
      onClose={onClose}
      form={(onReview) => <RevokeForm device={device} onReview={onReview} />}
    />
  );
}

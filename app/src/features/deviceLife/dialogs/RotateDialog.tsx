import { domainOf } from '@truetonne/protocol';
import { useCallback, type ReactNode } from 'react';
import { useDeployment } from '../../../config/index.ts';
import {
  checkRotation,
  readRotationFile,
  Reviewed,
  StatementInput,
  useStatement,
} from '../../../statements/index.ts';
import { TransactionDialog, type Transaction } from '../../../transactions/index.ts';
import { shortHex } from '../../../ui/index.ts';
import { rotateTransaction } from '../transactions/rotate.ts';
import type { ActionDialogProps } from './props.ts';

function RotateForm(props: {
  readonly device: ActionDialogProps['device'];
  readonly onReview: (transaction: Transaction) => void;
}): ReactNode {
  const { device, onReview } = props;
  const { registry, chainId } = useDeployment();
  const { id, owner } = device;
  const check = useCallback(
    (text: string) =>
      checkRotation(readRotationFile(text), { domain: domainOf(chainId, registry) }, { id, owner }),
    [chainId, registry, id, owner],
  );
  const { state, take } = useStatement(check);
  return (
    <div className="form">
      <p>The old key names the new one, and the new one signs its claim: both are in one file.</p>
      <StatementInput
        label="Rotation file"
        command="npm run -s device -- rotate"
        state={state}
        onText={take}
      />
      <Reviewed
        state={state}
        label="Review rotation"
        onReview={(statement) => onReview(rotateTransaction(registry, statement))}
      />
    </div>
  );
}

/** Puts a new key in the place of the device's old one. */
export function RotateDialog({ device, account, onClose }: ActionDialogProps): ReactNode {
  return (
    <TransactionDialog
      title={`Rotate the key of ${shortHex(device.id)}`}
      account={account}
      onClose={onClose}
      form={(onReview) => <RotateForm device={device} onReview={onReview} />}
    />
  );
}

import { domainOf, type MeterReplacement } from '@truetonne/protocol';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useState, type ReactNode } from 'react';
import { postReplacement } from '../../../api/index.ts';
import { useDeployment } from '../../../config/index.ts';
import { explain } from '../../../errors/index.ts';
import {
  checkReplacement,
  readReplacementFile,
  type Checked,
  Reviewed,
  StatementInput,
  useStatement,
} from '../../../statements/index.ts';
import {
  Amount,
  count,
  Dialog,
  energy,
  Facts,
  Moment,
  Notice,
  shortHex,
  type Fact,
} from '../../../ui/index.ts';
import type { ActionDialogProps } from './props.ts';

type Device = ActionDialogProps['device'];
type Replacement = Checked<MeterReplacement>;

function factsOf(device: Device, { says }: Replacement): readonly Fact[] {
  return [
    { label: 'Replaced at', value: <Moment at={says.replacedAt} /> },
    { label: 'After window', value: count(says.sequence) },
    { label: 'Export register, credited', value: <Amount {...energy(device.exportWh)} /> },
    { label: 'Export register, new meter', value: <Amount {...energy(says.exportWh)} /> },
    { label: 'Import register, credited', value: <Amount {...energy(device.importWh)} /> },
    { label: 'Import register, new meter', value: <Amount {...energy(says.importWh)} /> },
  ];
}

function Handing(props: {
  readonly device: Device;
  readonly replacement: Replacement;
  readonly onClose: () => void;
}): ReactNode {
  const { device, replacement, onClose } = props;
  const { oracleUrl } = useDeployment();
  const handing = useMutation({
    mutationFn: () => postReplacement(oracleUrl, replacement.signed),
  });
  const problem = handing.error === null ? undefined : explain(handing.error);
  return (
    <div className="stack-small">
      <Facts items={factsOf(device, replacement)} />
      {problem !== undefined && (
        <Notice tone="bad" role="alert" title={`The oracle did not take it: ${problem.title}`}>
          {problem.detail !== undefined && <p className="small">{problem.detail}</p>}
          <p className="small">
            {problem.todo} <code>{problem.code}</code>
          </p>
        </Notice>
      )}
      {handing.isSuccess && (
        <Notice tone="good" role="status" title="An accredited validator signs it off next">
          <p className="small">Windows of the new meter wait until then; none is lost.</p>
        </Notice>
      )}
      <div className="row">
        {!handing.isSuccess && (
          <button
            type="button"
            className="button"
            disabled={handing.isPending}
            onClick={() => handing.mutate()}
          >
            {handing.isPending ? 'Handing it in …' : 'Hand it in'}
          </button>
        )}
        <button type="button" className="button button-quiet" onClick={onClose}>
          {handing.isSuccess ? 'Done' : 'Close'}
        </button>
      </div>
    </div>
  );
}

/** Hands in what the device says of its new meter, for a validator to sign off. */
export function MeterDialog({ device, onClose }: ActionDialogProps): ReactNode {
  const { registry, chainId } = useDeployment();
  const { id } = device;
  const check = useCallback(
    (text: string) =>
      checkReplacement(readReplacementFile(text), { domain: domainOf(chainId, registry) }, id),
    [chainId, registry, id],
  );
  const { state, take } = useStatement(check);
  const [reviewed, setReviewed] = useState<Replacement>();
  return (
    <Dialog title={`Replace the meter of ${shortHex(id)}`} onClose={onClose}>
      {reviewed === undefined ? (
        <div className="form">
          <p>The device signs with which registers its new meter begins.</p>
          <StatementInput
            label="Meter replacement file"
            command="npm run -s device -- replace-meter"
            state={state}
            onText={take}
          />
          <Reviewed state={state} label="Review replacement" onReview={setReviewed} />
        </div>
      ) : (
        <Handing device={device} replacement={reviewed} onClose={onClose} />
      )}
    </Dialog>
  );
}

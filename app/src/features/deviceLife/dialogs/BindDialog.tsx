import { useState, type ReactNode } from 'react';
import { isAddressEqual } from 'viem';
import type { Project } from '../../../api/indexer/index.ts';
import { useDeployment } from '../../../config/index.ts';
import { useProjects } from '../../../data/index.ts';
import { checkWatts } from '../../../forms/index.ts';
import { TransactionDialog } from '../../../transactions/index.ts';
import {
  Empty,
  phrase,
  power,
  QueryView,
  SelectField,
  shortHex,
  TextField,
} from '../../../ui/index.ts';
import { bindTransaction, type Binding } from '../transactions/bind.ts';
import type { ActionDialogProps } from './props.ts';

type Bound = Omit<Binding, 'deviceId'>;

function BindForm(props: {
  readonly projects: readonly Project[];
  readonly onReview: (bound: Bound) => void;
}): ReactNode {
  const { projects, onReview } = props;
  const [chosen, setChosen] = useState(String(projects[0]?.id));
  const [capacity, setCapacity] = useState('');
  const [tried, setTried] = useState(false);
  const project = projects.find(({ id }) => String(id) === chosen);
  const watts = checkWatts(capacity);
  const freeW = project === undefined ? 0n : project.capacityW - project.boundCapacityW;
  const review = (): void => {
    setTried(true);
    if (project === undefined || !watts.ok) return;
    onReview({ projectId: project.id, capacityW: watts.value });
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
      <SelectField
        label="Project"
        value={chosen}
        onChange={setChosen}
        options={projects.map(({ id, name }) => ({ value: String(id), label: name }))}
      />
      <TextField
        label="Rated export power in W"
        hint={`${phrase(power(freeW * 1_000n))} of the plant are free.`}
        inputMode="decimal"
        value={capacity}
        onChange={setCapacity}
        error={tried && !watts.ok ? watts.problem : undefined}
        required
      />
      <div className="row">
        <button type="submit" className="button">
          Review binding
        </button>
      </div>
    </form>
  );
}

/** Binds a claimed device to a project of the wallet. */
export function BindDialog({ device, account, onClose }: ActionDialogProps): ReactNode {
  const { registry } = useDeployment();
  const query = useProjects();
  return (
    <TransactionDialog
      title={`Bind ${shortHex(device.id)}`}
      account={account}
      onClose={onClose}
      form={(onReview) => (
        <QueryView
          query={query}
          what="your projects"
          isEmpty={(all) => !all.some(({ owner }) => isAddressEqual(owner, account))}
          empty={<Empty title="This wallet owns no project" />}
        >
          {(all) => (
            <BindForm
              projects={all.filter(({ owner }) => isAddressEqual(owner, account))}
              onReview={(bound) =>
                onReview(bindTransaction(registry, { deviceId: device.id, ...bound }))
              }
            />
          )}
        </QueryView>
      )}
    />
  );
}

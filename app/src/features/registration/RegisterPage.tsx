import { useMemo, type ReactNode } from 'react';
import { isAddressEqual, type Address } from 'viem';
import { useConnection } from 'wagmi';
import type { Project } from '../../api/indexer/index.ts';
import { useKnownDevices, useProject } from '../../data/index.ts';
import {
  Card,
  count,
  Empty,
  FileField,
  Figures,
  Notice,
  Page,
  power,
  ProgressBar,
  QueryView,
} from '../../ui/index.ts';
import { WalletMenuButton } from '../wallet/index.ts';
import { countRecords, judgeRecords, type CheckedRecord } from './records.ts';
import { RecordTable } from './RecordTable.tsx';
import { SendingCard } from './SendingCard.tsx';
import { useRegistrationFile, type FileState } from './useRegistrationFile.ts';

interface OwnerProps {
  readonly project: Project;
  readonly account: Address;
}

function Judged({
  project,
  account,
  records,
}: OwnerProps & { readonly records: readonly CheckedRecord[] }): ReactNode {
  const ids = useMemo(() => records.map(({ record }) => record.claim.deviceId), [records]);
  const known = useKnownDevices(ids);
  const freeW = project.capacityW - project.boundCapacityW;
  return (
    <QueryView query={known} what="registered devices">
      {(found) => {
        const rows = judgeRecords(records, found, { projectId: project.id, freeW, account });
        const { ready, registered, refused } = countRecords(rows);
        const number = (value: number) => ({ value: count(value), unit: '' });
        return (
          <>
            <Card title="What the file holds">
              <Figures
                items={[
                  { label: 'Devices', quantity: number(rows.length) },
                  { label: 'Ready', quantity: number(ready) },
                  { label: 'Registered', quantity: number(registered) },
                  { label: 'Refused', quantity: number(refused) },
                  { label: 'Free in the plant', quantity: power(freeW * 1_000n) },
                ]}
              />
            </Card>
            <SendingCard rows={rows} account={account} projectId={project.id} />
            <Card title="Devices">
              <RecordTable rows={rows} />
            </Card>
          </>
        );
      }}
    </QueryView>
  );
}

function FileProgress({ state }: { readonly state: FileState }): ReactNode {
  if (state.step === 'checking') {
    const { done, total } = state;
    return (
      <ProgressBar
        label={`Checking signatures: ${count(done)} of ${count(total)}`}
        fraction={done / total}
      />
    );
  }
  if (state.step !== 'refused') return null;
  const { title, detail, todo, code } = state.reason;
  return (
    <Notice tone="bad" role="alert" title={`This file can't be used: ${title}`}>
      {detail !== undefined && <p className="small">{detail}</p>}
      <p className="small">
        {todo} <code>{code}</code>
      </p>
    </Notice>
  );
}

function OwnerBody({ project, account }: OwnerProps): ReactNode {
  const { state, take } = useRegistrationFile(account);
  return (
    <>
      <Card title="Registration file">
        <p>
          The makers of the devices, or <code>npm run -s device -- registration</code>, write one
          record of 244 bytes per device: the claim that it signed for your wallet, and its
          capacity.
        </p>
        <FileField
          label="Registration file from this computer"
          hint="Each signature is checked in this browser."
          onFile={take}
          disabled={state.step === 'checking'}
        />
        <FileProgress state={state} />
      </Card>
      {state.step === 'checked' && (
        <Judged project={project} account={account} records={state.records} />
      )}
    </>
  );
}

function Body({ project }: { readonly project: Project }): ReactNode {
  const { address } = useConnection();
  if (address === undefined) {
    return (
      <Card>
        <Empty title="Connect the wallet that owns the project">
          <WalletMenuButton />
        </Empty>
      </Card>
    );
  }
  if (!isAddressEqual(address, project.owner)) {
    return (
      <Card>
        <Empty title="This wallet does not own the project">
          <p>Only the owner of a project registers devices for it.</p>
        </Empty>
      </Card>
    );
  }
  return <OwnerBody key={address} project={project} account={address} />;
}

/** Registers any number of devices for a project from one file. */
export function RegisterPage({ id }: { readonly id: string }): ReactNode {
  const query = useProject(/^\d{1,9}$/.test(id) ? Number(id) : 0);
  const name = query.data?.name ?? `Project ${id}`;
  return (
    <Page
      title="Register devices"
      lead={`For ${name}: one file, a handful of transactions.`}
      back={{ href: `/projects/${id}`, label: name }}
    >
      <QueryView
        query={query}
        what="project"
        isEmpty={(project) => project === null}
        empty={<Empty title="The chain knows no project with this number" />}
      >
        {(project) => project !== null && <Body project={project} />}
      </QueryView>
    </Page>
  );
}

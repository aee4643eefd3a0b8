import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { checkCitation, type Citation, type CitedDevice } from '../../api/index.ts';
import { useOwn } from '../../data/index.ts';
import {
  Amount,
  Card,
  energy,
  Hash,
  Moment,
  Notice,
  QueryView,
  shortHex,
  Table,
} from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';

type Register = CitedDevice['opening'];

/** A register with its time, open down to the reading that the device signed. */
function RegisterLink(props: {
  readonly deviceId: string;
  readonly register: Register;
}): ReactNode {
  const { deviceId, register } = props;
  const { sequence, readingId, at, importWh } = register;
  const index = readingId?.split('.').at(-1) ?? '0';
  const shown = (
    <>
      <Amount {...energy(importWh)} />, <Moment at={at} />
    </>
  );
  if (readingId === undefined) return <Link href={`/devices/${deviceId}`}>{shown} (claim)</Link>;
  return <Link href={`/windows/${deviceId}/${sequence}/${index}`}>{shown}</Link>;
}

function Batches({ batches }: CitedDevice): ReactNode {
  if (batches.length === 0) return <span className="muted">in no batch yet</span>;
  return batches.map(({ batchId, root }) => (
    <div key={batchId}>
      <Link href={`/batches/${batchId}`}>{batchId}</Link> <Hash value={root} what="root" />
    </div>
  ));
}

function Standing({ which }: { readonly which: string }): ReactNode {
  const { id } = useOrganisation();
  const query = useOwn([id, 'citation', which], (oracleUrl) => checkCitation(oracleUrl, id, which));
  return (
    <QueryView query={query} what="readings">
      {({ sound, detail }) =>
        sound ? (
          <Notice tone="good" title="Checked again now: every window is there and none is void" />
        ) : (
          <Notice tone="bad" title="What is cited does not stand any more">
            <p className="small">{detail}</p>
          </Notice>
        )
      }
    </QueryView>
  );
}

/** The signed readings that an activity's energy is from, each a link down to what the device signed. */
export function CitationCard(props: {
  readonly which: string;
  readonly readings: Citation;
}): ReactNode {
  const { which, readings } = props;
  return (
    <Card title="Signed readings" aside={<Amount {...energy(readings.importWh)} />}>
      <Standing which={which} />
      <Table
        caption="Registers at both ends, by device"
        rows={readings.devices}
        rowKey={({ deviceId }) => deviceId}
        columns={[
          {
            header: 'Device',
            cell: ({ deviceId }) => <Link href={`/devices/${deviceId}`}>{shortHex(deviceId)}</Link>,
          },
          {
            header: 'From register',
            cell: ({ deviceId, opening }) => (
              <RegisterLink deviceId={deviceId} register={opening} />
            ),
          },
          {
            header: 'To register',
            cell: ({ deviceId, closing }) => (
              <RegisterLink deviceId={deviceId} register={closing} />
            ),
          },
          { header: 'Windows', cell: ({ windows }) => windows, numeric: true },
          {
            header: 'Imported',
            cell: (one) => <Amount {...energy(one.importWh)} />,
            numeric: true,
          },
          { header: 'Batches', cell: (one) => <Batches {...one} /> },
        ]}
      />
    </Card>
  );
}

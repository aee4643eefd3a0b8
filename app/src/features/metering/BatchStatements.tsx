import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type {
  BatchStatements as Statements,
  ComparedInvoice,
  StatedDevice,
} from '../../api/index.ts';
import { useBatchStatements } from '../../data/index.ts';
import {
  Amount,
  Badge,
  energy,
  Facts,
  Moment,
  QueryView,
  shortHex,
  Table,
} from '../../ui/index.ts';

function LastCalibration({ calibrations }: StatedDevice): ReactNode {
  const last = calibrations.toSorted((a, b) => (a.calibratedOn < b.calibratedOn ? 1 : -1)).at(0);
  if (last === undefined) return <Badge tone="warn">no calibration stated</Badge>;
  const { calibratedOn, validUntil, permissibleErrorPercent } = last;
  return `${calibratedOn}, counts until ${validUntil}, ${permissibleErrorPercent} %`;
}

function Overdue({ calibrations, overdue }: StatedDevice): ReactNode {
  if (calibrations.length === 0) return 'not known';
  if (overdue.length === 0) return 'no';
  return overdue.map(({ from, until, errorPercent }) => (
    <div key={from}>
      <Badge tone="warn">{`${errorPercent} %`}</Badge> from <Moment at={from} />{' '}
      {until === undefined ? (
        'on'
      ) : (
        <>
          until <Moment at={until} />
        </>
      )}
    </div>
  ));
}

function Meters({ devices }: Pick<Statements, 'devices'>): ReactNode {
  return (
    <Table
      caption="Calibration of each meter, as the owner states it"
      rows={devices}
      rowKey={({ deviceId }) => deviceId}
      columns={[
        {
          header: 'Device',
          cell: ({ deviceId }) => (
            <Link href={`/devices/${deviceId}`}>
              <code>{shortHex(deviceId)}</code>
            </Link>
          ),
        },
        { header: 'Last calibration', cell: LastCalibration },
        { header: 'Overdue in this period', cell: Overdue },
      ]}
    />
  );
}

/** Marked where it takes energy: the invoice shows less export, or more import. */
function Difference(props: { readonly wh: bigint; readonly lowers: boolean }): ReactNode {
  const amount = <Amount {...energy(props.wh)} />;
  return props.lowers ? <Badge tone="warn">{amount}</Badge> : amount;
}

function Invoices({ invoices }: { readonly invoices: readonly ComparedInvoice[] }): ReactNode {
  return (
    <Table
      caption="Invoices against the meters of the plant, for the same days"
      rows={invoices}
      rowKey={({ id }) => String(id)}
      columns={[
        { header: 'Days', cell: ({ firstDay, lastDay }) => `${firstDay} – ${lastDay}` },
        {
          header: 'Export invoiced',
          numeric: true,
          cell: ({ exportWh }) => <Amount {...energy(exportWh)} />,
        },
        {
          header: 'Less than the meters',
          numeric: true,
          cell: ({ exportWh, meteredExportWh }) => (
            <Difference wh={meteredExportWh - exportWh} lowers={exportWh < meteredExportWh} />
          ),
        },
        {
          header: 'Import invoiced',
          numeric: true,
          cell: ({ importWh }) => <Amount {...energy(importWh)} />,
        },
        {
          header: 'More than the meters',
          numeric: true,
          cell: ({ importWh, meteredImportWh }) => (
            <Difference wh={importWh - meteredImportWh} lowers={importWh > meteredImportWh} />
          ),
        },
      ]}
    />
  );
}

function sumOf(
  adjustments: Statements['adjustments'],
  of: Statements['adjustments'][number]['reason'],
): bigint {
  return adjustments
    .filter(({ reason }) => reason === of)
    .reduce((sum, { deductedWh }) => sum + deductedWh, 0n);
}

function Taken({
  adjustments,
  waitingWh,
}: Pick<Statements, 'adjustments' | 'waitingWh'>): ReactNode {
  return (
    <Facts
      items={[
        {
          label: 'Left out for overdue calibrations',
          value: <Amount {...energy(sumOf(adjustments, 'CALIBRATION_OVERDUE'))} />,
        },
        {
          label: 'Left out for invoices',
          value: <Amount {...energy(sumOf(adjustments, 'INVOICE_DIFFERS'))} />,
        },
        {
          label: 'Waiting for the next batch of the project',
          value: <Amount {...energy(waitingWh)} />,
        },
      ]}
    />
  );
}

/** What the owner states of meters and invoices beside a batch, and what it took from it. */
export function BatchStatements({ batchId }: { readonly batchId: bigint }): ReactNode {
  const query = useBatchStatements(batchId);
  return (
    <QueryView query={query} what="statements">
      {({ devices, invoices, adjustments, waitingWh }) => (
        <>
          <Meters devices={devices} />
          {invoices.length === 0 ? (
            <p className="muted">No invoice stated for this period.</p>
          ) : (
            <Invoices invoices={invoices} />
          )}
          <Taken adjustments={adjustments} waitingWh={waitingWh} />
          <p className="small muted">
            Nobody but the owner states these. Ask for the documents: each statement names the
            SHA-256 of its own on the page of the device or project.
          </p>
        </>
      )}
    </QueryView>
  );
}

import type { ReactNode } from 'react';
import { isAddressEqual } from 'viem';
import { Link } from 'wouter';
import type { Cancellation } from '../../api/indexer/index.ts';
import { PdfButton } from '../../certificatePdf/index.ts';
import { useDeployment } from '../../config/index.ts';
import {
  certificateName,
  useCancellation,
  useCancellationRecord,
  useEnergyBatches,
} from '../../data/index.ts';
import {
  Amount,
  Badge,
  Card,
  count,
  date,
  Empty,
  energy,
  Facts,
  Hash,
  Moment,
  Notice,
  Page,
  QueryView,
  Table,
} from '../../ui/index.ts';
import { drawCancellation, printedLines } from './drawing.ts';

function Summary({ cancellation }: { readonly cancellation: Cancellation }): ReactNode {
  const { certificates, firstSerial, beneficiary, purpose, at, account } = cancellation;
  return (
    <Card title="What was cancelled">
      <Facts
        items={[
          { label: 'Electricity', value: <Amount value={count(certificates)} unit="MWh" /> },
          { label: 'Of', value: certificateName(cancellation) },
          { label: 'Beneficiary', value: beneficiary === '' ? 'The wallet itself' : beneficiary },
          { label: 'Purpose', value: purpose === '' ? '–' : purpose },
          { label: 'Cancelled', value: <Moment at={at} /> },
          {
            label: 'Serials',
            value: `${count(firstSerial)} – ${count(firstSerial + certificates - 1n)}`,
          },
          { label: 'By', value: <Hash value={account} what="address" full />, wide: true },
          {
            label: 'Transaction',
            value: <Hash value={cancellation.transactionHash} what="transaction hash" full />,
            wide: true,
          },
        ]}
      />
    </Card>
  );
}

/** To print and to pass on; what it says is compared with the chain below. */
function Picture({ cancellation }: { readonly cancellation: Cancellation }): ReactNode {
  const { energyCertificate } = useDeployment();
  const name = certificateName(cancellation);
  const drawn = { cancellation, name, contract: energyCertificate };
  const image = drawCancellation(drawn);
  const file = `cancellation-${String(cancellation.id)}`;
  const certificate = {
    name: file,
    title: `TrueTonne cancellation ${String(cancellation.id)}`,
    image,
    path: `/energy/${String(cancellation.id)}`,
    lines: printedLines(drawn),
  };
  return (
    <Card title="Record of cancellation">
      <img
        className="certificate-picture"
        src={image}
        alt={`${count(cancellation.certificates)} MWh of ${name}, cancelled`}
      />
      <div className="row">
        <PdfButton certificate={certificate} />
        <a className="button button-quiet" href={image} download={`${file}.svg`}>
          Download as SVG
        </a>
      </div>
      <p className="small muted">Drawn by this page from what the chain says.</p>
    </Card>
  );
}

/** The record of the contract itself, against what this page shows. */
function ChainRecord({ cancellation }: { readonly cancellation: Cancellation }): ReactNode {
  const query = useCancellationRecord(cancellation.id);
  return (
    <Card title="Is it true?">
      <QueryView query={query} what="the record of the chain">
        {(record) => {
          const same =
            isAddressEqual(record.account, cancellation.account) &&
            record.certificateId === cancellation.certificateId &&
            record.certificates === cancellation.certificates &&
            record.firstSerial === cancellation.firstSerial &&
            record.cancelledAt === cancellation.at;
          return (
            <Notice
              tone={same ? 'good' : 'bad'}
              title={
                same
                  ? 'The contract itself says the same'
                  : 'The contract says something else: do not trust this page'
              }
            >
              <p className="small">
                Your browser asked the chain for wallet, certificate, amount, serials and date. The
                words stand in the event of the transaction.
              </p>
            </Notice>
          );
        }}
      </QueryView>
    </Card>
  );
}

function Sources(props: { readonly projectId: number; readonly vintage: number }): ReactNode {
  const query = useEnergyBatches(props.projectId, props.vintage);
  return (
    <Card title="Where it came from">
      <p className="small">
        The batches of this project and year that were claimed as electricity. Each opens to its
        signed windows and readings.
      </p>
      <QueryView
        query={query}
        what="batches"
        isEmpty={(batches) => batches.length === 0}
        empty={<Empty title="No batch was minted as certificates" />}
      >
        {(batches) => (
          <Table
            caption="Batches behind these certificates"
            rows={batches}
            rowKey={({ id }) => String(id)}
            columns={[
              {
                header: 'Batch',
                cell: ({ id }) => <Link href={`/batches/${String(id)}`}>{String(id)}</Link>,
              },
              {
                header: 'Period',
                cell: ({ periodStart, periodEnd }) => `${date(periodStart)} – ${date(periodEnd)}`,
              },
              {
                header: 'Energy',
                numeric: true,
                cell: ({ creditableWh }) => <Amount {...energy(creditableWh)} />,
              },
              {
                header: 'State',
                cell: ({ state }) =>
                  state === 'voided' ? (
                    <Badge tone="bad">Voided</Badge>
                  ) : (
                    <Badge tone="good">Stands</Badge>
                  ),
              },
            ]}
          />
        )}
      </QueryView>
    </Card>
  );
}

function KnownCancellation({ id }: { readonly id: bigint }): ReactNode {
  const query = useCancellation(id);
  return (
    <Page
      title="Cancelled energy certificates"
      lead={`Number ${String(id)}`}
      back={{ href: '/energy', label: 'Energy certificates' }}
    >
      <QueryView
        query={query}
        what="cancellation"
        isEmpty={(cancellation) => cancellation === null}
        empty={
          <Empty title="No cancellation has this number">
            <p>It may not have reached this page yet: it appears within seconds.</p>
          </Empty>
        }
      >
        {(cancellation) =>
          cancellation !== null && (
            <>
              <Picture cancellation={cancellation} />
              <Summary cancellation={cancellation} />
              <ChainRecord cancellation={cancellation} />
              {cancellation.certificate !== undefined && <Sources {...cancellation.certificate} />}
            </>
          )
        }
      </QueryView>
    </Page>
  );
}

/** A cancellation for everyone to see and check. */
export function CancellationPage({ id }: { readonly id: string }): ReactNode {
  if (/^\d{1,40}$/.test(id)) return <KnownCancellation id={BigInt(id)} />;
  return (
    <Page title="No such cancellation" back={{ href: '/energy', label: 'Energy certificates' }}>
      <Empty title={`"${id}" is not the number of a cancellation`} />
    </Page>
  );
}

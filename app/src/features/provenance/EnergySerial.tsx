import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useCancellationOf, useMintOf } from '../../data/index.ts';
import {
  Amount,
  Badge,
  Card,
  count,
  date,
  Empty,
  energy,
  Facts,
  Moment,
  QueryView,
} from '../../ui/index.ts';

interface EnergySerialProps {
  readonly certificateId: bigint;
  readonly serial: bigint;
}

function Origin({ certificateId, serial }: EnergySerialProps): ReactNode {
  const query = useMintOf(certificateId, serial);
  return (
    <Card title="Where it came from">
      <QueryView
        query={query}
        what="batch"
        isEmpty={(batch) => batch === null}
        empty={<Empty title="No certificate has this serial" />}
      >
        {(batch) =>
          batch !== null && (
            <>
              <Facts
                items={[
                  {
                    label: 'Minted with',
                    value: (
                      <Link href={`/batches/${String(batch.id)}`}>
                        Batch {String(batch.id)}, down to readings
                      </Link>
                    ),
                  },
                  {
                    label: 'Period',
                    value: `${date(batch.periodStart)} – ${date(batch.periodEnd)}`,
                  },
                  { label: 'Energy', value: <Amount {...energy(batch.creditableWh)} /> },
                  {
                    label: 'State',
                    value:
                      batch.state === 'voided' ? (
                        <Badge tone="bad">Voided</Badge>
                      ) : (
                        <Badge tone="good">Stands</Badge>
                      ),
                  },
                ]}
              />
              <p className="small muted">
                Energy that makes no whole certificate is carried: a part of this MWh may be from
                the batch before.
              </p>
            </>
          )
        }
      </QueryView>
    </Card>
  );
}

function Fate({ certificateId, serial }: EnergySerialProps): ReactNode {
  const query = useCancellationOf(certificateId, serial);
  return (
    <Card title="What became of it">
      <QueryView
        query={query}
        what="cancellation"
        isEmpty={(cancellation) => cancellation === null}
        empty={<p>This certificate has not been cancelled.</p>}
      >
        {(cancellation) =>
          cancellation !== null && (
            <Facts
              items={[
                {
                  label: 'Cancelled',
                  value: (
                    <Link href={`/energy/${String(cancellation.id)}`}>
                      <Moment at={cancellation.at} />
                    </Link>
                  ),
                },
                {
                  label: 'Together with',
                  value: <Amount value={count(cancellation.certificates)} unit="MWh" />,
                },
                { label: 'Purpose', value: cancellation.purpose },
              ]}
            />
          )
        }
      </QueryView>
    </Card>
  );
}

/** Which batch a certificate was minted with, and what became of it. */
export function EnergySerial(props: EnergySerialProps): ReactNode {
  const { data: batch } = useMintOf(props.certificateId, props.serial);
  const isMinted = batch !== undefined && batch !== null;
  return (
    <>
      <Origin {...props} />
      {isMinted && <Fate {...props} />}
    </>
  );
}

import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Batch } from '../../api/indexer/index.ts';
import { useOrigins } from '../../data/index.ts';
import {
  Amount,
  Badge,
  Card,
  count,
  Empty,
  energy,
  Moment,
  Notice,
  QueryView,
  Table,
} from '../../ui/index.ts';
import { LAST_SERIAL, sharedSerials } from './serials.ts';

interface ProvenanceProps {
  readonly creditId: bigint;
  /** Some serials of the credit only, such as those of a retirement. */
  readonly first?: bigint;
  readonly last?: bigint;
}

function Origins(props: Required<ProvenanceProps> & { readonly batches: readonly Batch[] }) {
  const { first, last, batches } = props;
  return (
    <Table
      caption="The batches that the grams came from"
      rows={batches}
      rowKey={({ id }) => String(id)}
      columns={[
        {
          header: 'Batch',
          cell: ({ id }) => <Link href={`/batches/${String(id)}`}>{String(id)}</Link>,
        },
        {
          header: 'Measured',
          cell: ({ periodStart, periodEnd }) => (
            <>
              <Moment at={periodStart} /> – <Moment at={periodEnd} />
            </>
          ),
        },
        {
          header: 'Creditable',
          numeric: true,
          cell: ({ creditableWh }) => <Amount {...energy(creditableWh)} />,
        },
        { header: 'Devices', numeric: true, cell: ({ deviceCount }) => count(deviceCount) },
        {
          header: 'Serials',
          cell: (batch) => {
            const shared = sharedSerials(batch, first, last);
            return shared === undefined ? '' : `${count(shared.first)} – ${count(shared.last)}`;
          },
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
        {
          header: 'Proof',
          cell: ({ id }) => (
            <Link href={`/batches/${String(id)}`}>Verify batch {String(id)}, down to readings</Link>
          ),
        },
      ]}
    />
  );
}

/** Grams of a credit are alike: who holds some keeps them when one batch was wrong. */
function VoidedNotice(): ReactNode {
  return (
    <Notice tone="warn" title="One of these batches was found wrong and voided">
      <p className="small">
        As many grams were taken out of circulation elsewhere, from the project’s owner, the buffer
        or as a debt. These here keep their numbers and stay valid: see the batch for what was made
        whole.
      </p>
    </Notice>
  );
}

/**
 * Where grams came from, down to single readings: a batch's page verifies its file in the browser and
 * opens every window of it.
 */
export function Provenance(props: ProvenanceProps): ReactNode {
  const { creditId, first = 0n, last = LAST_SERIAL } = props;
  const query = useOrigins({ creditId, first, last });
  return (
    <Card title="Where it came from">
      <p className="small muted">
        Grams of a credit are numbered as they are minted, and retired in the same order. Each batch
        opens to its signed windows, and each window to its readings.
      </p>
      <QueryView
        query={query}
        what="batches"
        isEmpty={(batches) => batches.length === 0}
        empty={<Empty title="No batch has these serials" />}
      >
        {(batches) => (
          <>
            {batches.some(({ state }) => state === 'voided') && <VoidedNotice />}
            <Origins creditId={creditId} first={first} last={last} batches={batches} />
          </>
        )}
      </QueryView>
    </Card>
  );
}

import { useState, type ReactNode } from 'react';
import type { PublicClient } from 'viem';
import { usePublicClient } from 'wagmi';
import type { Retirement } from '../../api/indexer/index.ts';
import { useDeployment, type Deployment } from '../../config/index.ts';
import { Badge, Card, Failure, Notice, Table } from '../../ui/index.ts';
import { compareRecord, compareToken, type Check } from './compare.ts';
import { fetchRecord, fetchToken } from './token.ts';

async function checkAll(
  client: PublicClient,
  { credit, market }: Deployment,
  retirement: Retirement,
): Promise<readonly Check[]> {
  const record = await fetchRecord(client, credit, retirement.id);
  const checks = compareRecord(retirement, record);
  if (retirement.certificate === undefined || market === undefined) return checks;
  const token = await fetchToken(client, market.certificates, retirement.id);
  return [...checks, ...compareToken(token, record)];
}

function Checks({ checks }: { readonly checks: readonly Check[] }): ReactNode {
  const wrong = checks.filter(({ ok }) => !ok).length;
  return (
    <>
      <Notice
        tone={wrong === 0 ? 'good' : 'bad'}
        role="status"
        title={
          wrong === 0
            ? 'All of it is what the chain says'
            : `${wrong} of ${checks.length} are not what the chain says`
        }
      />
      <Table
        caption="What was compared with the chain"
        rows={checks}
        rowKey={({ what }) => what}
        columns={[
          { header: 'What', cell: ({ what }) => what },
          {
            header: 'On the chain',
            cell: ({ value }) => <span className="hash-long">{value}</span>,
          },
          {
            header: 'Result',
            cell: ({ ok }) => (
              <Badge tone={ok ? 'good' : 'bad'}>{ok ? 'the same' : 'different'}</Badge>
            ),
          },
        ]}
      />
    </>
  );
}

/** Compares what this page shows, and what the certificate says, with the contracts themselves. */
export function CheckCard({ retirement }: { readonly retirement: Retirement }): ReactNode {
  const client = usePublicClient();
  const deployment = useDeployment();
  const [checks, setChecks] = useState<readonly Check[]>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const check = async (): Promise<void> => {
    if (client === undefined) return;
    setBusy(true);
    setError(undefined);
    try {
      setChecks(await checkAll(client, deployment, retirement));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title="Is it true?">
      <p>Your browser asks the contracts themselves, not our services, and compares.</p>
      <p>
        <button type="button" className="button" disabled={busy} onClick={() => void check()}>
          {busy ? 'Asking the chain …' : 'Verify this certificate'}
        </button>
      </p>
      {error !== undefined && <Failure error={error} what="the record of the chain" />}
      {checks !== undefined && <Checks checks={checks} />}
    </Card>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Address } from 'viem';
import { useChains, useConfig } from 'wagmi';
import { useDeployment } from '../../config/index.ts';
import { coinsUp } from '../../transactions/index.ts';
import { Card, count, Failure, Notice, ProgressBar } from '../../ui/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { chunkCountOf, chunkSizeOf } from './chunks.ts';
import { estimateRegistration, useSending, type Estimate } from './useSending.ts';
import type { RecordRow } from './records.ts';
import type { SendingState } from './sending.ts';

const PHASES = {
  preparing: 'Simulating',
  signing: 'Waiting for the wallet: confirm',
  pending: 'Waiting for the chain:',
} as const;

const devices = (number: number): string =>
  number === 1 ? '1 device' : `${count(number)} devices`;

function Progress({ state }: { readonly state: SendingState }): ReactNode {
  switch (state.step) {
    case 'idle':
      return null;
    case 'sending': {
      const { done, total, transaction, transactions, phase } = state;
      const which = `transaction ${transaction} of ${transactions}`;
      return (
        <ProgressBar
          label={`${PHASES[phase]} ${which} … ${count(done)} of ${devices(total)} registered`}
          fraction={done / total}
        />
      );
    }
    case 'stopped': {
      const { reason, done, total } = state;
      return (
        <Notice tone="bad" role="alert" title={`Stopped: ${reason.title}`}>
          <p className="small">
            {count(done)} of {devices(total)} are registered. {reason.detail} {reason.todo}{' '}
            <code>{reason.code}</code>
          </p>
        </Notice>
      );
    }
    case 'finished':
      return <Notice tone="good" role="status" title={`Registered ${devices(state.done)}`} />;
  }
}

function Price(props: { readonly estimate: Estimate; readonly records: number }): ReactNode {
  const { estimate, records } = props;
  const [chain] = useChains();
  const transactions = chunkCountOf(records, chunkSizeOf(estimate.gasEach));
  return (
    <p>
      {devices(records)} in{' '}
      {transactions === 1 ? 'one transaction' : `${transactions} transactions`}, about{' '}
      {coinsUp(estimate.feeWei)} {chain?.nativeCurrency.symbol} in network fees. Closing this page
      in between loses nothing: take the same file again and it goes on.
    </p>
  );
}

interface SendingCardProps {
  readonly rows: readonly RecordRow[];
  readonly account: Address;
  readonly projectId: number;
}

/** What registering costs, then one transaction after the other until all are there. */
export function SendingCard({ rows, account, projectId }: SendingCardProps): ReactNode {
  const config = useConfig();
  const { registry } = useDeployment();
  const rightNetwork = useRightNetwork();
  const { state, start } = useSending(account, projectId);
  const ready = rows.filter((row) => row.state.kind === 'ready').map(({ record }) => record);
  const first = ready[0]?.claim.deviceId;
  const idle = state.step !== 'sending';
  const estimate = useQuery({
    queryKey: ['registration', account, projectId, first, ready.length],
    queryFn: () => estimateRegistration({ config, registry, account, projectId }, ready),
    enabled: idle && ready.length > 0,
    retry: false,
  });
  const failed = estimate.isError && idle && ready.length > 0;
  return (
    <Card title="Register">
      <Progress state={state} />
      {idle && ready.length > 0 && estimate.data !== undefined && (
        <>
          <Price estimate={estimate.data} records={ready.length} />
          <div className="row">
            <button
              type="button"
              className="button"
              disabled={!rightNetwork}
              onClick={() => start(ready, estimate.data.gasEach)}
            >
              {state.step === 'stopped' ? 'Go on' : `Register ${devices(ready.length)}`}
            </button>
          </div>
        </>
      )}
      {idle && estimate.isLoading && <p role="status">Estimating the cost …</p>}
      {failed && (
        <Failure error={estimate.error} what="the cost" onRetry={() => void estimate.refetch()} />
      )}
      {idle && ready.length === 0 && state.step !== 'finished' && (
        <p className="muted">No device of this file is left to register.</p>
      )}
    </Card>
  );
}

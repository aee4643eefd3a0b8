import type { ReactNode } from 'react';
import type { Address } from 'viem';
import { useChains } from 'wagmi';
import type { Explanation } from '../errors/index.ts';
import { Facts, Hash, Notice, WayOut } from '../ui/index.ts';
import { coinsUp } from './coins.ts';
import type { TransactionState } from './state.ts';
import type { Transaction } from './transaction.ts';
import { useTransaction } from './useTransaction.ts';

export function Reason({
  title,
  reason,
}: {
  readonly title: string;
  readonly reason: Explanation;
}): ReactNode {
  return (
    <Notice tone="bad" role="alert" title={`${title}: ${reason.title}`}>
      {reason.detail !== undefined && <p className="small">{reason.detail}</p>}
      <p className="small">
        {reason.todo} <code>{reason.code}</code>
      </p>
      <WayOut reason={reason} />
    </Notice>
  );
}

function Fee({ feeWei }: { readonly feeWei: bigint }): ReactNode {
  const [chain] = useChains();
  const symbol = chain?.nativeCurrency.symbol ?? '';
  return (
    <p className="small muted">
      The simulation succeeded. Expected network fee: {coinsUp(feeWei)} {symbol}.
    </p>
  );
}

function Progress(props: {
  readonly state: TransactionState;
  readonly done: Transaction['done'];
}): ReactNode {
  const { state, done } = props;
  switch (state.step) {
    case 'simulating':
      return <p role="status">Simulating: what would the contract say? …</p>;
    case 'refused':
      return <Reason title="The contract would refuse this" reason={state.reason} />;
    case 'ready':
      return (
        <>
          <Fee feeWei={state.fee.feeWei} />
          {state.rejected !== undefined && <Reason title="Not sent" reason={state.rejected} />}
        </>
      );
    case 'signing':
      return <p role="status">Waiting for the wallet: confirm it there …</p>;
    case 'pending':
      return (
        <Notice tone="plain" role="status" title="Pending: waiting for the chain …">
          <Hash value={state.hash} what="transaction hash" />
        </Notice>
      );
    case 'confirmed':
      return (
        <Notice
          tone="good"
          role="status"
          title={typeof done === 'string' ? done : done(state.logs)}
        >
          <p className="small">Confirmed in block {String(state.blockNumber)}.</p>
          <Hash value={state.hash} what="transaction hash" />
        </Notice>
      );
    case 'failed':
      return (
        <>
          <Reason title="Failed" reason={state.reason} />
          <Hash value={state.hash} what="transaction hash" />
        </>
      );
  }
}

interface TransactionStepsProps {
  /** Must keep its identity while shown: a new one is simulated anew. */
  readonly transaction: Transaction;
  readonly account: Address;
  readonly onClose: () => void;
  /** Back to the form, where there is one. */
  readonly onChange?: () => void;
  /** What comes after this transaction, where it is one of several. */
  readonly next?: { readonly label: string; readonly go: () => void };
}

/** What will happen, then pending, then confirmed or failed with the reason. */
export function TransactionSteps(props: TransactionStepsProps): ReactNode {
  const { transaction, account, onClose, onChange, next } = props;
  const { state, send, simulateAgain } = useTransaction(transaction.call, account);
  const over = state.step === 'confirmed' || state.step === 'failed';
  const underway = state.step === 'signing' || state.step === 'pending';
  return (
    <div className="stack-small">
      {!over && (
        <>
          <h3>What will happen</h3>
          <Facts items={transaction.effects} />
          {transaction.warning !== undefined && <Notice tone="warn" title={transaction.warning} />}
        </>
      )}
      <Progress state={state} done={transaction.done} />
      <div className="row">
        {!over && !underway && state.step !== 'refused' && (
          <button type="button" className="button" disabled={state.step !== 'ready'} onClick={send}>
            {transaction.action}
          </button>
        )}
        {state.step === 'refused' && (
          <button type="button" className="button" onClick={simulateAgain}>
            Simulate again
          </button>
        )}
        {onChange !== undefined && !over && !underway && (
          <button type="button" className="button button-quiet" onClick={onChange}>
            Change
          </button>
        )}
        {next !== undefined && state.step === 'confirmed' && (
          <button type="button" className="button" onClick={next.go}>
            {next.label}
          </button>
        )}
        <button type="button" className="button button-quiet" onClick={onClose}>
          {over ? 'Done' : 'Close'}
        </button>
      </div>
    </div>
  );
}

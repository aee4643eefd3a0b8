import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useDeployment } from '../../config/index.ts';
import { TransactionSteps, type Transaction } from '../../transactions/index.ts';
import { Card, Dialog, Notice, TextAreaField } from '../../ui/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { opineTransaction, parseOpinionText } from './signedOpinion.ts';

/** An opinion counts whoever hands it in: a verifier needs no coins of the chain. */
export function SubmitForeign({ account }: { readonly account: Address }): ReactNode {
  const deployment = useDeployment();
  const rightNetwork = useRightNetwork();
  const [typed, setTyped] = useState('');
  const [unreadable, setUnreadable] = useState(false);
  const [transaction, setTransaction] = useState<Transaction>();
  const review = (): void => {
    try {
      setTransaction(opineTransaction(deployment, parseOpinionText(typed)));
      setUnreadable(false);
    } catch {
      // Whatever is wrong with it, the remedy is the same: the text as the verifier copied it.
      setUnreadable(true);
    }
  };
  return (
    <Card title="Submit a signed opinion">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          review();
        }}
      >
        <TextAreaField
          label="Signed opinion"
          hint="As a verifier copied it. You pay the fee; what counts is who signed."
          value={typed}
          onChange={setTyped}
        />
        {unreadable && (
          <Notice tone="bad" role="alert" title="This is no signed opinion">
            <p className="small">Paste the whole text, from the first brace to the last.</p>
          </Notice>
        )}
        <div className="row">
          <button type="submit" className="button" disabled={!rightNetwork || typed.trim() === ''}>
            Review opinion
          </button>
        </div>
      </form>
      {transaction !== undefined && (
        <Dialog title={transaction.title} onClose={() => setTransaction(undefined)}>
          <TransactionSteps
            transaction={transaction}
            account={account}
            onClose={() => setTransaction(undefined)}
          />
        </Dialog>
      )}
    </Card>
  );
}

import { useState, type ReactNode } from 'react';
import { isAddressEqual, type Address } from 'viem';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import type { Batch, BatchVoid } from '../../api/indexer/index.ts';
import type { Voiding } from '../../chain/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useChainNow, useJudgements, useVoiding, useVoids } from '../../data/index.ts';
import { TransactionSteps, type Transaction } from '../../transactions/index.ts';
import {
  Ahead,
  Badge,
  Card,
  Dialog,
  Facts,
  Moment,
  Notice,
  QueryView,
  type Fact,
} from '../../ui/index.ts';
import { SubmitSigned, type SignedOpinion } from '../reviews/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { amountOf, cancelTransaction, executeTransaction } from './transactions.ts';
import { VoidEffect } from './VoidEffect.tsx';
import { VoidOpinion } from './VoidOpinion.tsx';

/** As `TonneRecourse.FEWEST_VOTES`: no single verifier voids a batch. */
const FEWEST_VOTES = 2;

function neededVotes({ project }: Batch): number {
  return Math.max(project?.methodology?.approvals ?? 0, FEWEST_VOTES);
}

/** What a step of a void opens. It is kept above the step: what it did may end the step. */
interface Opens {
  readonly onTransaction: (transaction: Transaction) => void;
  readonly onSigned: (signed: SignedOpinion) => void;
}

/** Anyone executes once the notice is over; the admin alone cancels. */
function Decide(props: {
  readonly batch: Batch;
  readonly voiding: Voiding;
  readonly account: Address;
  readonly onTransaction: Opens['onTransaction'];
}): ReactNode {
  const { batch, voiding, account, onTransaction } = props;
  const { recourse } = useDeployment();
  const rightNetwork = useRightNetwork();
  const now = useChainNow(1_000);
  const execute = (): void => {
    const effects = [
      { label: 'Batch', value: String(batch.id) },
      { label: 'What it issued', value: 'is drawn as shown: owner, buffer, then a debt' },
    ];
    onTransaction(executeTransaction(recourse, batch.id, effects));
  };
  return (
    <div className="row">
      <button
        type="button"
        className="button"
        disabled={!rightNetwork || now < voiding.executableFrom}
        onClick={execute}
      >
        Void the batch
      </button>
      {isAddressEqual(voiding.admin, account) && (
        <button
          type="button"
          className="button button-quiet"
          disabled={!rightNetwork}
          onClick={() => onTransaction(cancelTransaction(recourse, batch.id))}
        >
          Cancel the void
        </button>
      )}
    </div>
  );
}

interface StepProps extends Opens {
  readonly batch: Batch;
  readonly voiding: Voiding;
}

function Announced({ batch, voiding, onTransaction }: StepProps): ReactNode {
  const { address } = useConnection();
  const now = useChainNow(1_000);
  const over = now >= voiding.executableFrom;
  return (
    <>
      <Notice tone="bad" title="Enough verifiers found this batch wrong: its void is announced">
        <p className="small">
          {over ? (
            'Its notice is over: anyone may execute it.'
          ) : (
            <>
              Anyone may execute it <Ahead at={voiding.executableFrom} />, from{' '}
              <Moment at={voiding.executableFrom} /> on.
            </>
          )}{' '}
          Until it is decided the project mints nothing. The admin of the registry can only stop it,
          for instance when keys of verifiers were stolen.
        </p>
      </Notice>
      <VoidEffect batch={batch} />
      {address === undefined ? (
        <p className="small muted">Connect a wallet to execute it.</p>
      ) : (
        <Decide batch={batch} voiding={voiding} account={address} onTransaction={onTransaction} />
      )}
    </>
  );
}

function NotAnnounced({ batch, voiding, onSigned }: StepProps): ReactNode {
  const needed = neededVotes(batch);
  return (
    <>
      <p>
        When {needed} accredited verifiers sign that this batch is wrong, its void is announced; a
        notice later anyone may execute it.
      </p>
      <Facts
        items={[
          { label: 'Said so', value: `${voiding.votes} of ${needed} verifiers` },
          {
            label: 'Notice',
            value: voiding.notice === 0 ? 'none on this chain' : `${voiding.notice / 3600} hours`,
          },
          ...(voiding.round === 0
            ? []
            : [{ label: 'Cancelled before', value: `${voiding.round} times` }]),
        ]}
      />
      <details className="details">
        <summary>What a void would do, and saying that the batch is wrong</summary>
        <div className="stack-small">
          <VoidEffect batch={batch} />
          <VoidOpinion batch={batch} voiding={voiding} onSigned={onSigned} />
        </div>
      </details>
    </>
  );
}

/** What made it whole, once it is executed. */
function drawnFacts({ kind }: Batch, found: BatchVoid): readonly Fact[] {
  const { fromOwner, fromBuffer, missing } = found;
  const parts: readonly (readonly [string, bigint | undefined])[] = [
    ['From the owner’s balance', fromOwner],
    ...(kind === 'carbon' ? [['From the buffer', fromBuffer] as const] : []),
    ['Became a debt', missing],
  ];
  return parts.flatMap(([label, amount]) =>
    amount === undefined ? [] : [{ label, value: amountOf(kind, amount) }],
  );
}

function Executed({ batch }: { readonly batch: Batch }): ReactNode {
  const query = useVoids(batch.projectId);
  return (
    <QueryView query={query} what="void">
      {({ pages }) => {
        const found = pages
          .flatMap(({ items }) => items)
          .find(({ batchId }) => batchId === batch.id);
        const minted = batch.mintedAt !== undefined;
        return (
          <>
            <Notice tone="bad" title="This batch was found wrong and voided">
              <p className="small">
                {minted
                  ? 'What it had issued was taken from the owner’s balance, then from the buffer; what was missing became a debt of the project.'
                  : 'Nothing had been minted of it, and nothing ever will be.'}
              </p>
            </Notice>
            <Facts
              items={[
                { label: 'Announced', value: found && <Moment at={found.announcedAt} /> },
                {
                  label: 'Voided',
                  value: found?.decidedAt !== undefined && <Moment at={found.decidedAt} />,
                },
                ...(minted && found !== undefined ? drawnFacts(batch, found) : []),
                {
                  label: 'Books',
                  value: <Link href={`/projects/${batch.projectId}`}>of the project</Link>,
                },
              ]}
            />
          </>
        );
      }}
    </QueryView>
  );
}

function Voidable({ batch, ...opens }: { readonly batch: Batch } & Opens): ReactNode {
  const query = useVoiding(batch.id);
  return (
    <QueryView query={query} what="state of the void">
      {(voiding) =>
        voiding.executableFrom > 0 ? (
          <Announced batch={batch} voiding={voiding} {...opens} />
        ) : (
          <NotAnnounced batch={batch} voiding={voiding} {...opens} />
        )
      }
    </QueryView>
  );
}

/** The way in which a wrong batch is taken out of circulation, and how far it has come. */
export function VoidCard({ batch }: { readonly batch: Batch }): ReactNode {
  const { address } = useConnection();
  const { data } = useJudgements([batch.id]);
  const [transaction, setTransaction] = useState<Transaction>();
  const [signed, setSigned] = useState<SignedOpinion>();
  const close = (): void => setTransaction(undefined);
  const accused = data?.opinions.some(({ verdict }) => verdict === 'void') === true;
  if (batch.state === 'submitted' || batch.state === 'rejected') return null;
  const voided = batch.state === 'voided';
  return (
    <Card
      title={voided ? 'Voided' : 'If this batch is wrong'}
      aside={accused && !voided && <Badge tone="bad">A verifier says that it is wrong</Badge>}
    >
      {voided ? (
        <Executed batch={batch} />
      ) : (
        <Voidable batch={batch} onTransaction={setTransaction} onSigned={setSigned} />
      )}
      {transaction !== undefined && address !== undefined && (
        <Dialog title={transaction.title} onClose={close}>
          <TransactionSteps transaction={transaction} account={address} onClose={close} />
        </Dialog>
      )}
      {signed !== undefined && address !== undefined && (
        <SubmitSigned signed={signed} account={address} onClose={() => setSigned(undefined)} />
      )}
    </Card>
  );
}

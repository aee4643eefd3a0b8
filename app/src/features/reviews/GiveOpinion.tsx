import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useConnection } from 'wagmi';
import type { Batch } from '../../api/indexer/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useChainNow, useJudgements, useVerifier } from '../../data/index.ts';
import { TransactionSteps, type Transaction } from '../../transactions/index.ts';
import { Card, CopyButton, Dialog, Empty, Notice, QueryView } from '../../ui/index.ts';
import { WalletMenuButton } from '../wallet/index.ts';
import { CLOCK_MS } from './Accreditation.tsx';
import { whyNotJudge } from './mayJudge.ts';
import { OpinionForm } from './OpinionForm.tsx';
import { opineTransaction, toOpinionText, type SignedOpinion } from './signedOpinion.ts';

interface Prepared {
  readonly signed: SignedOpinion;
  readonly transaction: Transaction;
}

/** The opinion is signed; now the verifier, or anyone, submits it. */
function Submit(props: {
  readonly prepared: Prepared;
  readonly account: Address;
  readonly onClose: () => void;
}): ReactNode {
  const { prepared, account, onClose } = props;
  return (
    <Dialog title={prepared.transaction.title} onClose={onClose}>
      <TransactionSteps transaction={prepared.transaction} account={account} onClose={onClose} />
      <details className="details">
        <summary>Let somebody else submit it</summary>
        <p className="small">
          Anyone can hand it in under “Submit a signed opinion”, and pays the fee. It is as good as
          given: it can’t be taken back until it expires.
        </p>
        <div className="row">
          <span className="small muted">The signed opinion as text</span>
          <CopyButton value={toOpinionText(prepared.signed)} what="signed opinion" />
        </div>
      </details>
    </Dialog>
  );
}

function ForWallet(props: { readonly batch: Batch; readonly account: Address }): ReactNode {
  const { batch, account } = props;
  const { verification } = useDeployment();
  const verifier = useVerifier(account);
  const { data: judgements } = useJudgements([batch.id]);
  const now = useChainNow(CLOCK_MS);
  const [prepared, setPrepared] = useState<Prepared>();
  const opinions = judgements?.opinions ?? [];
  const onSigned = (signed: SignedOpinion): void =>
    setPrepared({ signed, transaction: opineTransaction(verification, signed) });
  return (
    <>
      <QueryView query={verifier} what="accreditation">
        {(found) => {
          const why = whyNotJudge({ account, batch, verifier: found, opinions, now });
          return why === undefined ? (
            <OpinionForm batch={batch} account={account} now={now} onSigned={onSigned} />
          ) : (
            <Notice tone="plain" title="This wallet gives no opinion here">
              <p className="small">{why}</p>
            </Notice>
          );
        }}
      </QueryView>
      {prepared !== undefined && (
        <Submit prepared={prepared} account={account} onClose={() => setPrepared(undefined)} />
      )}
    </>
  );
}

/** The last step of a review. */
export function GiveOpinion({ batch }: { readonly batch: Batch }): ReactNode {
  const { address } = useConnection();
  return (
    <Card title="4. Your opinion">
      {address === undefined ? (
        <Empty title="No wallet is connected">
          <p>An opinion is signed in the wallet of an accredited verifier.</p>
          <WalletMenuButton />
        </Empty>
      ) : (
        <ForWallet key={address} batch={batch} account={address} />
      )}
    </Card>
  );
}

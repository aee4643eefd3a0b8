import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useConnection } from 'wagmi';
import type { Batch } from '../../api/indexer/index.ts';
import { useChainNow, useJudgements, useVerifier } from '../../data/index.ts';
import { Card, Empty, Notice, QueryView } from '../../ui/index.ts';
import { WalletMenuButton } from '../wallet/index.ts';
import { CLOCK_MS } from './Accreditation.tsx';
import { whyNotJudge } from './mayJudge.ts';
import { OpinionForm, type OpinionQuestion } from './OpinionForm.tsx';
import type { SignedOpinion } from './signedOpinion.ts';
import { SubmitSigned } from './SubmitSigned.tsx';

const QUESTION: OpinionQuestion = {
  options: [
    { value: 'approve', label: 'Approve', note: 'It may count' },
    { value: 'reject', label: 'Reject', note: 'It must not count' },
  ],
  round: 0,
  affirmation: 'I looked at the readings, the exclusions and the recomputation',
};

function ForWallet(props: { readonly batch: Batch; readonly account: Address }): ReactNode {
  const { batch, account } = props;
  const verifier = useVerifier(account);
  const { data: judgements } = useJudgements([batch.id]);
  const now = useChainNow(CLOCK_MS);
  const [signed, setSigned] = useState<SignedOpinion>();
  const opinions = judgements?.opinions ?? [];
  return (
    <>
      <QueryView query={verifier} what="accreditation">
        {(found) => {
          const why = whyNotJudge({ account, batch, verifier: found, opinions, now });
          return why === undefined ? (
            <OpinionForm
              batch={batch}
              account={account}
              now={now}
              question={QUESTION}
              onSigned={setSigned}
            />
          ) : (
            <Notice tone="plain" title="This wallet gives no opinion here">
              <p className="small">{why}</p>
            </Notice>
          );
        }}
      </QueryView>
      {signed !== undefined && (
        <SubmitSigned signed={signed} account={account} onClose={() => setSigned(undefined)} />
      )}
    </>
  );
}

/** The last step of a review. */
export function GiveOpinion({ batch }: { readonly batch: Batch }): ReactNode {
  const { address } = useConnection();
  return (
    <Card title="6. Your opinion">
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

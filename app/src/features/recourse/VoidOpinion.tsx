import type { ReactNode } from 'react';
import type { Address } from 'viem';
import { useConnection } from 'wagmi';
import type { Batch } from '../../api/indexer/index.ts';
import type { Voiding } from '../../chain/index.ts';
import { useChainNow, useVerifier } from '../../data/index.ts';
import { Notice, QueryView } from '../../ui/index.ts';
import {
  CLOCK_MS,
  findInterest,
  OpinionForm,
  whyNoVerifier,
  type OpinionQuestion,
  type SignedOpinion,
} from '../reviews/index.ts';

interface Asking {
  readonly batch: Batch;
  readonly voiding: Voiding;
  readonly onSigned: (signed: SignedOpinion) => void;
}

function questionOf({ round }: Voiding): OpinionQuestion {
  return {
    options: [{ value: 'void', label: 'Void', note: 'It is wrong' }],
    round,
    affirmation: 'I found that this batch is wrong, and say why',
  };
}

function ForWallet({ batch, voiding, account, onSigned }: Asking & { readonly account: Address }) {
  const verifier = useVerifier(account);
  const now = useChainNow(CLOCK_MS);
  return (
    <QueryView query={verifier} what="accreditation">
      {(found) => {
        const why = findInterest(account, batch) ?? whyNoVerifier(found, now);
        return why === undefined ? (
          <OpinionForm
            batch={batch}
            account={account}
            now={now}
            question={questionOf(voiding)}
            onSigned={onSigned}
          />
        ) : (
          <Notice tone="plain" title="This wallet can’t say that the batch is wrong">
            <p className="small">{why}</p>
          </Notice>
        );
      }}
    </QueryView>
  );
}

/** A verifier's signed word that a batch is to be voided. */
export function VoidOpinion(props: Asking): ReactNode {
  const { address } = useConnection();
  if (address === undefined) {
    return <p className="small muted">Verifiers connect their wallet to say so.</p>;
  }
  return <ForWallet key={address} {...props} account={address} />;
}

import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useSignTypedData } from 'wagmi';
import type { Batch } from '../../api/indexer/index.ts';
import { useDeployment } from '../../config/index.ts';
import { CheckField, ChoiceField, Refusal, TextField } from '../../ui/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { checkReason, type ChosenVerdict } from './reason.ts';
import { typedOpinion, type OpinionDraft, type SignedOpinion } from './signedOpinion.ts';

/** How long a signed opinion may lie before it is submitted. */
const VALID_SECONDS = 7 * 86_400;

/** What is asked of a verifier. */
export interface OpinionQuestion {
  /** The first is chosen unless another is; one alone is not asked for. */
  readonly options: readonly [OpinionOption, ...OpinionOption[]];
  readonly round: number;
  /** What the verifier affirms. */
  readonly affirmation: string;
}

interface OpinionOption {
  readonly value: ChosenVerdict;
  readonly label: string;
  readonly note: string;
}

interface OpinionFormProps {
  readonly batch: Pick<Batch, 'id' | 'root'>;
  readonly account: Address;
  /** Unix seconds, as the chain has them. */
  readonly now: number;
  readonly question: OpinionQuestion;
  readonly onSigned: (signed: SignedOpinion) => void;
}

/** Verdict and reason, signed in the wallet: no fee, and nothing is sent yet. */
export function OpinionForm(props: OpinionFormProps): ReactNode {
  const { batch, account, now, question, onSigned } = props;
  const deployment = useDeployment();
  const rightNetwork = useRightNetwork();
  const { mutateAsync, isPending, error } = useSignTypedData();
  const [verdict, setVerdict] = useState<ChosenVerdict>(question.options[0].value);
  const [words, setWords] = useState('');
  const [examined, setExamined] = useState(false);
  const [tried, setTried] = useState(false);
  const reason = checkReason(words, verdict);
  const sign = async (): Promise<void> => {
    setTried(true);
    if (!reason.ok) return;
    const deadline = Math.floor(now) + VALID_SECONDS;
    const { id: batchId, root } = batch;
    const { round } = question;
    const place = { verifier: account, batchId, root, verdict, round };
    const draft: OpinionDraft = { ...place, deadline, ...reason.value };
    const typed = typedOpinion(draft, deployment.chainId, deployment);
    const signature = await mutateAsync({ ...typed, account });
    onSigned({ ...draft, signature });
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // A failure stays in `error`, which is shown below.
        void sign().catch(() => undefined);
      }}
    >
      {question.options.length > 1 && (
        <ChoiceField
          legend="Your opinion"
          value={verdict}
          onChange={setVerdict}
          options={question.options}
        />
      )}
      <TextField
        label="Reason"
        hint={`Public for ever, and signed by you: never name a person.${verdict === 'approve' ? ' An approval may go without.' : ''}`}
        value={words}
        onChange={setWords}
        error={tried && !reason.ok ? reason.problem : undefined}
        required={verdict !== 'approve'}
      />
      <CheckField label={question.affirmation} checked={examined} onChange={setExamined} />
      <Refusal error={error} what="Not signed" />
      {isPending && <p role="status">Waiting for the wallet: sign there …</p>}
      <div className="row">
        <button type="submit" className="button" disabled={!rightNetwork || !examined || isPending}>
          Sign the opinion
        </button>
      </div>
    </form>
  );
}

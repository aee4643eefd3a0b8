import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import type { Project } from '../../api/indexer/index.ts';
import type { ClaimKind } from '../../chain/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useMeans, type Means } from '../../data/index.ts';
import type { Checked } from '../../forms/index.ts';
import { TransactionDialog } from '../../transactions/index.ts';
import {
  Empty,
  fixedPoint,
  parseTonnes,
  QueryView,
  SelectField,
  TextField,
} from '../../ui/index.ts';
import { amountOf, cureTransaction, type CureInput } from './transactions.ts';

/** An amount as typed: at most what is held, and at most what is owed. */
export function checkCure(
  input: string,
  kind: ClaimKind,
  held: bigint,
  owed: bigint,
): Checked<bigint> {
  const typed = kind === 'carbon' ? parseTonnes(input) : parseWhole(input);
  if (typeof typed === 'string') return { ok: false, problem: typed };
  if (typed > held) return { ok: false, problem: `You hold ${amountOf(kind, held)} of it.` };
  if (typed > owed)
    return { ok: false, problem: `The project owes ${amountOf(kind, owed)}, no more.` };
  return { ok: true, value: typed };
}

function parseWhole(input: string): bigint | string {
  const typed = input.trim();
  return /^[1-9]\d{0,18}$/.test(typed) ? BigInt(typed) : 'Enter a whole number, at least 1.';
}

interface CureProps {
  readonly project: Project;
  readonly kind: ClaimKind;
  readonly account: Address;
  readonly onClose: () => void;
}

function CureForm(props: {
  readonly project: Project;
  readonly kind: ClaimKind;
  readonly means: readonly [Means, ...Means[]];
  readonly onReview: (input: CureInput) => void;
}): ReactNode {
  const { project, kind, means, onReview } = props;
  const owed = kind === 'carbon' ? project.owedGrams : project.owedCertificates;
  const [chosen, setChosen] = useState(String(means[0].id));
  const [amount, setAmount] = useState('');
  const [tried, setTried] = useState(false);
  const { id, name, held } = means.find((each) => String(each.id) === chosen) ?? means[0];
  const checked = checkCure(amount, kind, held, owed);
  const most = held < owed ? held : owed;
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!checked.ok) return;
        const { id: projectId, name: projectName } = project;
        onReview({ projectId, projectName, kind, id, name, amount: checked.value, owed });
      }}
    >
      <SelectField
        label="What you hand in"
        value={chosen}
        onChange={setChosen}
        options={means.map((each) => ({ value: String(each.id), label: each.name }))}
      />
      <TextField
        label={kind === 'carbon' ? 'Amount in t CO₂e' : 'Certificates of 1 MWh'}
        hint={`You hold ${amountOf(kind, held)}; the project owes ${amountOf(kind, owed)}.`}
        inputMode="decimal"
        value={amount}
        onChange={setAmount}
        error={tried && !checked.ok ? checked.problem : undefined}
        required
        action={
          <button
            type="button"
            className="button button-quiet"
            onClick={() => setAmount(kind === 'carbon' ? fixedPoint(most, 6) : String(most))}
          >
            All
          </button>
        }
      />
      <div className="row">
        <button type="submit" className="button">
          Review
        </button>
      </div>
    </form>
  );
}

/** Hands in what the connected wallet holds for the debt of a project. */
export function CureDialog({ project, kind, account, onClose }: CureProps): ReactNode {
  const { recourse } = useDeployment();
  const query = useMeans(kind, account);
  // The project as it was when the dialog opened: a refresh must not restart a simulation.
  const [indebted] = useState(project);
  return (
    <TransactionDialog
      title={`Cure the debt of ${indebted.name}`}
      account={account}
      onClose={onClose}
      form={(onReview) => (
        <QueryView query={query} what="balances">
          {([first, ...rest]) =>
            first === undefined ? (
              <Empty title="This wallet holds nothing that could be handed in">
                <p>
                  {kind === 'carbon'
                    ? 'Buy credits first, of whatever project.'
                    : 'Have energy certificates transferred to it first, of whatever project.'}
                </p>
              </Empty>
            ) : (
              <CureForm
                project={indebted}
                kind={kind}
                means={[first, ...rest]}
                onReview={(input) => onReview(cureTransaction(recourse, input))}
              />
            )
          }
        </QueryView>
      )}
    />
  );
}

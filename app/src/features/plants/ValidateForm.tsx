import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import type { Project } from '../../api/indexer/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useDryRun, useSubmitter } from '../../data/index.ts';
import { checkReceiver } from '../../forms/index.ts';
import { TransactionSteps, type Transaction } from '../../transactions/index.ts';
import { Dialog, fixedPoint, TextField } from '../../ui/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { checkFactor } from './factor.ts';
import { validateTransaction } from './transactions.ts';

interface ValidateFormProps {
  readonly project: Project;
  readonly account: Address;
}

/** The factor that the project's own methodology version prescribes, where the oracle knows it. */
function usePrescribed(projectId: number): bigint | undefined {
  const { data } = useDryRun({ projectId }, {});
  return data?.find(({ own }) => own)?.factorUgPerWh;
}

function hintOf(fixed: bigint | undefined, prescribed: bigint | undefined): string {
  if (fixed !== undefined) return 'Fixed by the first validation.';
  if (prescribed === undefined) return 'As the methodology version prescribes it for this grid.';
  return `The methodology version prescribes ${fixedPoint(prescribed, 6)} for this grid.`;
}

/** What is typed, or what is known where nothing was typed yet. */
function useDraft(project: Project, account: Address) {
  const fixed = project.factorUgPerWh;
  const prescribed = usePrescribed(project.id);
  const { data: ownSubmitter } = useSubmitter();
  const [typed, setTyped] = useState<{ readonly factor?: string; readonly submitter?: string }>({});
  const known = fixed ?? prescribed;
  const factorInput = typed.factor ?? (known === undefined ? '' : fixedPoint(known, 6));
  const submitterInput = typed.submitter ?? ownSubmitter ?? '';
  return {
    hint: hintOf(fixed, prescribed),
    factorInput,
    submitterInput,
    setFactor: (factor: string) => setTyped({ ...typed, factor }),
    setSubmitter: (submitter: string) => setTyped({ ...typed, submitter }),
    factorUgPerWh: checkFactor(factorInput),
    submitter: checkReceiver(submitterInput, account),
  };
}

/** The factor and the submitter, for a wallet that is an accredited validator. */
export function ValidateForm({ project, account }: ValidateFormProps): ReactNode {
  const { registry } = useDeployment();
  const rightNetwork = useRightNetwork();
  const draft = useDraft(project, account);
  const { factorUgPerWh, submitter } = draft;
  const [tried, setTried] = useState(false);
  const [transaction, setTransaction] = useState<Transaction>();
  const close = (): void => setTransaction(undefined);
  const review = (): void => {
    setTried(true);
    if (!factorUgPerWh.ok || !submitter.ok) return;
    const input = { projectId: project.id, name: project.name, factorUgPerWh: factorUgPerWh.value };
    setTransaction(validateTransaction(registry, { ...input, submitter: submitter.value }));
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        review();
      }}
    >
      <h3>{project.factorUgPerWh === undefined ? 'Validate it' : 'Name another submitter'}</h3>
      <TextField
        label="Emission factor in t CO₂e per MWh"
        hint={draft.hint}
        inputMode="decimal"
        value={draft.factorInput}
        onChange={draft.setFactor}
        error={tried && !factorUgPerWh.ok ? factorUgPerWh.problem : undefined}
        required
      />
      <TextField
        label="Submitter"
        hint="The wallet of the oracle that sends its batches; this page’s oracle is filled in."
        value={draft.submitterInput}
        onChange={draft.setSubmitter}
        error={tried && !submitter.ok ? submitter.problem : undefined}
        required
      />
      <div className="row">
        <button type="submit" className="button" disabled={!rightNetwork}>
          Review the validation
        </button>
      </div>
      {transaction !== undefined && (
        <Dialog title={transaction.title} onClose={close}>
          <TransactionSteps transaction={transaction} account={account} onClose={close} />
        </Dialog>
      )}
    </form>
  );
}

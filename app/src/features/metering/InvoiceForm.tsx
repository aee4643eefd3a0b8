import { useState, type ReactNode } from 'react';
import { stateInvoice, type NewInvoice } from '../../api/index.ts';
import { useWrite } from '../../data/index.ts';
import { DateField, TextField } from '../../ui/index.ts';
import { checkInvoice, type InvoiceDraft } from './draft.ts';
import { EvidenceField } from './EvidenceField.tsx';
import { FormEnd } from './FormEnd.tsx';

/** An invoice of the grid, or the correction of one. */
export function InvoiceForm(props: {
  readonly projectId: number;
  readonly initial: InvoiceDraft;
  readonly onDone: () => void;
}): ReactNode {
  const { projectId, initial, onDone } = props;
  const [draft, setDraft] = useState(initial);
  const [tried, setTried] = useState(false);
  const set = (name: keyof InvoiceDraft) => (value: string) =>
    setDraft({ ...draft, [name]: value });
  const stating = useWrite(
    (writer, body: NewInvoice) => stateInvoice(writer, projectId, body),
    onDone,
  );
  const checked = checkInvoice(draft);
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (checked.ok) stating.mutate(checked.value);
      }}
    >
      <DateField label="First day" value={draft.firstDay} onChange={set('firstDay')} />
      <DateField label="Last day" value={draft.lastDay} onChange={set('lastDay')} />
      <TextField
        label="Exported energy invoiced, kWh"
        inputMode="decimal"
        value={draft.exportKWh}
        onChange={set('exportKWh')}
      />
      <TextField
        label="Imported energy invoiced, kWh"
        inputMode="decimal"
        value={draft.importKWh}
        onChange={set('importKWh')}
      />
      <EvidenceField
        label="Invoice"
        evidence={draft.evidence}
        onChange={(evidence) => setDraft({ ...draft, evidence })}
      />
      <FormEnd
        problem={tried && !checked.ok ? checked.problem : undefined}
        correcting={draft.supersedes !== undefined}
        busy={stating.isPending}
        error={stating.error}
        onCancel={onDone}
      />
    </form>
  );
}

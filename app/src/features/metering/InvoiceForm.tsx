import type { ReactNode } from 'react';
import { stateInvoice } from '../../api/index.ts';
import { DateField, TextField } from '../../ui/index.ts';
import { checkInvoice, type InvoiceDraft } from './draft.ts';
import { EvidenceField } from './EvidenceField.tsx';
import { StatementForm } from './StatementForm.tsx';

function InvoiceFields(props: {
  readonly draft: InvoiceDraft;
  readonly onChange: (draft: InvoiceDraft) => void;
}): ReactNode {
  const { draft, onChange } = props;
  const set = (name: keyof InvoiceDraft) => (value: string) =>
    onChange({ ...draft, [name]: value });
  return (
    <>
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
        onChange={(evidence) => onChange({ ...draft, evidence })}
      />
    </>
  );
}

/** An invoice of the grid, or the correction of one. */
export function InvoiceForm(props: {
  readonly projectId: number;
  readonly initial: InvoiceDraft;
  readonly onDone: () => void;
}): ReactNode {
  const { projectId, initial, onDone } = props;
  return (
    <StatementForm
      initial={initial}
      check={checkInvoice}
      send={(writer, body) => stateInvoice(writer, projectId, body)}
      onDone={onDone}
    >
      {(draft, onChange) => <InvoiceFields draft={draft} onChange={onChange} />}
    </StatementForm>
  );
}

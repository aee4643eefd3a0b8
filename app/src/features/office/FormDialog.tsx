import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { TransactionDialog, type Transaction } from '../../transactions/index.ts';
import { SelectField, TextAreaField, TextField } from '../../ui/index.ts';
import type { Values } from './fields.ts';

interface FieldSpec {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly start?: string;
  /** Several lines of text. */
  readonly long?: boolean;
  /** One of these instead of a line of text. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

/** What a form makes of its fields: the transaction, or a sentence for each field that is wrong. */
type Outcome =
  | { readonly ok: true; readonly value: Transaction }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> };

/** A form of the office: its fields, and what becomes of them. */
export interface OfficeForm {
  readonly title: string;
  readonly fields: readonly FieldSpec[];
  readonly toTransaction: (values: Values) => Outcome;
}

interface FieldProps {
  readonly field: FieldSpec;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
}

function Field({ field, value, problem, onChange }: FieldProps): ReactNode {
  const { label, hint, options, long = false } = field;
  const shared = { label, value, onChange };
  if (options !== undefined) return <SelectField {...shared} options={options} />;
  const Line = long ? TextAreaField : TextField;
  return <Line {...shared} hint={hint} error={problem} />;
}

function Fields({ form, onReview }: { form: OfficeForm; onReview: (it: Transaction) => void }) {
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(form.fields.map(({ name, start = '' }) => [name, start])),
  );
  const [tried, setTried] = useState(false);
  const outcome = form.toTransaction(values);
  const problems = tried && !outcome.ok ? outcome.problems : {};
  const set = (name: string, value: string): void => setValues({ ...values, [name]: value });
  return (
    <form
      className="form form-wide"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (outcome.ok) onReview(outcome.value);
      }}
    >
      {form.fields.map((field) => (
        <Field
          key={field.name}
          field={field}
          value={values[field.name] ?? ''}
          problem={problems[field.name]}
          onChange={(value) => set(field.name, value)}
        />
      ))}
      <div className="form-actions">
        <button type="submit" className="button">
          Review
        </button>
      </div>
    </form>
  );
}

interface FormDialogProps {
  readonly form: OfficeForm;
  readonly account: Address;
  readonly onClose: () => void;
}

/** A form, then what will happen. */
export function FormDialog({ form, account, onClose }: FormDialogProps): ReactNode {
  const [kept] = useState(form);
  return (
    <TransactionDialog
      title={kept.title}
      account={account}
      onClose={onClose}
      form={(onReview) => <Fields form={kept} onReview={onReview} />}
    />
  );
}

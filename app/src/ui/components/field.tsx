import { useId, type ReactNode } from 'react';

interface LabelledProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

interface FieldProps extends LabelledProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly required?: boolean;
  readonly inputMode?: 'text' | 'decimal' | 'numeric';
  readonly maxLength?: number;
  readonly placeholder?: string;
  /** A button beside the input, such as "All". */
  readonly action?: ReactNode;
}

/** What ties an input to its label, and to hint and error for screen readers. */
interface Ties {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string;
}

/** An input under its label, with hint and error below it. */
function Explained(
  props: LabelledProps & { readonly input: (ties: Ties) => ReactNode },
): ReactNode {
  const id = useId();
  const { label, hint, error, input } = props;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {input({
        ...{ id, 'aria-invalid': error !== undefined },
        'aria-describedby': `${id}-hint ${id}-error`,
      })}
      <span id={`${id}-hint`} className="field-hint">
        {hint}
      </span>
      <span id={`${id}-error`} className="field-error" aria-live="polite">
        {error}
      </span>
    </div>
  );
}

/** A labelled line of text. */
export function TextField(props: FieldProps): ReactNode {
  const { value, onChange, action, required = false } = props;
  const line = (ties: Ties): ReactNode => (
    <input
      {...ties}
      className="input"
      value={value}
      required={required}
      autoComplete="off"
      spellCheck={false}
      inputMode={props.inputMode ?? 'text'}
      maxLength={props.maxLength}
      placeholder={props.placeholder}
      onChange={(event) => onChange(event.target.value)}
    />
  );
  return (
    <Explained
      {...labelsOf(props)}
      input={(ties) =>
        action === undefined ? (
          line(ties)
        ) : (
          <div className="input-with-action">
            {line(ties)}
            {action}
          </div>
        )
      }
    />
  );
}

function labelsOf({ label, hint, error }: LabelledProps): LabelledProps {
  return { label, hint, error };
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export function SelectField({ label, value, onChange, options }: SelectProps): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

interface DateProps {
  readonly label: string;
  /** "YYYY-MM-DD"; empty while it is being typed. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function DateField({ label, value, onChange }: DateProps): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        className="input"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

interface TimeProps extends DateProps {
  readonly hint?: string;
  readonly error?: string | undefined;
}

/** A moment in UTC as "YYYY-MM-DDTHH:MM"; empty while it is being typed. */
export function TimeField(props: TimeProps): ReactNode {
  const { value, onChange } = props;
  return (
    <Explained
      {...labelsOf(props)}
      input={(ties) => (
        <input
          {...ties}
          type="datetime-local"
          className="input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    />
  );
}

interface TextAreaProps extends LabelledProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
}

/** Several lines of text, such as what a device printed. */
export function TextAreaField(props: TextAreaProps): ReactNode {
  const { value, onChange, placeholder } = props;
  return (
    <Explained
      {...labelsOf(props)}
      input={(ties) => (
        <textarea
          {...ties}
          className="input input-lines mono"
          rows={4}
          value={value}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    />
  );
}

import { useId, type ReactNode } from 'react';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly inputMode?: 'text' | 'decimal';
  readonly maxLength?: number;
  readonly placeholder?: string;
  /** A button beside the input, such as "All". */
  readonly action?: ReactNode;
}

/** A labelled line of text; hint and error are tied to it for screen readers. */
export function TextField(props: FieldProps): ReactNode {
  const id = useId();
  const { label, value, onChange, hint, error, action, required = false } = props;
  const input = (
    <input
      id={id}
      className="input"
      value={value}
      required={required}
      autoComplete="off"
      spellCheck={false}
      inputMode={props.inputMode ?? 'text'}
      maxLength={props.maxLength}
      placeholder={props.placeholder}
      aria-invalid={error !== undefined}
      aria-describedby={`${id}-hint ${id}-error`}
      onChange={(event) => onChange(event.target.value)}
    />
  );
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {action === undefined ? (
        input
      ) : (
        <div className="input-with-action">
          {input}
          {action}
        </div>
      )}
      <span id={`${id}-hint`} className="field-hint">
        {hint}
      </span>
      <span id={`${id}-error`} className="field-error" aria-live="polite">
        {error}
      </span>
    </div>
  );
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
export function TimeField({ label, value, onChange, hint, error }: TimeProps): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="datetime-local"
        className="input"
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-hint ${id}-error`}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={`${id}-hint`} className="field-hint">
        {hint}
      </span>
      <span id={`${id}-error`} className="field-error" aria-live="polite">
        {error}
      </span>
    </div>
  );
}

interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly placeholder?: string;
}

/** Several lines of text, such as what a device printed. */
export function TextAreaField(props: TextAreaProps): ReactNode {
  const { label, value, onChange, hint, error, placeholder } = props;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="input input-lines mono"
        rows={4}
        value={value}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-hint ${id}-error`}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={`${id}-hint`} className="field-hint">
        {hint}
      </span>
      <span id={`${id}-error`} className="field-error" aria-live="polite">
        {error}
      </span>
    </div>
  );
}

import { useState, type ReactNode } from 'react';
import { FileField, Notice, TextAreaField } from '../ui/index.ts';
import type { StatementState } from './useStatement.ts';

interface StatementInputProps {
  /** "Claim of the device". */
  readonly label: string;
  /** The command that makes it. */
  readonly command: string;
  readonly state: StatementState<unknown>;
  readonly onText: (text: Promise<string>) => void;
}

/** Takes what a device signed, as a file or as the text that it printed. */
export function StatementInput(props: StatementInputProps): ReactNode {
  const { label, command, state, onText } = props;
  const [typed, setTyped] = useState('');
  return (
    <div className="stack-small">
      <FileField
        label={label}
        hint="It is read and checked in this browser."
        accept=".json,application/json"
        onFile={(file) => onText(file.text())}
      />
      <details className="details">
        <summary>Or paste what the device printed</summary>
        <TextAreaField
          label="Text"
          hint="Braces and all"
          placeholder="{ … }"
          value={typed}
          onChange={(text) => {
            setTyped(text);
            if (text.trim() !== '') onText(Promise.resolve(text));
          }}
        />
      </details>
      <p className="small muted">
        The device makes it: <code>{command}</code>
      </p>
      {state.step === 'checking' && <p role="status">Checking the signature …</p>}
      {state.step === 'refused' && (
        <Notice tone="bad" role="alert" title={state.reason.title}>
          {state.reason.detail !== undefined && <p className="small">{state.reason.detail}</p>}
          <p className="small">
            {state.reason.todo} <code>{state.reason.code}</code>
          </p>
        </Notice>
      )}
    </div>
  );
}

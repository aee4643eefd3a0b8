import { useState, type ReactNode } from 'react';
import type { FileInspection, HeadPlace } from '../../api/index.ts';
import { SelectField, TextField } from '../../ui/index.ts';

interface HeadFieldsProps {
  readonly inspection: FileInspection;
  readonly disabled: boolean;
  readonly onPlace: (place: HeadPlace) => void;
}

/** The sheet that is read and the line that names its columns; another one has the file read again. */
export function HeadFields({ inspection, disabled, onPlace }: HeadFieldsProps): ReactNode {
  const { sheets, sheet, headLine } = inspection;
  const [line, setLine] = useState(String(headLine));
  const isOther = /^[1-9]\d{0,2}$/.test(line) && Number(line) !== headLine;
  const readAgain = (): void => {
    if (isOther && !disabled) onPlace({ sheet, headLine: Number(line) });
  };
  return (
    <form
      noValidate
      onBlur={readAgain}
      onSubmit={(event) => {
        event.preventDefault();
        readAgain();
      }}
    >
      <fieldset className="field-group form form-wide" disabled={disabled}>
        {sheets.length > 1 && (
          <SelectField
            label="Sheet"
            value={sheet ?? ''}
            onChange={(name) => onPlace({ sheet: name })}
            options={sheets.map((name) => ({ value: name, label: name }))}
          />
        )}
        <TextField
          label="Line with the names of the columns"
          hint="Lines above it are left out"
          inputMode="numeric"
          value={line}
          onChange={setLine}
          maxLength={3}
        />
      </fieldset>
    </form>
  );
}

import type { ReactNode } from 'react';
import type { Hex } from 'viem';
import { stateCalibration } from '../../api/index.ts';
import { DateField, TextField } from '../../ui/index.ts';
import { checkCalibration, type CalibrationDraft } from './draft.ts';
import { EvidenceField } from './EvidenceField.tsx';
import { StatementForm } from './StatementForm.tsx';

function CalibrationFields(props: {
  readonly draft: CalibrationDraft;
  readonly onChange: (draft: CalibrationDraft) => void;
}): ReactNode {
  const { draft, onChange } = props;
  const set = (name: keyof CalibrationDraft) => (value: string) =>
    onChange({ ...draft, [name]: value });
  return (
    <>
      <DateField
        label="Day of the calibration"
        value={draft.calibratedOn}
        onChange={set('calibratedOn')}
      />
      <DateField
        label="Last day on which it counts"
        value={draft.validUntil}
        onChange={set('validUntil')}
      />
      <TextField
        label="Maximum permissible error of the meter, %"
        hint="of its accuracy class, such as 0.5"
        inputMode="decimal"
        value={draft.permissibleErrorPercent}
        onChange={set('permissibleErrorPercent')}
      />
      <TextField
        label="Error that the calibration found, %"
        hint="counts where it was overdue and the error is larger; may be empty"
        inputMode="decimal"
        value={draft.foundErrorPercent}
        onChange={set('foundErrorPercent')}
      />
      <EvidenceField
        label="Calibration certificate"
        evidence={draft.evidence}
        onChange={(evidence) => onChange({ ...draft, evidence })}
      />
    </>
  );
}

/** A calibration, or the correction of one. */
export function CalibrationForm(props: {
  readonly deviceId: Hex;
  readonly initial: CalibrationDraft;
  readonly onDone: () => void;
}): ReactNode {
  const { deviceId, initial, onDone } = props;
  return (
    <StatementForm
      initial={initial}
      check={checkCalibration}
      send={(writer, body) => stateCalibration(writer, deviceId, body)}
      onDone={onDone}
    >
      {(draft, onChange) => <CalibrationFields draft={draft} onChange={onChange} />}
    </StatementForm>
  );
}

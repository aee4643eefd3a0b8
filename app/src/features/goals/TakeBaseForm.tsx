import { useState, type ReactNode } from 'react';
import { BASE_KINDS, takeBase, type BaseKind, type BaseWish, type Goal } from '../../api/index.ts';
import { useWrite } from '../../data/index.ts';
import { ChoiceField, emissionsUp, phrase, Refusal, TextField } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';
import { kindName } from './base.ts';

const NOTES: Readonly<Record<BaseKind, string>> = {
  structure: 'Merger, sale, outsourcing',
  methodology: 'Better than what the base was computed with',
  error: 'Found in the base year',
};

function KindField(props: {
  readonly kind: BaseKind | '';
  readonly onChange: (kind: BaseKind | '') => void;
}): ReactNode {
  const options = BASE_KINDS.map((value) => ({
    ...{ value, label: kindName(value), note: NOTES[value] },
  }));
  return (
    <ChoiceField
      legend="Why it moved"
      value={props.kind}
      onChange={props.onChange}
      options={options}
    />
  );
}

/** One act: what the inventory says of the base year now is what the goal measures from. */
export function TakeBaseForm(props: {
  readonly goal: Goal;
  /** The inventory of the base year as it stands. */
  readonly totalNg: bigint;
}): ReactNode {
  const { goal, totalNg } = props;
  const { id } = useOrganisation();
  const [kind, setKind] = useState<BaseKind | ''>('');
  const [reason, setReason] = useState('');
  const taking = useWrite((writer, wish: BaseWish) => takeBase(writer, id, goal, wish));
  const { taken } = goal.base;
  const wanted = taken === undefined ? 'first' : kind;
  return (
    <form
      className="stack-small"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== '') taking.mutate({ kind: wanted, reason: reason.trim(), totalNg });
      }}
    >
      {taken !== undefined && <KindField kind={kind} onChange={setKind} />}
      <TextField
        label="What happened"
        value={reason}
        onChange={setReason}
        hint="It stands beside the base for good. Growth or decline of the business is no reason (Corporate Standard, chapter 5)"
        maxLength={120}
      />
      <div>
        <button
          type="submit"
          className="button"
          disabled={wanted === '' || reason.trim() === '' || taking.isPending}
        >
          Take {phrase(emissionsUp(totalNg))} as the base
        </button>
      </div>
      <Refusal error={taking.error} what="The base was not taken" />
    </form>
  );
}

import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { closePeriod } from '../../api/index.ts';
import { useWrite } from '../../data/index.ts';
import { Card, DateField } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';
import { GuardedRefusal } from '../session/index.ts';

/** Closes a span of days that is over; last year is offered first. */
export function CloseForm(): ReactNode {
  const { id } = useOrganisation();
  const [, go] = useLocation();
  const [lastYear] = useState(() => new Date().getUTCFullYear() - 1);
  const [firstDay, setFirstDay] = useState(`${lastYear}-01-01`);
  const [lastDay, setLastDay] = useState(`${lastYear}-12-31`);
  const closing = useWrite(
    (writer, span: { firstDay: string; lastDay: string }) => closePeriod(writer, id, span),
    (made) => go(`/periods/${made.id}?organisation=${id}`),
  );
  const ready = firstDay !== '' && lastDay !== '' && firstDay <= lastDay;
  return (
    <Card title="Close a period">
      <p className="small">
        Nothing in a closed period changes any more; a correction is a restatement beside it.
      </p>
      <form
        className="form form-wide"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) closing.mutate({ firstDay, lastDay });
        }}
      >
        <DateField label="First day" value={firstDay} onChange={setFirstDay} />
        <DateField label="Last day" value={lastDay} onChange={setLastDay} />
        <div className="form-actions">
          <button type="submit" className="button" disabled={!ready || closing.isPending}>
            {closing.isPending ? 'Sealing every line …' : 'Close the period'}
          </button>
          <span className="field-error" aria-live="polite">
            {firstDay > lastDay ? 'The first day is after the last one.' : ''}
          </span>
        </div>
      </form>
      <GuardedRefusal write={closing} what="It was not closed" />
    </Card>
  );
}

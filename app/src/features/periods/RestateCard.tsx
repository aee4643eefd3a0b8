import { useState, type ReactNode } from 'react';
import { reopenPeriod, restatePeriod, type Period, type Versioned } from '../../api/index.ts';
import { useWrite } from '../../data/index.ts';
import { Card, TextField } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';
import { GuardedRefusal } from '../session/index.ts';

function Restate({ versioned }: { readonly versioned: Versioned<Period> }): ReactNode {
  const { id } = useOrganisation();
  const restating = useWrite((writer, one: Versioned<Period>) => restatePeriod(writer, id, one));
  return (
    <>
      <p className="small">
        Open because: {versioned.value.reason ?? 'no reason was given'}. Correct what is wrong, then
        close it again: that is a new inventory beside the old one.
      </p>
      <div>
        <button
          type="button"
          className="button"
          disabled={restating.isPending}
          onClick={() => restating.mutate(versioned)}
        >
          {restating.isPending ? 'Sealing every line …' : 'Close it as a restatement'}
        </button>
      </div>
      <GuardedRefusal write={restating} what="It was not restated" />
    </>
  );
}

function Reopen({ versioned }: { readonly versioned: Versioned<Period> }): ReactNode {
  const { id } = useOrganisation();
  const [reason, setReason] = useState('');
  const reopening = useWrite((writer, why: string) => reopenPeriod(writer, id, versioned, why));
  return (
    <>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') reopening.mutate(reason.trim());
        }}
      >
        <TextField
          label="What was wrong"
          value={reason}
          onChange={setReason}
          placeholder="Invoice 2024-118 was counted twice"
          hint="It stands beside the restated inventory"
          maxLength={120}
        />
        <div>
          <button
            type="submit"
            className="button button-quiet"
            disabled={reason.trim() === '' || reopening.isPending}
          >
            Open it for a restatement
          </button>
        </div>
      </form>
      <GuardedRefusal write={reopening} what="It was not opened" />
    </>
  );
}

/** A correction after closing: the old inventory and its root stay. */
export function RestateCard(versioned: Versioned<Period>): ReactNode {
  return (
    <Card title="Restate">
      {versioned.value.state === 'closed' ? (
        <Reopen versioned={versioned} />
      ) : (
        <Restate versioned={versioned} />
      )}
    </Card>
  );
}

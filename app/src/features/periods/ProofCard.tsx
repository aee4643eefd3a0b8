import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { fetchLineProofs, type Period } from '../../api/index.ts';
import { useSignedIn, useWrite } from '../../data/index.ts';
import { Card, Notice, Refusal, SelectField, TextField } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';
import { toProofFile } from './proofFile.ts';

function download(name: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Takes the proof of one activity's lines out of a closed inventory, for an auditor. */
export function ProofCard({ period }: { readonly period: Period }): ReactNode {
  const { id, anchorId } = useOrganisation();
  const { address } = useSignedIn();
  const { firstDay, lastDay } = period;
  const [activity, setActivity] = useState('');
  const [number, setNumber] = useState(period.number);
  const proving = useWrite(
    ({ oracleUrl }, asked: { period: string; number: number; activity: string }) =>
      fetchLineProofs(oracleUrl, id, asked),
    (proofs) => {
      const place = { organisation: anchorId, firstDay, lastDay, anchorer: address };
      download(`proof-${period.id}-${number}-${activity}.json`, toProofFile(proofs, place));
    },
  );
  const typed = activity.trim();
  const valid = /^\d{1,15}$/.test(typed);
  return (
    <Card title="Prove one activity">
      <p className="small">
        The file shows the lines of this activity and nothing of any other. Anybody can check it,
        without signing in: <Link href="/verify/line">Check the proof of a line</Link>.
      </p>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (valid) proving.mutate({ period: period.id, number, activity: typed });
        }}
      >
        <TextField
          label="Number of the activity"
          value={activity}
          onChange={setActivity}
          inputMode="decimal"
          hint="It stands on the page of the activity"
          error={typed === '' || valid ? undefined : 'A number has digits only.'}
        />
        {period.number > 0 && (
          <SelectField
            label="In"
            value={String(number)}
            onChange={(value) => setNumber(Number(value))}
            options={period.inventories.map((one) => ({
              value: String(one.number),
              label: one.number === 0 ? 'the first inventory' : `restatement ${one.number}`,
            }))}
          />
        )}
        <div>
          <button type="submit" className="button" disabled={!valid || proving.isPending}>
            Download the proof
          </button>
        </div>
      </form>
      {proving.isSuccess && <Notice tone="good" role="status" title="The proof was downloaded" />}
      <Refusal error={proving.error} what="It can't be proven" />
    </Card>
  );
}

import { useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { Card, FileField, Page, TextField } from '../../ui/index.ts';
import { Outcome } from './Outcome.tsx';
import { useVerification } from './useVerification.ts';

function ByNumber(): ReactNode {
  const [, navigate] = useLocation();
  const [id, setId] = useState('');
  const [tried, setTried] = useState(false);
  const valid = /^\d{7,20}$/.test(id.trim());
  const open = (): void => {
    setTried(true);
    if (valid) navigate(`/batches/${id.trim()}`);
  };
  return (
    <Card title="A batch by its number">
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          open();
        }}
      >
        <TextField
          label="Batch number"
          hint="Project id × 1,000,000 + number, such as 1000001"
          inputMode="decimal"
          value={id}
          onChange={setId}
          error={tried && !valid ? 'A batch number has at least seven digits.' : undefined}
        />
        <div className="row">
          <button type="submit" className="button">
            Open batch
          </button>
        </div>
      </form>
    </Card>
  );
}

/** Verifies a batch file that someone got from anywhere; the file says which batch it is. */
export function VerifyPage(): ReactNode {
  const verification = useVerification(undefined);
  return (
    <Page
      title="Verify"
      lead="Trust nobody, this page included: what counts are the batch file and the chain."
    >
      <Card title="A batch file">
        <p>
          A batch file holds every signed window of a period. Get it from any mirror by its CID; the
          chain knows its hash.
        </p>
        <FileField
          label="Batch file from this computer"
          hint="It is read in this browser and sent nowhere."
          onFile={verification.verifyLocal}
        />
        <Outcome verification={verification} />
      </Card>
      <ByNumber />
      <Card title="A line of a company's inventory">
        <p>
          <Link href="/verify/line">Check the proof of a line</Link> against the root that the
          company anchored.
        </p>
      </Card>
    </Page>
  );
}

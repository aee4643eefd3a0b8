import { useState, type ReactNode } from 'react';
import { sendUpload, type UploadRequest } from '../../api/index.ts';
import { keepVisitorToken, useFiling } from '../../data/index.ts';
import { explain } from '../../errors/index.ts';
import { Card, Notice, Page, ProgressBar } from '../../ui/index.ts';
import { History } from './History.tsx';
import { UploadForm } from './UploadForm.tsx';

/** Hands measurements in as CSV, and shows what became of each row. */
export function UploadsPage(): ReactNode {
  const [fraction, setFraction] = useState(0);
  const sending = useFiling(async (filer, request: UploadRequest) => {
    const { visitorToken } = await sendUpload(filer, request, setFraction);
    keepVisitorToken(visitorToken);
  });
  const problem = sending.error === null ? undefined : explain(sending.error);
  return (
    <Page
      title="Upload CSV"
      lead="What devices kept while they were offline, or measurements of meters that do not sign."
      back={{ href: '/fleet', label: 'Fleet' }}
    >
      <Card title="A file">
        <UploadForm busy={sending.isPending} onSend={sending.mutate} />
        {sending.isPending && (
          <ProgressBar
            label={fraction < 1 ? `Sending: ${Math.floor(fraction * 100)} %` : 'Being taken …'}
            fraction={fraction}
          />
        )}
        {problem !== undefined && (
          <Notice tone="bad" role="alert" title={`It was not taken: ${problem.title}`}>
            {problem.detail !== undefined && <p className="small">{problem.detail}</p>}
            <p className="small">
              {problem.todo} <code>{problem.code}</code>
            </p>
          </Notice>
        )}
        {sending.isSuccess && (
          <Notice tone="good" role="status" title="The file is there and is being read">
            <p className="small">Its rows are counted below; you may leave this page.</p>
          </Notice>
        )}
      </Card>
      <History />
    </Page>
  );
}

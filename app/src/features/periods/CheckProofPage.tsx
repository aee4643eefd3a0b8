import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { isAddress, type Address, type Hex } from 'viem';
import { useDeployment } from '../../config/index.ts';
import { useAnchor } from '../../data/index.ts';
import {
  Amount,
  Card,
  categoryName,
  emissionsUp,
  Facts,
  FileField,
  Hash,
  Moment,
  Notice,
  Page,
  QueryView,
  Refusal,
  scopeName,
  Table,
  TextField,
} from '../../ui/index.ts';
import { parseProofFile, proveLines, type ProofFile, type ProvenLine } from './proofFile.ts';

function LineTable({ lines }: { readonly lines: readonly ProvenLine[] }): ReactNode {
  return (
    <Table
      caption="Proven lines"
      rows={lines}
      rowKey={({ position }) => String(position)}
      columns={[
        { header: 'Day', cell: ({ date }) => date },
        {
          header: 'Line',
          cell: ({ scope, category }) => `${scopeName(scope)}, ${categoryName(category)}`,
        },
        { header: 'Site', cell: ({ site }) => (site === '' ? 'none named' : site) },
        { header: 'Evidence', cell: ({ evidence }) => <span className="wrap">{evidence}</span> },
        { header: 'Warming potentials', cell: ({ gwpSet }) => gwpSet },
        {
          header: 'Emissions',
          numeric: true,
          cell: ({ co2eNg }) => <Amount {...emissionsUp(co2eNg)} />,
        },
      ]}
    />
  );
}

/** The lines against the root that the chain answered; the file's own root counts for nothing. */
function Verdict({ file, root }: { readonly file: ProofFile; readonly root: Hex }): ReactNode {
  const query = useQuery({
    queryKey: ['line-proof', file, root],
    queryFn: () => proveLines(file, root),
    retry: false,
  });
  if (query.error !== null) {
    return <Refusal error={query.error} what="These lines are not in the anchored inventory" />;
  }
  return (
    <QueryView query={query} what="verdict">
      {(lines) => (
        <>
          <Notice tone="good" role="status" title="Every line of the file is in that inventory" />
          <LineTable lines={lines} />
        </>
      )}
    </QueryView>
  );
}

function AgainstChain(props: { readonly file: ProofFile; readonly anchorer: Address }): ReactNode {
  const { file, anchorer } = props;
  const { organisation, firstDay, lastDay, number } = file;
  const query = useAnchor({ anchorer, organisation, firstDay, lastDay, number });
  return (
    <QueryView query={query} what="anchor">
      {(anchor) =>
        anchor === null ? (
          <Notice tone="bad" role="alert" title="This wallet anchored no such inventory">
            <p className="small">Ask the company for the wallet with which it anchors.</p>
          </Notice>
        ) : (
          <>
            <Facts
              items={[
                { label: 'Anchored', value: <Moment at={anchor.anchoredAt} /> },
                { label: 'Root on the chain', value: <Hash value={anchor.root} what="root" /> },
              ]}
            />
            <Verdict file={file} root={anchor.root} />
          </>
        )
      }
    </QueryView>
  );
}

function Check({ file }: { readonly file: ProofFile }): ReactNode {
  const { inventoryAnchor } = useDeployment();
  const [typed, setTyped] = useState<string>(file.anchorer ?? '');
  const anchorer = typed.trim();
  const { firstDay, lastDay, number, organisation } = file;
  return (
    <Card title="What the file claims">
      <Facts
        items={[
          { label: 'Period', value: `${firstDay} to ${lastDay}` },
          { label: 'Inventory', value: number === 0 ? 'the first' : `restatement ${number}` },
          { label: 'Lines', value: file.lines.length },
          {
            label: 'Organisation',
            value: <Hash value={organisation} what="organisation" />,
            wide: true,
          },
        ]}
      />
      <TextField
        label="Wallet of the company"
        hint="Ask the company for it: the chain knows who anchored, not who owns the wallet."
        value={typed}
        onChange={setTyped}
        placeholder="0x…"
        error={isAddress(anchorer) ? undefined : 'An address: 0x and 40 hex digits.'}
      />
      {inventoryAnchor === undefined && (
        <Notice tone="bad" title="No inventories are anchored on this chain" />
      )}
      {inventoryAnchor !== undefined && isAddress(anchorer) && (
        <AgainstChain file={file} anchorer={anchorer} />
      )}
    </Card>
  );
}

/** Anybody checks the proof of a line here, without signing in and without the oracle. */
export function CheckProofPage(): ReactNode {
  const reading = useMutation({
    mutationFn: async (file: File) => parseProofFile(await file.text()),
  });
  return (
    <Page
      title="Check the proof of a line"
      lead="The file comes from a company; the root comes from the chain. The check runs in this browser."
      back={{ href: '/verify', label: 'Verify' }}
    >
      <Card title="A proof">
        <FileField
          label="Proof file from this computer"
          hint="It is read in this browser and sent nowhere."
          accept=".json,application/json"
          onFile={(file) => reading.mutate(file)}
        />
        <Refusal error={reading.error} what="This is no proof of a line" />
      </Card>
      {reading.data !== undefined && <Check key={reading.submittedAt} file={reading.data} />}
    </Page>
  );
}

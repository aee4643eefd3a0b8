import { toHex } from '@truetonne/protocol';
import type { ReactNode } from 'react';
import type { Hex } from 'viem';
import { Amount, Card, count, energy, Facts, Hash, Moment } from '../../ui/index.ts';
import type { WindowCheck } from './checkWindow.ts';
import { flagsText } from './fields.ts';

function Proof({ proof }: { readonly proof: readonly Hex[] }): ReactNode {
  return (
    <details className="details">
      <summary>Proof: {count(proof.length)} hashes up to the root</summary>
      <ol className="proof">
        {proof.map((partner, level) => (
          <li key={`${level} ${partner}`}>
            <Hash value={partner} what={`proof hash ${level + 1}`} full />
          </li>
        ))}
      </ol>
    </details>
  );
}

interface HeaderCardProps {
  readonly check: WindowCheck;
  readonly proof: readonly Hex[] | undefined;
}

/** What the device signed, field by field, with the signature. */
export function HeaderCard({ check, proof }: HeaderCardProps): ReactNode {
  const { header, headerHash, signature } = check.window;
  return (
    <Card title="Signed header">
      <Facts
        items={[
          { label: 'Sequence', value: count(header.sequence) },
          { label: 'Opened', value: <Moment at={header.openedAt} /> },
          { label: 'Closed', value: <Moment at={header.closedAt} /> },
          { label: 'Export register', value: <Amount {...energy(header.exportWh)} /> },
          { label: 'Import register', value: <Amount {...energy(header.importWh)} /> },
          { label: 'Flags', value: flagsText(header.flags) },
          {
            label: 'Hash of the readings',
            value: <Hash value={header.readingsHash} what="hash of the readings" full />,
            wide: true,
          },
          {
            label: 'Hash of the window before',
            value: <Hash value={header.previousHash} what="hash of the window before" full />,
            wide: true,
          },
          {
            label: 'Hash of this header (leaf)',
            value: <Hash value={headerHash} what="hash of this header" full />,
            wide: true,
          },
          {
            label: 'Signature (r ‖ s)',
            value: <Hash value={toHex(signature)} what="signature" full />,
            wide: true,
          },
        ]}
      />
      {proof !== undefined && <Proof proof={proof} />}
    </Card>
  );
}

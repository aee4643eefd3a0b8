import { useState, type ReactNode } from 'react';
import { sha256 } from 'viem';
import { FileField, Hash } from '../../ui/index.ts';
import type { Evidence } from './draft.ts';

/** A document that a statement is about: only its hash is sent. */
export function EvidenceField(props: {
  readonly label: string;
  readonly evidence: Evidence | undefined;
  readonly onChange: (evidence: Evidence) => void;
}): ReactNode {
  const { label, evidence, onChange } = props;
  const [unreadable, setUnreadable] = useState(false);
  const read = async (file: File): Promise<void> => {
    try {
      const hash = sha256(new Uint8Array(await file.arrayBuffer()));
      setUnreadable(false);
      onChange({ name: file.name, hash });
    } catch {
      setUnreadable(true);
    }
  };
  return (
    <div className="stack-small">
      <FileField
        label={label}
        hint="It is read in this browser and sent nowhere; its hash is stated. Keep it for the verifier."
        onFile={(file) => void read(file)}
      />
      <p className="small" aria-live="polite">
        {unreadable && 'The file could not be read.'}
        {!unreadable && evidence !== undefined && (
          <>
            {evidence.name}: <Hash value={evidence.hash} what="hash of the document" />
          </>
        )}
      </p>
    </div>
  );
}

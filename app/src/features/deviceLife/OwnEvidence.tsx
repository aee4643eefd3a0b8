import { useState, type ReactNode } from 'react';
import type { Device } from '../../api/indexer/index.ts';
import { explain } from '../../errors/index.ts';
import { Card, TextAreaField } from '../../ui/index.ts';
import { Proof } from './EvidenceCard.tsx';
import { readSignedHeader, type HeaderPair } from './evidence.ts';

type Read = { readonly signed: HeaderPair['a'] } | { readonly problem: string | undefined };

/** What was typed as a window; nothing is wrong with an empty field. */
function read(text: string, field: string): Read {
  if (text.trim() === '') return { problem: undefined };
  try {
    return { signed: readSignedHeader(text, field) };
  } catch (error) {
    const { code, title, todo, detail } = explain(error);
    return { problem: `${code}: ${title}. ${detail ?? ''} ${todo}` };
  }
}

function Windows({ device }: { readonly device: Device }): ReactNode {
  const [texts, setTexts] = useState({ a: '', b: '' });
  const [a, b] = [read(texts.a, 'the first window'), read(texts.b, 'the second window')];
  return (
    <div className="stack-small">
      <TextAreaField
        label="One window"
        hint="As hex, or the JSON that the device posts. It is checked in this browser and sent nowhere before you freeze."
        error={'problem' in a ? a.problem : undefined}
        value={texts.a}
        onChange={(text) => setTexts({ ...texts, a: text })}
      />
      <TextAreaField
        label="Another window with the same number"
        error={'problem' in b ? b.problem : undefined}
        value={texts.b}
        onChange={(text) => setTexts({ ...texts, b: text })}
      />
      {'signed' in a && 'signed' in b && (
        <Proof device={device} pair={{ a: a.signed, b: b.signed }} />
      )}
    </div>
  );
}

/** For whoever holds two windows of one number that the oracle may never have seen. */
export function OwnEvidenceCard({ device }: { readonly device: Device }): ReactNode {
  // One that is frozen from here stays: the dialog that did it says so, and is closed by hand.
  const [wasFrozen] = useState(device.state === 'frozen');
  if (wasFrozen) return null;
  return (
    <Card title="Was its key copied?">
      <p>
        Two different windows with one number, both signed by this device, prove it, and anyone who
        has them can have the contract freeze it. Where the oracle has them, they are shown on this
        page.
      </p>
      <details className="details">
        <summary>I have two such windows</summary>
        <Windows device={device} />
      </details>
    </Card>
  );
}

import type { ReactNode } from 'react';
import type { ActivityImport } from '../../api/index.ts';
import { titleOf } from '../../reasons/index.ts';
import { Badge, count, type Tone } from '../../ui/index.ts';

const STATES: Readonly<Record<ActivityImport['state'], readonly [Tone, string]>> = {
  queued: ['plain', 'Waiting'],
  running: ['plain', 'Being read'],
  done: ['good', 'Done'],
  failed: ['bad', 'Failed'],
  cancelled: ['plain', 'Stopped'],
  undone: ['plain', 'Undone'],
};

export function isUnderway({ state }: ActivityImport): boolean {
  return state === 'queued' || state === 'running';
}

export function ImportState({ state, dryRun, code, ...rows }: ActivityImport): ReactNode {
  const nothing = state === 'done' && rows.accepted + rows.duplicate === 0;
  const [tone, label] = nothing ? (['warn', 'Nothing taken'] as const) : STATES[state];
  return (
    <span>
      <Badge tone={tone}>{label}</Badge>{' '}
      <span className="small">
        {dryRun && 'dry run: nothing was stored'}
        {code !== undefined && ` ${titleOf(code)}`}
      </span>
    </span>
  );
}

/** "980 taken · 3 known · 17 refused", and "· 4 empty" where cells of months were. */
export function rowsOf({ accepted, duplicate, refused, skipped }: ActivityImport): string {
  const taken = `${count(accepted)} taken · ${count(duplicate)} known · ${count(refused)} refused`;
  return skipped === 0 ? taken : `${taken} · ${count(skipped)} empty`;
}

import { useState, type ReactNode } from 'react';
import { createKey, fetchKeys, revokeKey, type ApiKey } from '../../api/index.ts';
import { useOwn, useWrite } from '../../data/index.ts';
import {
  Ago,
  Ahead,
  Badge,
  Card,
  CheckField,
  ConfirmButton,
  Empty,
  Notice,
  QueryView,
  Table,
  TextField,
  useNow,
} from '../../ui/index.ts';
import { GuardedRefusal } from '../session/index.ts';
import { useOrganisation } from './OrganisationPage.tsx';
import { WithFeature } from './WithFeature.tsx';

const SCOPES = [
  'organisation:read',
  'inventory:read',
  'activities:read',
  'activities:write',
  'factors:write',
  'suppliers:read',
  'suppliers:write',
  'goals:read',
  'periods:read',
  'audit:read',
] as const;

const SECONDS_PER_DAY = 86_400;

function State({ revokedAt, expiresAt }: ApiKey): ReactNode {
  const now = useNow(30_000);
  if (revokedAt !== undefined) return <Badge tone="bad">Revoked</Badge>;
  if (expiresAt <= now) return <Badge tone="plain">Expired</Badge>;
  return <Badge tone="good">In use</Badge>;
}

interface ScopeProps {
  readonly scopes: ReadonlySet<string>;
  readonly onChange: (scopes: ReadonlySet<string>) => void;
}

function ScopeChoice({ scopes, onChange }: ScopeProps): ReactNode {
  const without = (scope: string): readonly string[] => [...scopes].filter((one) => one !== scope);
  return (
    <fieldset className="columns-field">
      <legend>What it may do</legend>
      <div className="form form-wide">
        {SCOPES.map((scope) => (
          <CheckField
            key={scope}
            label={scope}
            checked={scopes.has(scope)}
            onChange={(on) => onChange(new Set(on ? [...scopes, scope] : without(scope)))}
          />
        ))}
      </div>
    </fieldset>
  );
}

function NewKeyText({ text }: { readonly text: string }): ReactNode {
  return (
    <Notice tone="good" role="status" title="Copy it now: it is shown this once">
      <p>
        <code className="wrap">{text}</code>
      </p>
      <p className="small">
        Send it as <code>Authorization: Bearer …</code>
      </p>
    </Notice>
  );
}

function NewKey(): ReactNode {
  const { id } = useOrganisation();
  const now = useNow(30_000);
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [scopes, setScopes] = useState<ReadonlySet<string>>(new Set(['inventory:read']));
  const making = useWrite(
    (writer, body: Parameters<typeof createKey>[2]) => createKey(writer, id, body),
    () => setName(''),
  );
  const inDays = /^[1-9]\d{0,2}$/.test(days) ? Number(days) : undefined;
  const ready = name.trim() !== '' && inDays !== undefined && scopes.size > 0;
  return (
    <form
      className="stack-small"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (inDays === undefined || !ready) return;
        const expiresAt = Math.floor(now) + inDays * SECONDS_PER_DAY;
        making.mutate({ name, scopes: [...scopes], expiresAt });
      }}
    >
      <div className="form">
        <TextField label="A new key for" value={name} onChange={setName} maxLength={120} />
        <TextField
          label="Good for, days"
          value={days}
          onChange={setDays}
          inputMode="decimal"
          error={inDays === undefined ? 'Enter 1 to 999.' : undefined}
        />
      </div>
      <ScopeChoice scopes={scopes} onChange={setScopes} />
      <div>
        <button type="submit" className="button" disabled={!ready || making.isPending}>
          Make the key
        </button>
      </div>
      <GuardedRefusal write={making} what="No key was made" />
      {making.data !== undefined && <NewKeyText text={making.data.key} />}
    </form>
  );
}

/** Keys for programs: made, listed, revoked. */
export function KeysCard(): ReactNode {
  const { id } = useOrganisation();
  const query = useOwn([id, 'keys'], (oracleUrl) => fetchKeys(oracleUrl, id));
  const revoking = useWrite((writer, which: string) => revokeKey(writer, id, which));
  return (
    <Card title="API keys">
      <QueryView
        query={query}
        what="keys"
        isEmpty={(all) => all.length === 0}
        empty={<Empty title="No program has a key" />}
      >
        {(all) => (
          <Table
            caption="API keys"
            rows={all}
            rowKey={(one) => one.id}
            columns={[
              { header: 'For', cell: ({ name }) => <span className="cell-text">{name}</span> },
              { header: 'Begins', cell: ({ prefix }) => <code>{prefix}…</code> },
              { header: 'State', cell: (one) => <State {...one} /> },
              { header: 'Until', cell: ({ expiresAt }) => <Ahead at={expiresAt} /> },
              {
                header: 'Last used',
                cell: ({ seenAt }) =>
                  seenAt === undefined ? <span className="muted">never</span> : <Ago at={seenAt} />,
              },
              {
                header: 'Revoke',
                cell: (one) => (
                  <ConfirmButton
                    text="Revoke"
                    consequence="Programs that use it are refused from this moment on."
                    disabled={one.revokedAt !== undefined || revoking.isPending}
                    onConfirm={() => revoking.mutate(one.id)}
                  />
                ),
              },
            ]}
          />
        )}
      </QueryView>
      <GuardedRefusal write={revoking} what="It was not revoked" />
      <WithFeature feature="apiKeys">
        <NewKey />
      </WithFeature>
    </Card>
  );
}

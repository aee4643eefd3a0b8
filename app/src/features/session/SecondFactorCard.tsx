import { useState, type ReactNode } from 'react';
import {
  addPasskey,
  beginCodeApp,
  confirmCodeApp,
  fetchSecondFactors,
  removeSecondFactor,
  type NewCodeApp,
  type SecondFactor,
} from '../../api/index.ts';
import { useOwn, useWrite } from '../../data/index.ts';
import {
  Card,
  ConfirmButton,
  Empty,
  Moment,
  Notice,
  QueryView,
  Refusal,
  Table,
  TextField,
} from '../../ui/index.ts';
import { ShowFactor } from './ShowFactor.tsx';

/** Turns a new code app on with its first code. */
function Confirm(props: { readonly app: NewCodeApp; readonly onDone: () => void }): ReactNode {
  const { app, onDone } = props;
  const [code, setCode] = useState('');
  const confirming = useWrite(
    (writer, typed: string) => confirmCodeApp(writer, app.id, typed),
    onDone,
  );
  return (
    <Notice tone="good" title="Enter this secret in the app, then a code of it here">
      <p>
        <code>{app.secret}</code> <a href={app.uri}>Open in the app</a>
      </p>
      <div className="row">
        <TextField label="Code" value={code} onChange={setCode} inputMode="decimal" maxLength={6} />
        <button
          type="button"
          className="button"
          disabled={!/^\d{6}$/.test(code) || confirming.isPending}
          onClick={() => confirming.mutate(code)}
        >
          Turn it on
        </button>
      </div>
      <Refusal error={confirming.error} what="It is not on yet" />
    </Notice>
  );
}

function Add(): ReactNode {
  const [name, setName] = useState('');
  const app = useWrite(beginCodeApp);
  const passkey = useWrite(addPasskey);
  const busy = name.trim() === '' || app.isPending || passkey.isPending;
  return (
    <div className="stack-small">
      <TextField label="Name of a new one" value={name} onChange={setName} maxLength={120} />
      <div className="row">
        <button type="button" className="button" disabled={busy} onClick={() => app.mutate(name)}>
          Add a code app
        </button>
        <button
          type="button"
          className="button button-quiet"
          disabled={busy}
          onClick={() => passkey.mutate(name)}
        >
          Add a passkey
        </button>
      </div>
      <Refusal error={app.error ?? passkey.error} what="Nothing was added" />
      {app.data !== undefined && <Confirm key={app.data.id} app={app.data} onDone={app.reset} />}
    </div>
  );
}

function List({ factors }: { readonly factors: readonly SecondFactor[] }): ReactNode {
  const removing = useWrite(removeSecondFactor);
  return (
    <>
      <Table
        caption="Second factors"
        rows={factors}
        rowKey={({ id }) => id}
        columns={[
          { header: 'Name', cell: ({ name }) => name },
          { header: 'Kind', cell: ({ kind }) => (kind === 'totp' ? 'Code app' : 'Passkey') },
          { header: 'Since', cell: ({ createdAt }) => <Moment at={createdAt} /> },
          {
            header: 'Turn off',
            cell: ({ id }) => (
              <ConfirmButton
                text="Turn off"
                consequence="It is asked for no more."
                disabled={removing.isPending}
                onConfirm={() => removing.mutate(id)}
              />
            ),
          },
        ]}
      />
      <Refusal error={removing.error} what="It is still on" />
      <ShowFactor factors={factors} />
    </>
  );
}

/** What beside the wallet is asked for before dangerous acts. */
export function SecondFactorCard(): ReactNode {
  const query = useOwn(['second-factors'], fetchSecondFactors);
  return (
    <Card title="Second factor of this wallet">
      <QueryView
        query={query}
        what="second factors"
        isEmpty={(all) => all.length === 0}
        empty={
          <Empty title="None is on">
            <p>With one, a stolen session alone can&apos;t change roles or make keys.</p>
          </Empty>
        }
      >
        {(all) => <List factors={all} />}
      </QueryView>
      <Add />
    </Card>
  );
}

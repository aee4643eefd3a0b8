import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { Address } from 'viem';
import { fetchSupplier, inviteSupplier, type Supplier } from '../../api/index.ts';
import { useOwn, useSignedIn, useWrite } from '../../data/index.ts';
import { checkReceiver } from '../../forms/index.ts';
import { Card, Facts, Notice, QueryView, TextField } from '../../ui/index.ts';
import {
  isAdmin,
  isEditor,
  OrganisationPage,
  useOrganisation,
  WithFeature,
} from '../organisations/index.ts';
import { GuardedRefusal } from '../session/index.ts';
import { FiguresCard } from './FiguresCard.tsx';
import { SpendCard } from './SpendCard.tsx';

/** The wallet becomes one that sees the supplier's own portal and nothing else. */
function Invite({ supplier }: { readonly supplier: Supplier }): ReactNode {
  const { id } = useOrganisation();
  const { address } = useSignedIn();
  const [typed, setTyped] = useState('');
  const checked = checkReceiver(typed, address);
  const inviting = useWrite(
    (writer, whom: Address) => inviteSupplier(writer, id, supplier.id, whom),
    () => setTyped(''),
  );
  return (
    <>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (checked.ok) inviting.mutate(checked.value);
        }}
      >
        <TextField
          label="Invite its wallet"
          value={typed}
          onChange={setTyped}
          placeholder="0x…"
          hint="It submits its own figures, and sees nothing of you but your name."
          error={typed === '' || checked.ok ? undefined : checked.problem}
        />
        <div>
          <button type="submit" className="button" disabled={!checked.ok || inviting.isPending}>
            Invite
          </button>
        </div>
      </form>
      {inviting.isSuccess && (
        <Notice tone="good" role="status" title="Invited">
          <p className="small">
            It signs in here with that wallet and accepts at <code>/organisations/new</code>.
          </p>
        </Notice>
      )}
      <GuardedRefusal write={inviting} what="It was not invited" />
    </>
  );
}

function Opened({ which }: { readonly which: string }): ReactNode {
  const { id, role } = useOrganisation();
  const query = useOwn([id, 'supplier', which], (oracleUrl) => fetchSupplier(oracleUrl, id, which));
  return (
    <>
      <p className="small">
        <Link href={`/suppliers?organisation=${id}`}>← All suppliers</Link>
      </p>
      <QueryView query={query} what="supplier">
        {(supplier) => (
          <>
            <Card title={supplier.name}>
              <Facts
                items={[
                  { label: 'Country', value: supplier.country },
                  { label: 'Industry (NAICS)', value: supplier.naics ?? 'not named' },
                  {
                    label: 'Contact',
                    value: supplier.contact === '' ? 'none' : supplier.contact,
                  },
                ]}
              />
              {isAdmin(role) && (
                <WithFeature feature="suppliers">
                  <Invite supplier={supplier} />
                </WithFeature>
              )}
            </Card>
            <FiguresCard supplierId={supplier.id} />
            {isEditor(role) && <SpendCard supplier={supplier} />}
          </>
        )}
      </QueryView>
    </>
  );
}

/** One supplier: its figures, an estimate by spend, and the invitation of its wallet. */
export function SupplierPage({ id }: { readonly id: string }): ReactNode {
  return (
    <OrganisationPage title="Supplier">
      <Opened which={id} />
    </OrganisationPage>
  );
}

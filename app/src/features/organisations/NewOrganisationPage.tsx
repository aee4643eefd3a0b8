import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import {
  acceptInvitation,
  createOrganisation,
  fetchInvitationsOfMine,
  GWP_SETS,
  type GwpSet,
  type Invitation,
} from '../../api/index.ts';
import { useOwn, useWrite } from '../../data/index.ts';
import {
  Ahead,
  Card,
  ChoiceField,
  Page,
  QueryView,
  Refusal,
  SelectField,
  Table,
  TextField,
} from '../../ui/index.ts';
import { PlacesCard, SignedIn } from '../session/index.ts';
import { roleName } from './roles.ts';

function useOpen(): (organisationId: string) => void {
  const [, go] = useLocation();
  return (id) => go(`/organisation?organisation=${id}`);
}

function Invitations(): ReactNode {
  const invitations = useOwn(['invitations-of-mine'], fetchInvitationsOfMine);
  const open = useOpen();
  const accepting = useWrite((writer, { id }: Invitation) => acceptInvitation(writer, id));
  const [, go] = useLocation();
  const accept = (one: Invitation): void => {
    const { organisationId, role } = one;
    const onSuccess = (): void =>
      role === 'supplier' ? go(`/suppliers?organisation=${organisationId}`) : open(organisationId);
    accepting.mutate(one, { onSuccess });
  };
  return (
    <QueryView query={invitations} what="invitations" isEmpty={(all) => all.length === 0}>
      {(all) => (
        <Card title="You are invited">
          <Table
            caption="Invitations"
            rows={all}
            rowKey={({ id }) => id}
            columns={[
              { header: 'Organisation', cell: (one) => one.organisationName },
              { header: 'As', cell: ({ role }) => roleName(role) },
              { header: 'Good until', cell: ({ expiresAt }) => <Ahead at={expiresAt} /> },
              {
                header: 'Answer',
                cell: (one) => (
                  <button
                    type="button"
                    className="button button-small"
                    disabled={accepting.isPending}
                    onClick={() => accept(one)}
                  >
                    Accept
                  </button>
                ),
              },
            ]}
          />
          <Refusal error={accepting.error} what="You did not become a member" />
        </Card>
      )}
    </QueryView>
  );
}

const KINDS = [
  { value: 'organisation', label: 'Organisation', note: 'With members and roles' },
  { value: 'individual', label: 'Individual', note: 'Your own books' },
] as const;

const SETS = GWP_SETS.map((set) => ({ value: set, label: `IPCC ${set}` }));

function NewForm(): ReactNode {
  const [kind, setKind] = useState<'organisation' | 'individual'>('organisation');
  const [name, setName] = useState('');
  const [country, setCountry] = useState('');
  const [gwpSet, setGwpSet] = useState<GwpSet>('AR5');
  const open = useOpen();
  const creating = useWrite(createOrganisation, ({ id }) => open(id));
  const ready = name.trim() !== '' && /^[A-Za-z]{2}$/.test(country);
  return (
    <form
      className="stack-small"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) creating.mutate({ kind, name, country: country.toUpperCase(), gwpSet });
      }}
    >
      <ChoiceField legend="Whose books" value={kind} onChange={setKind} options={KINDS} />
      <TextField label="Name" value={name} onChange={setName} maxLength={120} required />
      <TextField
        label="Country"
        value={country}
        onChange={setCountry}
        maxLength={2}
        hint="Two letters of ISO 3166-1, such as NL"
        required
      />
      <SelectField
        label="Global warming potentials"
        value={gwpSet}
        onChange={(value) => setGwpSet(GWP_SETS.find((set) => set === value) ?? gwpSet)}
        options={SETS}
      />
      <p className="field-hint">
        Every total is in CO₂e of this one set. CSRD and IFRS S2 ask for the latest (AR6); the GHG
        Protocol&apos;s national inventories use AR5.
      </p>
      <div>
        <button type="submit" className="button" disabled={!ready || creating.isPending}>
          Open the books
        </button>
      </div>
      <Refusal error={creating.error} what="It was not opened" />
    </form>
  );
}

/** Opens an organisation, or joins one. */
export function NewOrganisationPage(): ReactNode {
  return (
    <Page
      title="Open an organisation"
      lead="Keep an inventory of Scope 1, 2 and 3 that an auditor can take apart line by line."
      back={{ href: '/organisation', label: 'Organisation' }}
    >
      <SignedIn why="An organisation belongs to wallets: sign in to open one or to join.">
        <Invitations />
        <Card title="A new one">
          <NewForm />
        </Card>
        <PlacesCard />
      </SignedIn>
    </Page>
  );
}

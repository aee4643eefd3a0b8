import { createContext, use, useEffect, type ReactNode } from 'react';
import { Link } from 'wouter';
import { fetchMemberships, type Membership } from '../../api/index.ts';
import { useOwn } from '../../data/index.ts';
import { Empty, Page, QueryView, SelectField } from '../../ui/index.ts';
import { SignedIn } from '../session/index.ts';
import {
  chooseOrganisation,
  rememberedOrganisation,
  rememberOrganisation,
  useNamedOrganisation,
  useNaming,
} from './useOrganisation.ts';

const OrganisationContext = createContext<Membership | undefined>(undefined);

/** The organisation that the page around is about, and what the signed-in wallet is in it. */
export function useOrganisation(): Membership {
  const membership = use(OrganisationContext);
  if (membership === undefined) throw new Error('useOrganisation outside of <OrganisationPage>');
  return membership;
}

interface ChosenProps {
  readonly memberships: readonly Membership[];
  readonly forSuppliers: boolean;
  readonly children: ReactNode;
}

/** For whoever submits figures to an organisation and is no reader of its books. */
function OnlyFigures({ membership }: { readonly membership: Membership }): ReactNode {
  return (
    <Empty title="A supplier sees its own figures alone">
      <p>
        {membership.name} shares nothing else with you. Go to{' '}
        <Link href={`/suppliers?organisation=${membership.id}`}>your figures</Link>.
      </p>
    </Empty>
  );
}

function Chosen({ memberships, forSuppliers, children }: ChosenProps): ReactNode {
  const { named, choose } = useNamedOrganisation();
  const chosen = chooseOrganisation(memberships, named, rememberedOrganisation());
  const seen = chosen?.id;
  useEffect(() => {
    if (seen !== undefined) rememberOrganisation(seen);
  }, [seen]);
  useNaming(seen);
  return (
    <>
      {(memberships.length > 1 || chosen === undefined) && (
        <SelectField
          label="Organisation"
          value={chosen?.id ?? ''}
          onChange={choose}
          options={[
            ...(chosen === undefined ? [{ value: '', label: 'Choose one' }] : []),
            ...memberships.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      {chosen === undefined ? (
        <Empty title="This wallet is no member of that organisation">
          <p>Ask one of its admins to invite it, or choose another organisation above.</p>
        </Empty>
      ) : (
        <OrganisationContext key={chosen.id} value={chosen}>
          {chosen.role === 'supplier' && !forSuppliers ? (
            <OnlyFigures membership={chosen} />
          ) : (
            children
          )}
        </OrganisationContext>
      )}
    </>
  );
}

function NoOrganisation(): ReactNode {
  return (
    <Empty title="This wallet belongs to no organisation yet">
      <p>
        <Link href="/organisations/new">Open one, or accept an invitation</Link>.
      </p>
    </Empty>
  );
}

function Mine({ children, forSuppliers }: Omit<ChosenProps, 'memberships'>): ReactNode {
  const memberships = useOwn(['memberships'], fetchMemberships);
  return (
    <QueryView
      query={memberships}
      what="organisations"
      isEmpty={(all) => all.length === 0}
      empty={<NoOrganisation />}
    >
      {(all) => (
        <Chosen memberships={all} forSuppliers={forSuppliers}>
          {children}
        </Chosen>
      )}
    </QueryView>
  );
}

interface OrganisationPageProps {
  readonly title: string;
  readonly lead?: string;
  /** Whether it has something for a supplier of the organisation as well. */
  readonly forSuppliers?: boolean;
  readonly children: ReactNode;
}

/** A page of one organisation: sign in, choose the organisation, then what `children` show of it. */
export function OrganisationPage(props: OrganisationPageProps): ReactNode {
  const { title, lead, forSuppliers = false, children } = props;
  return (
    <Page title={title} lead={lead}>
      <SignedIn why="An organisation's books are open to its members alone.">
        <Mine forSuppliers={forSuppliers}>{children}</Mine>
      </SignedIn>
    </Page>
  );
}

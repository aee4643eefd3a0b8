import { useState, type ReactNode } from 'react';
import {
  changeOrganisation,
  fetchOrganisation,
  GWP_SETS,
  type Organisation,
  type OrganisationChange,
  type Versioned,
} from '../../api/index.ts';
import { useOwn, useWrite } from '../../data/index.ts';
import {
  Card,
  CheckField,
  Facts,
  Hash,
  QueryView,
  SelectField,
  TextField,
} from '../../ui/index.ts';
import { GuardedRefusal } from '../session/index.ts';
import { useOrganisation } from './OrganisationPage.tsx';
import { isAdmin, roleName } from './roles.ts';
import { RuleFields, type FactorRules } from './RuleFields.tsx';

const SETS = GWP_SETS.map((set) => ({ value: set, label: `IPCC ${set}` }));

function DetailsForm({ value, etag }: Versioned<Organisation>): ReactNode {
  const [name, setName] = useState(value.name);
  const [gwpSet, setGwpSet] = useState(value.gwpSet);
  const [strict, setStrict] = useState(value.secondFactorRequired);
  const [rules, setRules] = useState<FactorRules>(value);
  const saving = useWrite((writer, change: OrganisationChange) =>
    changeOrganisation(writer, value.id, etag, change),
  );
  const { otherGwpSet, widenRegion, carryForwardYears } = rules;
  const change = {
    ...{ name, gwpSet, secondFactorRequired: strict },
    ...{ otherGwpSet, widenRegion, carryForwardYears },
  };
  const changed =
    name !== value.name ||
    gwpSet !== value.gwpSet ||
    strict !== value.secondFactorRequired ||
    otherGwpSet !== value.otherGwpSet ||
    widenRegion !== value.widenRegion ||
    carryForwardYears !== value.carryForwardYears;
  return (
    <form
      className="stack-small"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) saving.mutate(change);
      }}
    >
      <TextField label="Name" value={name} onChange={setName} maxLength={120} />
      <SelectField
        label="Global warming potentials"
        value={gwpSet}
        onChange={(typed) => setGwpSet(GWP_SETS.find((set) => set === typed) ?? gwpSet)}
        options={SETS}
      />
      <RuleFields rules={rules} onChange={setRules} />
      <CheckField
        label="Dangerous acts need a second factor"
        checked={strict}
        onChange={setStrict}
        hint="Members who have none can then not change roles, make keys or close periods."
      />
      <div>
        <button type="submit" className="button" disabled={!changed || saving.isPending}>
          Save
        </button>
      </div>
      <GuardedRefusal write={saving} what="It was not saved" />
    </form>
  );
}

/** What the organisation is; its admins can change it. */
export function DetailsCard(): ReactNode {
  const { id, role } = useOrganisation();
  const query = useOwn([id, 'organisation'], (oracleUrl) => fetchOrganisation(oracleUrl, id));
  return (
    <QueryView query={query} what="organisation">
      {({ value, etag }) => (
        <Card title={value.name}>
          <Facts
            items={[
              { label: 'You are', value: roleName(role) },
              { label: 'Country', value: value.country },
              { label: 'Potentials', value: `IPCC ${value.gwpSet}` },
              {
                label: 'CO₂e under other potentials',
                value: value.otherGwpSet === 'refuse' ? 'refused' : 'shown apart',
              },
              {
                label: 'Its name on the chain',
                value: <Hash value={value.anchorId} what="anchor id" />,
              },
            ]}
          />
          {isAdmin(role) && <DetailsForm key={value.version} value={value} etag={etag} />}
        </Card>
      )}
    </QueryView>
  );
}

import { useState, type ReactNode } from 'react';
import type { Plan } from '../../chain/index.ts';
import { monthsOf, planName } from '../../plans/index.ts';
import { Badge, Card, Hash, Table, usd, type Column } from '../../ui/index.ts';
import { createForm, offersForm, repriceForm, retireTransaction } from './planForms.ts';
import { OfficeButton, OfficeDialog, type Doing, type OfficeProps } from './OfficeDialog.tsx';

function seasonOf({ seasonMonths, seasonPercent }: Plan): string {
  if (seasonMonths === 0 || seasonPercent === 0) return 'none';
  return `${seasonPercent} % in ${monthsOf(seasonMonths)}`;
}

/** With a column of buttons for who may use them. */
function columnsOf(
  plans: readonly Plan[],
  buttons: ((plan: Plan) => ReactNode) | undefined,
): readonly Column<Plan>[] {
  return [
    { header: 'Id', cell: ({ id }) => id },
    {
      header: 'Plan',
      cell: ({ id, retired }) => (
        <>
          {planName(id, plans)} {retired && <Badge tone="warn">Retired</Badge>}
        </>
      ),
    },
    { header: '30 days', numeric: true, cell: ({ monthlyUsd }) => usd(monthlyUsd) },
    { header: '365 days', numeric: true, cell: ({ yearlyUsd }) => usd(yearlyUsd) },
    { header: 'Season', cell: seasonOf },
    { header: 'Welcome', cell: ({ welcomePercent }) => `${welcomePercent} %` },
    {
      header: 'Promo signer',
      cell: ({ promoSigner }) =>
        BigInt(promoSigner) === 0n ? 'none' : <Hash value={promoSigner} what="address" />,
    },
    ...(buttons === undefined ? [] : [{ header: 'Actions', cell: buttons }]),
  ];
}

/** What is sold, and for the operator: to create, reprice, discount and retire it. */
export function PlansCard(props: OfficeProps & { readonly plans: readonly Plan[] }): ReactNode {
  const { contracts, role, plans } = props;
  const [doing, setDoing] = useState<Doing>();
  const buttons = (plan: Plan): ReactNode => {
    const name = planName(plan.id, plans);
    if (plan.retired || plan.tier === 'free') return <span className="muted">none</span>;
    return (
      <div className="row">
        <OfficeButton
          label={`Reprice ${name}`}
          text="Reprice"
          onClick={() => setDoing({ form: repriceForm(contracts.plans, plan, name) })}
        />
        <OfficeButton
          label={`Offers of ${name}`}
          text="Offers"
          onClick={() => setDoing({ form: offersForm(contracts.plans, plan, name) })}
        />
        <OfficeButton
          label={`Retire ${name}`}
          text="Retire"
          onClick={() => setDoing({ transaction: retireTransaction(contracts.plans, plan, name) })}
        />
      </div>
    );
  };
  return (
    <Card
      title="Plans"
      aside={
        role.operator && (
          <OfficeButton
            label="Create a plan"
            text="Create a plan"
            onClick={() => setDoing({ form: createForm(contracts.plans) })}
          />
        )
      }
    >
      <Table
        caption="Plans"
        rows={plans}
        rowKey={({ id }) => String(id)}
        columns={columnsOf(plans, role.operator ? buttons : undefined)}
      />
      <OfficeDialog {...props} doing={doing} onClose={() => setDoing(undefined)} />
    </Card>
  );
}

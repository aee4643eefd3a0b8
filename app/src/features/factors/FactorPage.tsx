import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { FactorDetail } from '../../api/index.ts';
import { useFactor } from '../../data/index.ts';
import { Card, Empty, Facts, gasName, Notice, Page, QueryView, Table } from '../../ui/index.ts';
import { unitName, usesText, validText } from './words.ts';

/** What a reader must know before using it. */
function Warning({ basis }: FactorDetail): ReactNode {
  if (basis === 'lifecycle') {
    return (
      <Notice tone="warn" title="A life-cycle average is no Scope 2 factor">
        <p>It holds upstream emissions, which belong to Scope 3, category 3.</p>
      </Notice>
    );
  }
  if (basis !== 'margin') return null;
  return (
    <Notice tone="warn" title="A margin is for projects, not for an inventory">
      <p>It says what another kilowatt-hour changes, not what the grid emits on average.</p>
    </Notice>
  );
}

function Gases({ gases, unit }: FactorDetail): ReactNode {
  return (
    <Card title={`Per ${unitName(unit)}`}>
      <Table
        caption="Mass by gas"
        rows={gases}
        rowKey={({ gas }) => gas}
        columns={[
          { header: 'Gas', cell: ({ gas }) => gasName(gas) },
          { header: 'Kilograms, exact', numeric: true, cell: ({ kg }) => <code>{kg}</code> },
          {
            header: 'Counted as',
            cell: ({ co2eUnder }) =>
              co2eUnder === undefined ? 'mass of the gas' : `CO₂e under ${co2eUnder}`,
          },
        ]}
      />
    </Card>
  );
}

function Potentials({ co2e, gases, unit }: FactorDetail): ReactNode {
  const only = gases.find(({ gas }) => gas === 'CO2e')?.co2eUnder;
  const missing = only === undefined ? 'no potential in this report' : `only under ${only}`;
  return (
    <Card title="In CO₂e">
      <Table
        caption="CO2e under each report of the IPCC"
        rows={co2e}
        rowKey={({ gwpSet }) => gwpSet}
        columns={[
          { header: 'Report', cell: ({ gwpSet }) => gwpSet },
          {
            header: `kg CO₂e per ${unitName(unit)}`,
            numeric: true,
            cell: ({ kg }) => (kg === undefined ? missing : <code>{kg}</code>),
          },
        ]}
      />
    </Card>
  );
}

/** What a result with this factor will carry, and by whom. */
function Uncertainty({ uncertaintyPercent, source }: FactorDetail): ReactNode {
  return (
    <Card title="Uncertainty">
      {uncertaintyPercent === undefined ? (
        <p>
          Its publisher states none, and none is put in its place. A result with this factor has no
          interval, unless the activity cites an uncertainty of the factor, ±% at 95 %, with the
          document that it is from.
        </p>
      ) : (
        <p>
          ± {uncertaintyPercent} %, half of the 95 % interval, as {source.publisher} states it. A
          result has an interval where each figure of the activity states its uncertainty as well.
        </p>
      )}
    </Card>
  );
}

function Origin(factor: FactorDetail): ReactNode {
  const { source, published, notes } = factor;
  return (
    <Card title="Where it comes from">
      <Facts
        items={[
          { label: 'Set', value: source.title },
          { label: 'Publisher', value: source.publisher },
          { label: 'Licence', value: source.licence },
          { label: 'Valid for activities of', value: validText(factor) },
          { label: 'Figures of', value: String(factor.year) },
          { label: 'Region', value: factor.region },
          { label: 'For', value: usesText(factor.uses) },
          { label: 'Covers', value: factor.basis },
          { label: 'As printed', value: published, wide: true },
          ...(notes === undefined ? [] : [{ label: 'Note', value: notes, wide: true }]),
          { label: 'Source', value: <a href={source.source}>{source.source}</a>, wide: true },
          { label: 'Id', value: <code className="hash-long">{factor.id}</code>, wide: true },
          {
            label: 'SHA-256 of the set',
            value: <code className="hash-long">{source.sha256}</code>,
            wide: true,
          },
        ]}
      />
    </Card>
  );
}

function One({ id }: { readonly id: string }): ReactNode {
  return (
    <QueryView query={useFactor(id)} what="factor">
      {(factor) => (
        <>
          <h2>{factor.name}</h2>
          <Warning {...factor} />
          <Gases {...factor} />
          <Potentials {...factor} />
          <Uncertainty {...factor} />
          <Origin {...factor} />
        </>
      )}
    </QueryView>
  );
}

/** One factor, opened to every figure and its source. */
export function FactorPage(): ReactNode {
  const [search] = useSearchParams();
  const id = search.get('id');
  return (
    <Page title="Emission factor">
      <p>
        <Link href="/factors">All factors</Link>
      </p>
      {id === null ? <Empty title="No factor is named in the address" /> : <One key={id} id={id} />}
    </Page>
  );
}

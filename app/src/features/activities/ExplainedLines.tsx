import type { ReactNode } from 'react';
import type { Explained, ExplainedItem } from '../../api/index.ts';
import {
  Amount,
  Card,
  categoryName,
  emissionsUp,
  Facts,
  gasName,
  scopeName,
} from '../../ui/index.ts';
import { noteText, quantityText, unstatedOf } from './words.ts';

function Item({ item }: { readonly item: ExplainedItem }): ReactNode {
  const { factor, label } = item;
  const part = noteText(item.note);
  return (
    <Facts
      items={[
        ...(part === undefined ? [] : [{ label: 'Part', value: part }]),
        ...(label === undefined ? [] : [{ label: 'Named as', value: label }]),
        ...item.inputs.map((input) => ({ label: input.label, value: quantityText(input) })),
        { label: 'Formula', value: <code>{item.formula}</code> },
        { label: 'In the unit of the factor', value: `${item.quantity} ${factor.unit}` },
        {
          label: 'Factor',
          value: `${factor.name}: ${factor.gases
            .map(({ gas, kgCo2e }) => `${kgCo2e} kg CO₂e of ${gasName(gas)}`)
            .join(', ')} per ${factor.unit}`,
          wide: true,
        },
        {
          label: 'Its source',
          value: [factor.source, factor.published].filter((one) => one !== '').join(', '),
          wide: true,
        },
        {
          label: 'Its uncertainty, half of the 95 % interval',
          value:
            factor.uncertainty === undefined
              ? 'none is stated'
              : `± ${factor.uncertainty.percent} %, by ${factor.uncertainty.source}`,
          wide: true,
        },
        { label: 'Why this factor', value: item.rule },
        {
          label: 'Looked for and not found',
          value: item.missed.length === 0 ? 'nothing' : item.missed.join('; '),
        },
        { label: 'The formula is from', value: item.cites, wide: true },
        { label: 'Rounding', value: item.rounding, wide: true },
      ]}
    />
  );
}

/** A result opened: what went in, which factor, by which rule, how rounded. */
export function ExplainedLines({ explained }: { readonly explained: Explained }): ReactNode {
  return explained.lines.map((line) => {
    const { scope, category, gwpSet, kgCo2e, items } = line;
    return (
      <Card
        key={`${scope}.${category}.${gwpSet}`}
        title={`${scopeName(scope)}, ${categoryName(category)}`}
        aside={<Amount {...emissionsUp(kgCo2e)} />}
      >
        <Uncertainty {...line} />
        <Outside {...line} />
        {items.map((item, index) => (
          // An item has no name of its own, and the list of a result never changes its order.
          <Item key={index} item={item} />
        ))}
      </Card>
    );
  });
}

/** Half of the 95 % interval of a line, or which of its figures keep it from having one. */
function Uncertainty({ uncertainty, items }: Explained['lines'][number]): ReactNode {
  return (
    <Facts
      items={[
        {
          label: 'Uncertainty, half of the 95 % interval',
          value:
            uncertainty === undefined ? (
              `not known: none is stated of ${unstatedOf(items).join(', ')}`
            ) : (
              <Amount {...emissionsUp(uncertainty.halfWidthKgCo2e)} />
            ),
          wide: true,
        },
      ]}
    />
  );
}

/** What a line holds that its total does not. */
function Outside(line: Explained['lines'][number]): ReactNode {
  const { biogenicKgCo2, otherGasesKgCo2e } = line;
  const masses = [
    { label: 'Outside the scopes: biogenic CO₂', ng: biogenicKgCo2, unit: 't CO₂' },
    { label: 'Outside the scopes: other gases', ng: otherGasesKgCo2e, unit: 't CO₂e' },
  ].filter(({ ng }) => ng !== 0n);
  if (masses.length === 0) return null;
  return (
    <Facts
      items={masses.map(({ label, ng, unit }) => ({
        label,
        value: <Amount {...emissionsUp(ng)} unit={unit} />,
      }))}
    />
  );
}

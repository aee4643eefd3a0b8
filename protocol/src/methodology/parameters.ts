import { TonneError } from '../errors/tonneError.ts';
import { parseRatio, type Ratio } from './ratio.ts';

/** How a version finds the grid's emission factor. */
export type FactorRule =
  | {
      /** Combined margin of the IFI table for new generation of one kind. */
      readonly kind: 'ifiCombinedMargin';
      readonly technology: 'firm' | 'intermittent';
    }
  | {
      /** TOOL07: weights of operating and build margin. */
      readonly kind: 'tool07CombinedMargin';
      readonly operatingMarginWeight: Ratio;
      readonly buildMarginWeight: Ratio;
    }
  | { readonly kind: 'fixed'; readonly tCo2PerMWh: Ratio };

/** What a version of a methodology computes with; the text of its file says where each comes from. */
export interface MethodologyParameters {
  readonly code: string;
  readonly version: string;
  readonly title: string;
  readonly publisher: string;
  /** `configuration`: of no standard body. */
  readonly status: 'published' | 'configuration';
  readonly icvcmCcp: boolean;
  /** Part of the metered export that counts. */
  readonly exportShare: Ratio;
  readonly emissionFactor: FactorRule;
  /** Of the counted export. */
  readonly projectEmissionsTCo2PerMWh: Ratio;
  readonly leakageTCo2PerMWh: Ratio;
}

type Fields = ReadonlyMap<string, unknown>;

/**
 * Reads a parameter file's content.
 *
 * @throws TonneError PARAMETER_INVALID with the field that is missing or not of its form
 */
export function parseMethodology(document: unknown): MethodologyParameters {
  const root = fieldsOf(document, 'document');
  const calculation = fieldsOf(root.get('calculation'), 'calculation');
  const section = (name: string): Fields => fieldsOf(calculation.get(name), `calculation.${name}`);
  const rate = (name: string): Ratio =>
    parseRatio(section(name).get('tCo2PerMWh'), `calculation.${name}.tCo2PerMWh`);
  const exportShare = parseRatio(
    section('exportShare').get('value'),
    'calculation.exportShare.value',
  );
  if (exportShare.numerator > exportShare.denominator)
    invalid('calculation.exportShare.value', 'more than 1', 'at most 1: a credit is only lowered');
  return {
    code: textOf(root, 'code'),
    version: textOf(root, 'version'),
    title: textOf(root, 'title'),
    publisher: textOf(root, 'publisher'),
    status: statusOf(root.get('status')),
    icvcmCcp: fieldsOf(root.get('labels'), 'labels').get('icvcmCcp') === true,
    exportShare,
    emissionFactor: parseFactorRule(section('emissionFactor')),
    projectEmissionsTCo2PerMWh: rate('projectEmissions'),
    leakageTCo2PerMWh: rate('leakage'),
  };
}

function parseFactorRule(fields: Fields): FactorRule {
  const where = 'calculation.emissionFactor';
  const kind = fields.get('kind');
  if (kind === 'fixed')
    return { kind, tCo2PerMWh: parseRatio(fields.get('tCo2PerMWh'), `${where}.tCo2PerMWh`) };
  if (kind === 'ifiCombinedMargin') {
    const technology = fields.get('technology');
    if (technology === 'firm' || technology === 'intermittent') return { kind, technology };
    return invalid(`${where}.technology`, technology, 'firm or intermittent');
  }
  if (kind !== 'tool07CombinedMargin')
    return invalid(`${where}.kind`, kind, 'ifiCombinedMargin, tool07CombinedMargin or fixed');
  const weight = (name: string): Ratio => parseRatio(fields.get(name), `${where}.${name}`);
  return {
    kind,
    operatingMarginWeight: weight('operatingMarginWeight'),
    buildMarginWeight: weight('buildMarginWeight'),
  };
}

function statusOf(value: unknown): MethodologyParameters['status'] {
  if (value === 'published' || value === 'configuration') return value;
  return invalid('status', value, 'published or configuration');
}

function textOf(fields: Fields, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' && value !== '' ? value : invalid(name, value, 'a text');
}

function fieldsOf(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null) invalid(field, value, 'an object');
  return new Map(Object.entries(value));
}

function invalid(field: string, value: unknown, expected: string): never {
  throw new TonneError('PARAMETER_INVALID', { field, value: String(value), expected });
}

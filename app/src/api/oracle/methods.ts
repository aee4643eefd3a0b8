/** Accounting methods: what they take, their formula, the standard it is from; gases that are let out. */
import { flag, listOf, object, oneOf, optional, text } from '../parse.ts';
import { askOracle } from './client.ts';
import { itemsUnder } from './page.ts';

const input = object({
  name: text,
  label: text,
  kind: oneOf('quantity', 'number', 'share'),
  dimension: optional(text),
  optional: flag,
  sourced: flag,
});

const method = object({
  id: text,
  title: text,
  cites: text,
  uses: listOf(object({ scope: text, categories: listOf(text) })),
  bases: optional(listOf(text)),
  parts: listOf(object({ name: text, formula: text, inputs: listOf(input) })),
});
export type Method = ReturnType<typeof method>;

export function fetchMethods(oracleUrl: string): Promise<readonly Method[]> {
  return askOracle(oracleUrl, '/v1/methods', itemsUnder('methods', method));
}

/** Whether a gas can be named in place of a factor: what is let out is the gas itself. */
export function takesGas(method: Method | undefined): boolean {
  return method?.bases?.includes('release') === true;
}

const REPORTED = ['reported', 'asset-share', 'transport-share', 'project-lifetime'];

/** Whether what goes in is CO2e already, so that no factor turns it into that. */
export function isReported(method: Pick<Method, 'id'> | undefined): boolean {
  return method !== undefined && REPORTED.includes(method.id);
}

const gas = object({
  name: text,
  otherNames: listOf(text),
  components: listOf(object({ gas: text, share: text })),
});
/** One gas, or a blend with the shares of its components. */
export type Gas = ReturnType<typeof gas>;

export function fetchGases(oracleUrl: string): Promise<readonly Gas[]> {
  return askOracle(oracleUrl, '/v1/gases', itemsUnder('gases', gas));
}

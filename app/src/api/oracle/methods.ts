/** Accounting methods: what they take, their formula, and the standard it is from. */
import { flag, listOf, object, oneOf, optional, text } from '../parse.ts';
import { askOracle } from './client.ts';
import { itemsUnder } from './page.ts';

const input = object({
  name: text,
  label: text,
  kind: oneOf('quantity', 'number', 'share'),
  dimension: optional(text),
  optional: flag,
});

const method = object({
  id: text,
  title: text,
  cites: text,
  uses: listOf(object({ scope: text, categories: listOf(text) })),
  parts: listOf(object({ name: text, formula: text, inputs: listOf(input) })),
});
export type Method = ReturnType<typeof method>;

export function fetchMethods(oracleUrl: string): Promise<readonly Method[]> {
  return askOracle(oracleUrl, '/v1/methods', itemsUnder('methods', method));
}

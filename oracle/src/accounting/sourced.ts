import { TonneError } from '@truetonne/protocol';
import type { ActivityInput, ItemInput } from './activity.ts';
import { assertDay } from './calendar.ts';
import { getMethod, getPart } from './methods/index.ts';

const MAX_SOURCE = 400;

/**
 * Whether every exchange rate says where it is from and for which day. Asked of what is entered, not of what is
 * computed: activities that were logged before this was asked for stay readable and come to the same.
 *
 * Throws INPUT_MISSING, INPUT_UNKNOWN, INPUT_TOO_LONG, ACTIVITY_DATE_INVALID, METHOD_UNKNOWN.
 */
export function assertSourced({ method, items }: Pick<ActivityInput, 'method' | 'items'>): void {
  for (const item of items) assertItemSourced(method, item);
}

function assertItemSourced(method: string, { part, inputs }: ItemInput): void {
  const { def } = getPart(getMethod(method), part);
  for (const [name, { source, date }] of Object.entries(inputs)) {
    const field = `inputs.${name.slice(0, 40)}`;
    if (def.inputs[name]?.sourced !== true) {
      if (source === undefined && date === undefined) continue;
      const expected = 'source and date of an exchange rate only';
      const value = source ?? date ?? 'nothing';
      throw new TonneError('INPUT_UNKNOWN', { field, value: value.slice(0, 40), expected });
    }
    if (source === undefined || source.trim() === '') {
      const expected = 'where the rate is from, such as "Bank of England"';
      throw new TonneError('INPUT_MISSING', {
        field: `${field}.source`,
        value: 'nothing',
        expected,
      });
    }
    if (source.length > MAX_SOURCE) {
      const [value, expected] = [
        `${String(source.length)} characters`,
        `at most ${String(MAX_SOURCE)}`,
      ];
      throw new TonneError('INPUT_TOO_LONG', { field: `${field}.source`, value, expected });
    }
    if (date === undefined || date === '') {
      const expected = 'the day of the rate, such as 2024-06-30';
      throw new TonneError('INPUT_MISSING', { field: `${field}.date`, value: 'nothing', expected });
    }
    assertDay(date, `${field}.date`);
  }
}

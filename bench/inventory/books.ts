import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from '../../oracle/test/support/people.ts';
import { APP_ORIGIN } from '../../oracle/test/support/service.ts';
import type { OracleProcess } from '../ingest/oracle.ts';

/** An organisation on an oracle. */
export interface Books {
  readonly oracle: OracleProcess;
  readonly owner: Person;
  readonly organisation: string;
  readonly workspaceId: string;
}

const HEAD = 'date,method,site,quantity,unit,factor';
const FACTORS = [
  ['stationary-combustion', 'MMBtu_gross', 'epa-hub@2024/stationary/natural-gas/mmbtu'],
  ['stationary-combustion', 'scf', 'epa-hub@2024/stationary/natural-gas/scf'],
  ['stationary-combustion', 'gal_us', 'epa-hub@2024/stationary/natural-gasoline/gallon'],
] as const;

/** Rows that all differ, over a year and 50 sites; `from` is the number of the first one. */
export function csvOf(rows: number, from: number): string {
  const lines = [HEAD];
  for (let row = from; row < from + rows; row++) {
    const day = new Date(Date.UTC(2024, 0, 1 + (row % 366))).toISOString().slice(0, 10);
    const [method, unit, factor] = FACTORS[row % FACTORS.length] ?? FACTORS[0];
    lines.push(`${day},${method},Site ${row % 50},${row + 1}.25,${unit},${factor}`);
  }
  return lines.join('\n');
}

/** Imports a file and waits until it is stored. Throws when a row was refused. */
export async function importCsv(
  { oracle, owner, organisation, workspaceId }: Books,
  csv: string,
): Promise<void> {
  const names = HEAD.split(',');
  const options = {
    mapping: Object.fromEntries(names.map((name) => [name, name])),
    ...{ decimal: 'point', dates: 'iso', separator: ',' },
  };
  const search = new URLSearchParams({
    ...{ organisation, workspaceId, name: 'bench.csv', dryRun: 'false' },
    options: JSON.stringify(options),
  });
  const headers = { cookie: owner.cookie, origin: APP_ORIGIN, 'x-csrf-token': owner.csrfToken };
  const url = `${oracle.url}/v1/imports?${search.toString()}`;
  const answer = await fetch(url, { method: 'POST', headers, body: csv });
  const begun: unknown = await answer.json();
  const id = String(fieldOf(begun, 'id'));
  for (;;) {
    const { body } = await owner.ask(`/v1/imports/${id}?organisation=${organisation}`);
    if (fieldOf(body, 'endedAt') === null) {
      await sleep(50);
      continue;
    }
    if (fieldOf(body, 'refused') === 0 && fieldOf(body, 'state') === 'done') return;
    throw new Error(JSON.stringify(body));
  }
}

export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) {
    throw new Error(`no ${name} in ${JSON.stringify(value)}`);
  }
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

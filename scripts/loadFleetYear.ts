/**
 * `node scripts/loadFleetYear.ts --database postgres://... [--devices 1000] [--days 365]`: a year of a
 * fleet at 15 minutes into an empty store, to be queried. 1,000 devices are 35 million readings.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../oracle/src/store/database/open.ts';
import { saveSetting } from '../oracle/src/store/settings.ts';
import { loadFleetYear } from './lib/fleetYear.ts';

const { values } = parseArgs({
  options: {
    database: { type: 'string' },
    devices: { type: 'string', default: '1000' },
    days: { type: 'string', default: '365' },
    domain: { type: 'string', default: `0x${'d0'.repeat(32)}` },
  },
});
if (values.database === undefined) {
  console.error('--database postgres://... is needed: the fleet-year is for PostgreSQL');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'tonne-fleet-year-'));
const place = { dataFolder: folder, databaseUrl: values.database };
const database = await openStore(place, (error) => console.error(error.message));
const domain = `0x${values.domain.replace(/^0x/, '')}` as const;
await saveSetting(database, 'domain', domain);
const startsAt = Date.UTC(2025, 0, 1) / 1000;
const year = { devices: Number(values.devices), days: Number(values.days), startsAt, domain };
const loaded = await loadFleetYear(database, year, (day) => {
  if (day % 10 === 0) console.log(`${day} of ${year.days} days`);
});
const rate = Math.round(loaded.readings / loaded.seconds);
console.log(
  `${loaded.readings} readings in ${loaded.windows} windows, ${Math.round(loaded.seconds)} s, ${rate}/s`,
);
await database.close();
rmSync(folder, { recursive: true });

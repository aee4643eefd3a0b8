/**
 * On the local chain, registers a plant of the development wallet and validates it, which elsewhere its
 * owner and an accredited validator do.
 */
import { parseArgs } from 'node:util';
import { addressBookPath, readAddressBook } from './lib/addressBook.ts';
import { createProvisioner } from './lib/provision.ts';

const USAGE = `Usage: node scripts/plant.ts [options]

Registers and validates a plant on the local chain, and prints the number of its project.

  --name NAME               (My roof)
  --capacity-w W            rated power (5000)
  --country CC              ISO 3166-1, two letters (US)
  --latitude D              where the sun is looked up: energy at night does not count (35.054)
  --longitude D             (-106.539)
  --utc-offset-minutes M    without summer time (-420)

What is below zero is joined to its name: --longitude=-106.539`;

const LOCAL_CHAIN_ID = 31_337;
const SECONDS_PER_DAY = 86_400;
/** So that what a device measured in the last days can count too. */
const CREDITING_DAYS_BACK = 30;
const CREDITING_DAYS = 10 * 365;

const { values } = parseArgs({
  options: {
    name: { type: 'string', default: 'My roof' },
    'capacity-w': { type: 'string', default: '5000' },
    country: { type: 'string', default: 'US' },
    latitude: { type: 'string', default: '35.054' },
    longitude: { type: 'string', default: '-106.539' },
    'utc-offset-minutes': { type: 'string', default: '-420' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.error(USAGE);
  process.exit(0);
}

function parseNumber(option: 'capacity-w' | 'latitude' | 'longitude' | 'utc-offset-minutes') {
  const number = Number(values[option]);
  if (Number.isFinite(number)) return number;
  console.error(`--${option} is a number, not "${values[option]}"`);
  process.exit(2);
}

const book = readAddressBook(addressBookPath('local'));
if (book.chainId !== LOCAL_CHAIN_ID) {
  console.error(
    `this is chain ${book.chainId}: a plant is registered by its owner on the page there`,
  );
  process.exit(1);
}
const provisioner = await createProvisioner(book);
const creditingFrom = Math.floor(Date.now() / 1000) - CREDITING_DAYS_BACK * SECONDS_PER_DAY;
const projectId = await provisioner.addPlant({
  name: values.name,
  country: values.country,
  latitudeE6: Math.round(parseNumber('latitude') * 1e6),
  longitudeE6: Math.round(parseNumber('longitude') * 1e6),
  utcOffsetMinutes: parseNumber('utc-offset-minutes'),
  capacityW: parseNumber('capacity-w'),
  creditingFrom,
  creditingUntil: creditingFrom + CREDITING_DAYS * SECONDS_PER_DAY,
});
console.log(`project ${projectId}`);
process.exit(0);

import type { CatalogueEntry } from './entry.ts';

/** What is wrong between windows, or with what was measured; most become findings. */
export const succession = {
  CAPACITY_EXCEEDED: {
    status: 422,
    title: 'More energy than the capacity allows in that time',
    todo: 'Check the sensor and the registered capacity.',
  },
  CHAIN_BROKEN: {
    status: 422,
    title: 'The window does not follow the header before it',
    todo: 'Check whether two devices share one key.',
  },
  EQUIVOCATION: {
    status: 409,
    title: 'The device signed two different windows with one sequence number',
    todo: 'Its key was copied: anyone may prove it on-chain, which freezes the device.',
  },
  PERIOD_CLOSED: {
    status: 422,
    title: 'The period of this window was closed before the window came',
    todo: 'Send windows while their period is open; the energy of this one counts for nothing.',
  },
  READING_OUT_OF_RANGE: {
    status: 422,
    title: 'A field is outside what is physically possible',
    todo: 'Check the sensor.',
  },
  REGISTER_ROLLBACK: {
    status: 422,
    title: 'A register ran backwards',
    todo: 'A meter that was replaced needs a sign-off; see the device guide.',
  },
  SENTINEL_VALUE: {
    status: 422,
    title: 'A field holds an error marker instead of a measurement',
    todo: 'Check the sensor.',
  },
  SEQUENCE_GAP: {
    status: 422,
    title: 'Windows before this one are missing',
    todo: 'Send the missing windows; until then the first reading counts for nothing.',
  },
  SEQUENCE_REPLAY: {
    status: 409,
    title: 'The sequence number was used before',
    todo: 'Sequence numbers only go up; send the next one.',
  },
  TIME_FUTURE: {
    status: 422,
    title: 'The window closes in the future',
    todo: "Set the device's clock.",
  },
  TIME_GAP: {
    status: 422,
    title: 'Time passed between this window and the one before it',
    todo: "Energy of a gap can't be told apart and counts for nothing.",
  },
  TIME_OVERLAP: {
    status: 422,
    title: 'The window opened before the one before it closed',
    todo: "Check the device's clock.",
  },
  TIME_TOO_OLD: {
    status: 422,
    title: 'The window opened before the device was claimed',
    todo: 'Only what was measured after the claim can count.',
  },
} as const satisfies Record<string, CatalogueEntry>;

import type { CatalogueEntry } from './entry.ts';

/** What is wrong between windows, or with what was measured; most become findings. */
export const succession = {
  CALIBRATION_OVERDUE: {
    status: 422,
    title: 'Left out because the calibration of a meter is or was overdue',
    todo: 'Have the meter calibrated, and state it on its page: what is measured after that day counts in full.',
  },
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
  CHECK_METER_MISMATCH: {
    status: 422,
    title: 'Main and check meter differ by more than their accuracy allows',
    todo: 'Have both meters tested.',
  },
  CHECK_METER_NOT_CREDITED: {
    status: 422,
    title: 'The device checks another one, or did so: the energy was counted there',
    todo: 'Nothing to do. To have a device credited, end the pair first: what it measures from then on counts.',
  },
  CLOCK_SKEW: {
    status: 422,
    title: "The device's clock was off",
    todo: 'Let the device set its clock over the network.',
  },
  DAYLIGHT_GAP: {
    status: 422,
    title: 'A gap in which the plant could have produced',
    todo: 'Find out why the device was silent by day.',
  },
  DEVICE_FAULT: {
    status: 422,
    title: 'The device says that it does not measure',
    todo: 'Check the device.',
  },
  ENERGY_ABOVE_CLEAR_SKY: {
    status: 422,
    title: 'More energy than a clear sky could give',
    todo: "Check the sensor and the plant's place.",
  },
  ENERGY_ABOVE_IRRADIANCE: {
    status: 422,
    title: 'More energy than the measured irradiance gives',
    todo: 'Check the sensors of energy and irradiance.',
  },
  ENERGY_ABOVE_POWER: {
    status: 422,
    title: 'The register grew by more than the active power over that time',
    todo: 'Count active power as energy, not voltage x current.',
  },
  ENERGY_AT_NIGHT: {
    status: 422,
    title: 'Energy while the sun was below the horizon',
    todo: "Check the device's clock and the plant's place.",
  },
  EQUIVOCATION: {
    status: 409,
    title: 'The device signed two different windows with one sequence number',
    todo: 'Its key was copied: anyone may prove it on-chain, which freezes the device.',
  },
  INVOICE_DIFFERS: {
    status: 422,
    title: 'Left out because an invoice shows less export or more import than the meters',
    todo: "Find out why meter and invoice differ. An invoice that was mistyped is superseded on the project's page.",
  },
  PERIOD_CLOSED: {
    status: 422,
    title: 'The period of this window was closed before the window came',
    todo: 'Send windows while their period is open; the energy of this one counts for nothing.',
  },
  POWER_ABOVE_CAPACITY: {
    status: 422,
    title: 'Active power is beyond what the device is rated for',
    todo: 'Check the sensor and the registered capacity.',
  },
  POWER_INCONSISTENT: {
    status: 422,
    title: "Active power, voltage x current and power factor can't all be true",
    todo: 'Voltage x current is apparent power: send active power as measured.',
  },
  PREDECESSOR_MISSING: {
    status: 422,
    title: 'The window waits for one before it',
    todo: 'Send the missing window; after the deadline the gap counts for nothing.',
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
  STUCK_VALUE: {
    status: 422,
    title: 'Active power stayed exactly the same for too long',
    todo: 'Check whether the sensor froze.',
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

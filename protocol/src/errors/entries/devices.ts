import type { CatalogueEntry } from './entry.ts';

/** Failures of who a device is and whose. */
export const devices = {
  DEVICE_ALREADY_CLAIMED: {
    status: 409,
    title: 'The device is already registered',
    todo: 'Use the registered device, or hand it over.',
  },
  DEVICE_ALREADY_BOUND: {
    status: 409,
    title: 'The device already belongs to a project',
    todo: 'A device measures for one project.',
  },
  DEVICE_OF_OTHER_PROJECT: {
    status: 403,
    title: 'The device belongs to another project',
    todo: "Submit it with its own project's batch.",
  },
  DEVICE_REVOKED: {
    status: 403,
    title: 'The device was revoked from a time before this window closed',
    todo: 'Readings up to the revocation count; provision a new device for later ones.',
  },
  DEVICE_UNBOUND: {
    status: 403,
    title: 'The device belongs to no project yet',
    todo: 'Its owner binds it to a project first.',
  },
  DEVICE_UNKNOWN: {
    status: 404,
    title: 'No device with this id is registered',
    todo: 'Claim the device on-chain; it is known here a few seconds later.',
  },
  NOT_DEVICE_OWNER: {
    status: 403,
    title: 'Only the owner of the device may do this',
    todo: 'Use the wallet that claimed the device.',
  },
} as const satisfies Record<string, CatalogueEntry>;

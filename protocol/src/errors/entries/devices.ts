import type { CatalogueEntry } from './entry.ts';

/** Failures of who a device is and whose. */
export const devices = {
  CHECK_METER_BOUND: {
    status: 422,
    title: 'A check meter belongs to no project: its energy would be credited twice',
    todo: 'Name a device that is claimed and not bound.',
  },
  CHECK_METER_TAKEN: {
    status: 409,
    title: 'One of the two devices checks, or is checked by, another one',
    todo: 'End that pair first, or name another device.',
  },
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
  DEVICE_CLAIMED_TOO_EARLY: {
    status: 409,
    title: 'The device was claimed while another one still counted in its place',
    todo: 'Claim a device with a new key now and bind that one: capacity is never in use twice.',
  },
  DEVICE_FROZEN: {
    status: 403,
    title: 'The device is frozen: two different windows proved that its key was copied',
    todo: 'Claim a device with a new key; nothing of this one is credited any more.',
  },
  DEVICE_NOT_OFFERED: {
    status: 403,
    title: 'The device is not offered to this wallet',
    todo: 'Have its owner offer it to this wallet first.',
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
  METER_NOT_SETTLED: {
    status: 409,
    title: 'The chain does not stand at the last window that the old meter measured',
    todo: 'Wait until all windows of the old meter are credited; then sign the replacement off.',
  },
  METER_REPLACEMENT_PENDING: {
    status: 422,
    title: 'The window waits for the sign-off of a meter replacement',
    todo: 'A validator signs the replacement off on-chain; after the deadline the window is judged without it.',
  },
  NOT_DEVICE_OWNER: {
    status: 403,
    title: 'Only the owner of the device may do this',
    todo: 'Use the wallet that claimed the device.',
  },
  NOT_EQUIVOCAL: {
    status: 422,
    title: 'The windows do not prove a copied key',
    todo: 'Give two different windows of one device with one sequence number.',
  },
  PLANT_CAPACITY_EXCEEDED: {
    status: 422,
    title: 'The devices together would be rated above their plant',
    todo: 'Bind the device with the capacity that it really has, or register the plant as it is.',
  },
  REPLACEMENT_IN_FUTURE: {
    status: 422,
    title: 'The replacement of the meter lies in the future',
    todo: 'Sign it off when the time that the device signed has passed.',
  },
  REVOCATION_IN_FUTURE: {
    status: 422,
    title: 'The revocation lies in the future',
    todo: 'Revoke from a time that has passed.',
  },
  REVOCATION_NOT_EARLIER: {
    status: 409,
    title: 'The device is revoked from that time or an earlier one already',
    todo: 'A revocation can only move to an earlier time.',
  },
  SUCCESSOR_MISMATCH: {
    status: 422,
    title: 'The claim is of another device than the one that the old key named',
    todo: 'Send the claim of the very device that the rotation names as its successor.',
  },
} as const satisfies Record<string, CatalogueEntry>;

import type { CatalogueEntry } from './entry.ts';

/** Failures inside a device: `TT_<CODE>` in its log. The API answers with none of them. */
export const firmware = {
  DEVICE_BUFFER_FULL: {
    status: 507,
    title: 'The device keeps as many sealed windows as it can',
    todo: 'Its readings collect in the open window; bring its network back so that it can send.',
  },
  DEVICE_CLOCK_NOT_SET: {
    status: 409,
    title: "The device's clock was not set since power came",
    todo: 'Let it reach a time server, or set its clock: nothing is signed without a time.',
  },
  DEVICE_NOT_CLAIMED: {
    status: 409,
    title: 'The device has made no claim yet',
    todo: "Let it sign a claim for its owner's wallet first.",
  },
  DEVICE_SIGNER_FAILED: {
    status: 500,
    title: "The device's key can not be used",
    todo: 'Check the secure element or the key store, then try again: the window keeps its number.',
  },
  DEVICE_STORE_CORRUPT: {
    status: 500,
    title: "The device's journal is missing or spoilt",
    todo: 'Make a new key and claim it: with the old key a number could be given out twice.',
  },
  DEVICE_STORE_FAILED: {
    status: 500,
    title: "The device's flash did not take or give its bytes",
    todo: 'Start it again; replace the flash when it happens again.',
  },
} as const satisfies Record<string, CatalogueEntry>;

/**
 * The one catalogue of failures. A code is the same in C (`TT_<CODE>`), TypeScript, Solidity
 * (custom error in PascalCase), the API (`code` of RFC 9457 problem details) and on the page.
 * `status` is the HTTP status where the API answers with it; `todo` tells the reader what to do.
 */
interface CatalogueEntry {
  readonly status: number;
  readonly title: string;
  readonly todo: string;
}

const bytes = {
  CLAIM_INVALID: {
    status: 400,
    title: 'The claim is not 112 bytes of version 1 for this registry',
    todo: 'Make the claim anew with the domain of this registry and the owner that sends it.',
  },
  COUNT_MISMATCH: {
    status: 400,
    title: 'The number of readings is not the count in the header',
    todo: 'Send exactly `count` readings of 88 bytes after the signature.',
  },
  COUNT_OUT_OF_RANGE: {
    status: 400,
    title: 'A window holds 1 to 256 readings',
    todo: 'Seal at most 256 readings into one window.',
  },
  DOMAIN_MISMATCH: {
    status: 400,
    title: 'The window was signed for another registry or chain',
    todo: 'Set the device to the domain of this registry and seal again.',
  },
  FLAGS_UNKNOWN: {
    status: 400,
    title: 'The header carries flags that this version does not know',
    todo: 'Clear the unknown flag bits or upgrade the receiver.',
  },
  READING_NOT_CANONICAL: {
    status: 400,
    title: 'A field that was not measured is not zero, or an unknown field is marked as present',
    todo: 'Zero the bytes of absent fields and clear unknown bits of `present`.',
  },
  READING_REGISTER_ORDER: {
    status: 400,
    title: 'Registers fall within the window or do not end at those of the header',
    todo: 'Copy the registers of the last reading into the header.',
  },
  READING_TIME_ORDER: {
    status: 400,
    title: 'Times of the readings do not ascend from openedAt to closedAt',
    todo: 'Order the readings by time; the last one closes the window.',
  },
  READINGS_HASH_MISMATCH: {
    status: 400,
    title: 'The readings are not those that the header commits to',
    todo: 'Send the very bytes that were hashed into the header.',
  },
  SIGNATURE_HIGH_S: {
    status: 400,
    title: 'The signature has a high s',
    todo: 'Replace s by n - s.',
  },
  SIGNATURE_INVALID: {
    status: 400,
    title: "The signature is not the device's over this header",
    todo: 'Sign the 176 header bytes with the key that the device id was made from.',
  },
  TIME_ORDER: {
    status: 400,
    title: 'The window closes before it opens',
    todo: 'Set openedAt to the start of the first interval and closedAt to the last reading.',
  },
  VALUE_NOT_EXACT: {
    status: 400,
    title: 'A JSON value can not be packed exactly',
    todo: 'Send no more decimals than the table in SPEC.md gives the field.',
  },
  VALUE_OUT_OF_RANGE: {
    status: 400,
    title: 'A number is outside the limits of its field',
    todo: 'See the limits in SPEC.md.',
  },
  VERSION_UNKNOWN: {
    status: 400,
    title: 'The bytes do not begin with a version that is known here',
    todo: 'Use version 1 of SPEC.md.',
  },
  WINDOW_TRUNCATED: {
    status: 400,
    title: 'The window is shorter than its header and signature',
    todo: 'Send header (176), signature (64) and readings (88 each).',
  },
} as const satisfies Record<string, CatalogueEntry>;

const devices = {
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

const succession = {
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
    todo: 'Its key was copied: revoke the device.',
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

const chain = {
  BATCH_ALREADY_MINTED: {
    status: 409,
    title: 'The credits of this batch were minted before',
    todo: 'Nothing to do: each batch mints once.',
  },
  BATCH_LIMIT_REACHED: {
    status: 409,
    title: 'The project has 999,999 batches',
    todo: 'Register a new project.',
  },
  BATCH_UNKNOWN: {
    status: 404,
    title: 'No batch with this id',
    todo: 'Check the id: project id x 1,000,000 + number.',
  },
  DEDUCTION_EXCEEDS_EXPORT: {
    status: 422,
    title: 'More is deducted than was exported',
    todo: 'Deduct at most the exported energy of the batch.',
  },
  NOT_IN_BATCH: {
    status: 422,
    title: 'The proof does not lead from this window to the root of the batch',
    todo: 'Take header, readings and proof from the file of this very batch.',
  },
  NOT_PROJECT_OWNER: {
    status: 403,
    title: 'Only the owner of the project may do this',
    todo: 'Use the wallet that registered the project.',
  },
  NOT_SUBMITTER: {
    status: 403,
    title: "Only the project's submitter may submit batches",
    todo: 'Use the wallet that the validator named.',
  },
  OUTSIDE_CREDITING_PERIOD: {
    status: 422,
    title: 'The period is outside the crediting period of the project',
    todo: 'Only energy within the crediting period counts.',
  },
  PERIOD_INVALID: {
    status: 422,
    title: 'The period does not hold what the batch covers',
    todo: 'It begins at or before every opening and ends at or after every closing.',
  },
  PERIOD_IN_FUTURE: {
    status: 422,
    title: 'The period has not ended yet',
    todo: 'Submit when it is over.',
  },
  PROJECT_UNKNOWN: {
    status: 404,
    title: 'No project with this id',
    todo: 'Check the id.',
  },
  VINTAGE_SPAN: {
    status: 422,
    title: 'The period overlaps two vintages',
    todo: 'End it at the turn of the year; energy across it can only be moved past with full deduction.',
  },
} as const satisfies Record<string, CatalogueEntry>;

const verification = {
  CHAIN_RECORD_MISMATCH: {
    status: 422,
    title: 'The batch file and the chain disagree',
    todo: 'Do not trust this file; fetch it again by its CID.',
  },
  FILE_ALTERED: {
    status: 422,
    title: 'The file is not the one that the chain names',
    todo: 'Fetch it again by its CID.',
  },
  FILE_MALFORMED: {
    status: 422,
    title: 'The bytes are not a batch file of version 1',
    todo: 'Fetch it again by its CID.',
  },
  FILE_MISSING: {
    status: 404,
    title: 'The batch file is not here',
    todo: 'Fetch it by its CID from any IPFS node or mirror and give its path.',
  },
  FINDING_INVALID: {
    status: 422,
    title: 'A finding of the file does not fit its reading',
    todo: 'The oracle that made this batch is wrong: do not accept it.',
  },
  FINDING_MISSING: {
    status: 422,
    title: 'A reading should not have counted and did',
    todo: 'The oracle that made this batch is wrong: do not accept it.',
  },
  GRAMS_MISMATCH: {
    status: 422,
    title: 'The grams on the chain are not those of the formula',
    todo: 'Do not accept this batch.',
  },
  ROOT_MISMATCH: {
    status: 422,
    title: 'The tree of these windows has another root',
    todo: 'Windows were added, left out or changed: do not trust this file.',
  },
  WINDOW_ORDER: {
    status: 422,
    title: 'Windows are not in the canonical order',
    todo: 'Do not trust this file.',
  },
} as const satisfies Record<string, CatalogueEntry>;

const service = {
  BODY_MALFORMED: {
    status: 400,
    title: 'The body is not what this address takes',
    todo: 'See the API documentation at /docs.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: 'The body is too large',
    todo: 'Send fewer windows in one request.',
  },
  CHAIN_UNREACHABLE: {
    status: 503,
    title: 'The chain can not be reached',
    todo: 'Windows are still accepted; batches are submitted when it is back.',
  },
  CONFIGURATION_INVALID: {
    status: 500,
    title: 'A setting is missing or not of its form',
    todo: 'Set the variable or the field of the address book; see the documentation of the service.',
  },
  DATA_IN_USE: {
    status: 500,
    title: 'Another process works with this data',
    todo: 'Stop that process or choose another data directory.',
  },
  INTERNAL: {
    status: 500,
    title: 'Something failed here that should not have',
    todo: 'Try again; tell the operator the time and the request id.',
  },
  NOT_FOUND: {
    status: 404,
    title: 'There is nothing at this address',
    todo: 'See the API documentation at /docs.',
  },
  PARAMETER_INVALID: {
    status: 400,
    title: 'A parameter is not of its form',
    todo: 'See the API documentation at /docs.',
  },
  PORT_TAKEN: {
    status: 500,
    title: 'The port is taken by another process',
    todo: 'Stop that process or choose another port by its variable.',
  },
  READING_UNKNOWN: {
    status: 404,
    title: 'No reading with this id',
    todo: 'A reading id is device id, sequence and index joined by dots.',
  },
  WINDOW_UNKNOWN: {
    status: 404,
    title: 'No such window is stored',
    todo: 'Check the device id and the sequence number.',
  },
  WINDOWS_REFUSED: {
    status: 422,
    title: 'Some windows of the request were refused',
    todo: 'See `results`: accepted ones are stored, refused ones say why.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export const CATALOGUE = {
  ...bytes,
  ...devices,
  ...succession,
  ...chain,
  ...verification,
  ...service,
} as const;

export type ErrorCode = keyof typeof CATALOGUE;

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(CATALOGUE, text);
}

/** `SignatureInvalid`, a custom error of a contract, is `SIGNATURE_INVALID`. */
export function toErrorCode(solidityName: string): ErrorCode | undefined {
  const code = solidityName.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase();
  return isErrorCode(code) ? code : undefined;
}

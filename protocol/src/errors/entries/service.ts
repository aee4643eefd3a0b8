import type { CatalogueEntry } from './entry.ts';

/** Failures of the service and its requests. */
export const service = {
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
  CHAIN_INCONSISTENT: {
    status: 503,
    title: 'What an endpoint says of the chain contradicts what it or another one said',
    todo: 'Nothing is lost; it is asked again. When it stays so, replace the endpoint.',
  },
  CHAIN_MISMATCH: {
    status: 503,
    title: 'An endpoint answers for another chain or another registry',
    todo: 'Correct ORACLE_RPC_URL or the address book.',
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
  CONSUMER_TOO_SLOW: {
    status: 503,
    title: 'The connection takes events more slowly than they come',
    todo: 'Connect again with `since` set to the last id that arrived.',
  },
  CREDENTIAL_INVALID: {
    status: 401,
    title: 'The broker does not know this user name with this password',
    todo: 'Ask for a new password with a request that the device signs.',
  },
  CREDENTIAL_REQUEST_STALE: {
    status: 409,
    title: 'The request for a broker password is not of now, or was used before',
    todo: "Set the device's clock and sign a new request with a later time.",
  },
  DATA_IN_USE: {
    status: 500,
    title: 'Another process works with this data',
    todo: 'Stop that process or choose another data directory.',
  },
  FILES_LIMITED: {
    status: 429,
    title: 'More bytes of files are kept for one than may be',
    todo: 'Delete uploads or exports that are done, or wait until they are removed by themselves.',
  },
  FILE_MALFORMED: {
    status: 400,
    title: 'The file is not of the kind that is asked for here',
    todo: 'Give it as it was written, or fetch it again by its CID.',
  },
  INTERNAL: {
    status: 500,
    title: 'Something failed here that should not have',
    todo: 'Try again; tell the operator the time and the request id.',
  },
  JOBS_LIMITED: {
    status: 429,
    title: 'More uploads and exports of one wait or run than may at a time',
    todo: 'Send it again after the seconds of Retry-After, or cancel one of them.',
  },
  JOB_UNKNOWN: {
    status: 404,
    title: 'No such task in the background that is yours',
    todo: 'Check its id, and send the credential with which it was asked for; the lists of uploads and exports show what is yours.',
  },
  MQTT_DISABLED: {
    status: 404,
    title: 'This oracle takes no messages over MQTT',
    todo: 'Post windows over HTTP, or set PORT_MQTT or AMQP_URL.',
  },
  NOT_FOUND: {
    status: 404,
    title: 'There is nothing at this address',
    todo: 'See the API documentation at /docs.',
  },
  ORACLE_UNREACHABLE: {
    status: 503,
    title: 'The oracle does not answer',
    todo: 'Windows wait on the device and are posted when it is back.',
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
  RATE_LIMITED: {
    status: 429,
    title: 'More windows came than the limit of the device or of its owner',
    todo: 'Keep them and send them again after the seconds of Retry-After.',
  },
  READING_UNKNOWN: {
    status: 404,
    title: 'No reading with this id',
    todo: 'A reading id is device id, sequence and index joined by dots.',
  },
  STORE_UNAVAILABLE: {
    status: 503,
    title: 'The database does not answer',
    todo: 'Send it again: what was stored all the same is answered as a duplicate.',
  },
  TOO_MANY_WATCHERS: {
    status: 503,
    title: 'More connections watch than this service serves',
    todo: 'Connect again later with `since` set to the last id that arrived.',
  },
  TOPIC_OF_OTHER_DEVICE: {
    status: 403,
    title: "The window is another device's than the topic's",
    todo: "Publish a device's windows on its own topic, with its own credentials.",
  },
  UNSIGNED_NOT_ALLOWED: {
    status: 403,
    title: 'Readings without a signature are not taken here',
    todo: 'Seal readings in signed windows; or the operator sets ORACLE_ALLOW_UNSIGNED=1 to show them.',
  },
  UPLOAD_EMPTY: {
    status: 400,
    title: 'The file has no rows under its head line',
    todo: 'Send a CSV file with a head line and at least one row.',
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

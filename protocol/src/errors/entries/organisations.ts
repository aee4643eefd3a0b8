import type { CatalogueEntry } from './entry.ts';

/** Failures of sign-in, and of who may do what in an organisation. */
export const organisations = {
  API_KEY_EXPIRED: {
    status: 401,
    title: 'The API key has expired',
    todo: 'Make a new key on the page of the organisation.',
  },
  API_KEY_INVALID: {
    status: 401,
    title: 'No API key like this one',
    todo: 'Give the key as it was shown: Authorization: Bearer tt_...',
  },
  API_KEY_REVOKED: {
    status: 401,
    title: 'The API key was revoked',
    todo: 'Ask an admin of the organisation for a new key.',
  },
  API_KEY_UNKNOWN: {
    status: 404,
    title: 'The organisation has no API key with this id',
    todo: 'Check the id in the list of keys.',
  },
  AUDIT_CHAIN_BROKEN: {
    status: 500,
    title: 'An entry of the audit log is missing or was changed',
    todo: 'Do not trust the log from this entry on; compare it with a copy kept elsewhere.',
  },
  CSRF_TOKEN_INVALID: {
    status: 403,
    title: 'The request does not carry the token of its session',
    todo: 'Send x-csrf-token with the csrfToken of GET /v1/session.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    title: 'This idempotency key was used for another request',
    todo: 'Use a new key for each request; repeat a request with the same body.',
  },
  INVITATION_EXPIRED: {
    status: 409,
    title: 'The invitation has expired',
    todo: 'Ask an admin of the organisation to invite the wallet again.',
  },
  INVITATION_UNKNOWN: {
    status: 404,
    title: 'No invitation with this id for this wallet',
    todo: 'Sign in with the wallet that was invited.',
  },
  LAST_OWNER: {
    status: 409,
    title: 'The organisation would have no owner left',
    todo: 'Make another member an owner first, or delete the organisation.',
  },
  MEMBER_EXISTS: {
    status: 409,
    title: 'The wallet is a member already',
    todo: "Change the member's role instead.",
  },
  MEMBER_UNKNOWN: {
    status: 404,
    title: 'No member with this wallet',
    todo: 'Check the address in the list of members.',
  },
  NOT_ALLOWED: {
    status: 403,
    title: "The member's role or the key's scopes do not allow this",
    todo: 'Ask an admin of the organisation for another role, or a key with that scope.',
  },
  ORGANISATION_UNKNOWN: {
    status: 404,
    title: 'The wallet or key belongs to no organisation with this id',
    todo: 'Check the id, or have the wallet invited.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    title: 'Pages of this origin may not act for a signed-in wallet',
    todo: "Use the app's own address; the operator lists it in ORACLE_APP_ORIGINS.",
  },
  PRECONDITION_FAILED: {
    status: 412,
    title: 'Somebody changed it since it was read',
    todo: 'Read it again, look at what changed, and send the new ETag in If-Match.',
  },
  PRECONDITION_REQUIRED: {
    status: 428,
    title: 'The request does not say which version it changes',
    todo: 'Send the ETag of the version that was read in If-Match.',
  },
  SECOND_FACTOR_INVALID: {
    status: 401,
    title: 'The code or the passkey does not fit, or was used before',
    todo: "Check the device's clock and give the next code.",
  },
  SECOND_FACTOR_LOCKED: {
    status: 429,
    title: 'Too many wrong codes',
    todo: 'Wait a minute before the next code.',
  },
  SECOND_FACTOR_MISSING: {
    status: 403,
    title: 'The organisation asks for a second factor, and this wallet has none',
    todo: 'Turn on a passkey or a code app on the settings page.',
  },
  SECOND_FACTOR_REQUIRED: {
    status: 403,
    title: 'This act asks for the second factor',
    todo: 'Show the passkey or give a code at POST /v1/session/second-factor, then repeat the request within five minutes.',
  },
  SECOND_FACTOR_UNKNOWN: {
    status: 404,
    title: 'The wallet has no second factor with this id',
    todo: 'Check the id in the list of second factors; a code app is confirmed within ten minutes, else begun anew.',
  },
  SECRET_SHOWN_BEFORE: {
    status: 409,
    title: 'This was done before, and its answer held a secret that is shown once',
    todo: 'If the answer never arrived, revoke what was made and make another.',
  },
  SESSION_EXPIRED: {
    status: 401,
    title: 'The session has ended',
    todo: 'Sign in again; what was under way and already stored is kept.',
  },
  SESSION_UNKNOWN: {
    status: 404,
    title: 'The wallet has no session with this id',
    todo: 'Check the id in the list of sessions.',
  },
  SIGN_IN_CHAIN_WRONG: {
    status: 401,
    title: 'The message names another chain',
    todo: 'Switch the wallet to the chain of this service and sign in again.',
  },
  SIGN_IN_DOMAIN_WRONG: {
    status: 401,
    title: 'The message was signed for another site',
    todo: 'Sign in on the page of this service alone; a message for another site may be a theft.',
  },
  SIGN_IN_MESSAGE_INVALID: {
    status: 400,
    title: 'The text is no message of EIP-4361',
    todo: 'Sign the message as the app shows it.',
  },
  SIGN_IN_NONCE_UNKNOWN: {
    status: 401,
    title: 'The nonce was used before, has expired, or is not of this service',
    todo: 'Ask for a new nonce and sign in again.',
  },
  SIGN_IN_REQUIRED: {
    status: 401,
    title: 'Nobody is signed in',
    todo: 'Sign in with a wallet, or send an API key.',
  },
  SIGN_IN_SIGNATURE_INVALID: {
    status: 401,
    title: 'The signature is not of the wallet that the message names',
    todo: 'Sign with the wallet whose address is in the message.',
  },
  SIGN_IN_TIME_WRONG: {
    status: 401,
    title: 'The message is not valid now',
    todo: "Check the computer's clock and sign a new message.",
  },
  WORKSPACE_EXISTS: {
    status: 409,
    title: 'The organisation has a workspace of this name',
    todo: 'Choose another name.',
  },
  WORKSPACE_UNKNOWN: {
    status: 404,
    title: 'The organisation has no workspace with this id',
    todo: 'Check the id in the list of workspaces.',
  },
} as const satisfies Record<string, CatalogueEntry>;

import type { CatalogueEntry } from './entry.ts';

/** Failures of reminders and of the settings that say where they go. */
export const reminders = {
  EMAIL_CODE_WRONG: {
    status: 422,
    title: 'The code does not confirm the e-mail address',
    todo: 'Type the newest code that came by e-mail, within an hour; after five wrong ones ask for another.',
  },
  EMAIL_NOT_OFFERED: {
    status: 409,
    title: 'This service sends no e-mail',
    todo: 'Use a webhook; or the operator sets ORACLE_SMTP_URL and ORACLE_MAIL_FROM.',
  },
  EMAIL_NOT_SENT: {
    status: 503,
    title: 'The mail server did not take the e-mail',
    todo: 'Check the address and try again in a minute.',
  },
  EMAIL_TOO_SOON: {
    status: 429,
    title: 'A code was sent a moment ago',
    todo: 'Look into the mailbox; ask for another code a minute after the last one.',
  },
  REMINDER_UNKNOWN: {
    status: 404,
    title: 'The wallet has no reminder with this id',
    todo: 'Check the id in the list of reminders.',
  },
  WEBHOOK_REFUSED: {
    status: 422,
    title: 'A webhook can not go to this address',
    todo: 'Give an https address on the public internet, without user name or password.',
  },
} as const satisfies Record<string, CatalogueEntry>;

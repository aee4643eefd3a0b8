import { accounting } from './entries/accounting.ts';
import { bytes } from './entries/bytes.ts';
import { chain } from './entries/chain.ts';
import { credits } from './entries/credits.ts';
import { devices } from './entries/devices.ts';
import { entitlements } from './entries/entitlements.ts';
import { firmware } from './entries/firmware.ts';
import { inventory } from './entries/inventory.ts';
import { judging } from './entries/judging.ts';
import { market } from './entries/market.ts';
import { methodology } from './entries/methodology.ts';
import { organisations } from './entries/organisations.ts';
import { recomputation } from './entries/recomputation.ts';
import { reminders } from './entries/reminders.ts';
import { service } from './entries/service.ts';
import { subscriptions } from './entries/subscriptions.ts';
import { succession } from './entries/succession.ts';
import { verification } from './entries/verification.ts';

/**
 * The one catalogue of failures. A code is the same in C (`TT_<CODE>`), TypeScript, Solidity (custom
 * error in PascalCase), the API (`code` of RFC 9457 problem details) and on the page.
 */
export const CATALOGUE = {
  ...accounting,
  ...bytes,
  ...devices,
  ...firmware,
  ...succession,
  ...chain,
  ...credits,
  ...judging,
  ...market,
  ...subscriptions,
  ...entitlements,
  ...methodology,
  ...verification,
  ...organisations,
  ...inventory,
  ...recomputation,
  ...reminders,
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

import { Secret, TOTP } from 'otpauth';

/** The code that an app shows for a secret (RFC 6238) at a time, Unix milliseconds. */
export function codeOf(secret: string, at: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
}

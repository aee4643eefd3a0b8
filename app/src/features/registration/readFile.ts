import {
  createWebCryptoVerifier,
  parseRegistrationFile,
  verifyRegistration,
  type Hex,
  type Registration,
} from '@truetonne/protocol';
import { explain, type Explanation } from '../../errors/index.ts';
import type { CheckedRecord } from './records.ts';

/** Signatures between two reports: a tenth of a second or so. */
const REPORT_EVERY = 100;

export interface RegistrationPlace {
  readonly domain: Hex;
  readonly owner: Hex;
}

/**
 * Reads a registration file and checks each signature, in this browser.
 * @throws TonneError as parseRegistrationFile, when the file as a whole is of no use
 */
export async function readRegistrationFile(
  bytes: Uint8Array,
  place: RegistrationPlace,
  onProgress: (done: number, total: number) => void,
): Promise<readonly CheckedRecord[]> {
  const records = parseRegistrationFile(bytes);
  const verify = createWebCryptoVerifier();
  const checked: CheckedRecord[] = [];
  for (let start = 0; start < records.length; start += REPORT_EVERY) {
    onProgress(start, records.length);
    const part = records.slice(start, start + REPORT_EVERY);
    const check = async (record: Registration): Promise<CheckedRecord> => ({
      record,
      refusal: await refusalOf(verifyRegistration(record, place, verify)),
    });
    checked.push(...(await Promise.all(part.map(check))));
  }
  return checked;
}

async function refusalOf(verified: Promise<void>): Promise<Explanation | undefined> {
  try {
    await verified;
    return undefined;
  } catch (error) {
    return explain(error);
  }
}

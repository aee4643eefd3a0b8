import type { Seal } from '../accounts/signIn/sealing.ts';
import { isSameToken } from '../accounts/signIn/tokens.ts';

/**
 * The part of a file's address that nobody can guess. A link in a page sends no header, and a program may
 * hand the address on: whoever has it has the file, as long as the file is kept, and nothing else.
 */
export function fileKeyOf({ codeOf }: Seal, id: string): string {
  return codeOf(`file ${id}`);
}

export function isFileKey(seal: Seal, id: string, given: string | undefined): boolean {
  return given !== undefined && isSameToken(given, fileKeyOf(seal, id));
}

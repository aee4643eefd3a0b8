import { fromHex, toHex, TonneError, type Hex } from '@truetonne/protocol';

/** `valid`, or the code of what a check throws. */
export async function answerOf(check: () => unknown): Promise<string> {
  try {
    await check();
    return 'valid';
  } catch (error) {
    if (error instanceof TonneError) return error.code;
    throw error;
  }
}

/** JSON's text type narrowed: the vectors are hex where hex is meant, and `fromHex` checks it. */
export function hex(text: string): Hex {
  return toHex(fromHex(text));
}

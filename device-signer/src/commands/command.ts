import { findBytes, TonneError, type Hex } from '@truetonne/protocol';

/** What a command talks to; tests give their own. */
export interface Terminal {
  readonly print: (text: string) => void;
  /** Prints to standard error. */
  readonly warn: (text: string) => void;
  /** The bytes of a file, or of standard input for `-`. Throws PARAMETER_INVALID. */
  readonly read: (path: string) => Uint8Array;
  /** Writes a file, whole or not at all. */
  readonly write: (path: string, content: Uint8Array) => void;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What `--help` prints after the summary. */
  readonly usage: string;
  /** Runs with the arguments after the name; answers the exit code. */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number> | number;
}

/** An option every command with a device has. */
export const STATE_OPTION = { state: { type: 'string', default: '.truetonne/device' } } as const;
export const STATE_USAGE =
  '  --state <folder>     where the key and the state are (.truetonne/device)';

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** A 20-byte address, lower case. Throws PARAMETER_INVALID. */
export function parseAddress(text: string | undefined, option: string): Hex {
  if (text !== undefined && ADDRESS.test(text)) return `0x${text.slice(2).toLowerCase()}`;
  throw invalid(option, text, '0x and 40 hex digits');
}

/** A whole number that is not negative. Throws PARAMETER_INVALID. */
export function parseWhole(text: string | undefined, option: string): bigint {
  if (text !== undefined && /^\d{1,20}$/.test(text)) return BigInt(text);
  throw invalid(option, text, 'a whole number');
}

/** Bytes as JSON. Throws BODY_MALFORMED with the parser's words. */
export function parseJson(content: Uint8Array, path: string): unknown {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(content));
    return json;
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error);
    throw new TonneError('BODY_MALFORMED', { field: path, value, expected: 'JSON' });
  }
}

/** Unix seconds; now when the option is not given. Throws PARAMETER_INVALID. */
export function parseTime(text: string | undefined, option: string): number {
  return text === undefined ? Math.floor(Date.now() / 1000) : Number(parseWhole(text, option));
}

/** Bytes given as hex. Throws PARAMETER_INVALID. */
export function parseHex(text: string | undefined, option: string): Uint8Array {
  const bytes = text === undefined ? undefined : findBytes(text);
  if (bytes !== undefined) return bytes;
  throw invalid(option, text, 'bytes as hex');
}

function invalid(option: string, text: string | undefined, expected: string): TonneError {
  return new TonneError('PARAMETER_INVALID', {
    field: option,
    value: text ?? 'not given',
    expected,
  });
}

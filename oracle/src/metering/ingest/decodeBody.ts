import {
  concatBytes,
  countOf,
  decodeHeader,
  encodeReading,
  findBytes,
  HEADER_SIZE,
  MAX_READINGS,
  parseReadingJson,
  SIGNATURE_SIZE,
  TonneError,
  windowSize,
  WINDOW_PREFIX_SIZE,
} from '@truetonne/protocol';

/** A window of a request: its bytes, or why there are none. */
export interface SentWindow {
  /** Place in the request, for the field of an error: `windows[3].`, or nothing when it is the only one. */
  readonly where: string;
  readonly bytes: Uint8Array | TonneError;
}

/**
 * Takes a JSON body apart: one window `{header, signature, readings}` or `{windows: [...]}`.
 *
 * @throws TonneError BODY_MALFORMED when it is neither, UNSIGNED_NOT_ALLOWED when it is a bare reading
 */
export function decodeJsonBody(text: string): readonly SentWindow[] {
  const body = parseJson(text);
  if (!isRecord(body)) throw malformed('body', 'an object');
  if (!('windows' in body)) {
    assertSealed(body);
    return [decodeAt('', body)];
  }
  const { windows } = body;
  if (!Array.isArray(windows) || windows.length === 0) {
    throw malformed('windows', 'a list of at least one window');
  }
  return windows.map((window: unknown, index) => decodeAt(`windows[${index}].`, window));
}

/** Devices of today post a reading without an envelope: they are told what is missing. */
function assertSealed(body: Record<string, unknown>): void {
  if ('header' in body || 'signature' in body || !('timestamp' in body)) return;
  throw new TonneError('UNSIGNED_NOT_ALLOWED', { field: 'signature', value: 'nothing' });
}

/** Takes windows apart that are joined: `header ‖ signature ‖ readings`, once or more. */
export function decodeBinaryBody(body: Uint8Array): readonly SentWindow[] {
  const sent: SentWindow[] = [];
  let offset = 0;
  do {
    const rest = body.subarray(offset);
    const size = sizeOfFirst(rest);
    // What can't be measured can't be separated from what follows, so it is the last one.
    const bytes = size instanceof TonneError ? size : rest.subarray(0, size);
    sent.push({ where: `windows[${sent.length}].`, bytes });
    offset += size instanceof TonneError ? rest.length : size;
  } while (offset < body.length);
  const [only] = sent;
  return sent.length === 1 && only !== undefined ? [{ ...only, where: '' }] : sent;
}

function sizeOfFirst(rest: Uint8Array): number | TonneError {
  if (rest.length < WINDOW_PREFIX_SIZE) {
    const expected = `at least ${WINDOW_PREFIX_SIZE} bytes`;
    return new TonneError('WINDOW_TRUNCATED', {
      field: 'window',
      value: String(rest.length),
      expected,
    });
  }
  try {
    // Nothing but the count says where the window ends; what else is wrong is found when it is parsed.
    const count = countOf(rest);
    return windowSize(count >= 1 && count <= MAX_READINGS ? { count } : decodeHeader(rest));
  } catch (error) {
    if (error instanceof TonneError) return error;
    throw error;
  }
}

function decodeAt(where: string, value: unknown): SentWindow {
  try {
    return { where, bytes: decodeWindowJson(value) };
  } catch (error) {
    if (error instanceof TonneError) return { where, bytes: error };
    throw error;
  }
}

/** The bytes of a window from its JSON. Throws BODY_MALFORMED, and those of `parseReadingJson`. */
export function decodeWindowJson(value: unknown): Uint8Array {
  if (!isRecord(value)) throw malformed('window', 'an object with header, signature and readings');
  const header = decodeHex(value['header'], 'header', HEADER_SIZE);
  const signature = decodeHex(value['signature'], 'signature', SIGNATURE_SIZE);
  const { readings } = value;
  if (!Array.isArray(readings)) {
    return concatBytes([header, signature, decodeHex(readings, 'readings', undefined)]);
  }
  const { deviceId } = decodeHeader(header);
  const packed = readings.map((reading: unknown, index) =>
    encodeReading(parseReadingJson(reading, deviceId, `readings[${index}]`)),
  );
  return concatBytes([header, signature, ...packed]);
}

function decodeHex(value: unknown, field: string, size: number | undefined): Uint8Array {
  const expected = size === undefined ? 'hex, or a list of readings' : `hex of ${size} bytes`;
  if (typeof value !== 'string') throw malformed(field, expected, describe(value));
  const bytes = findBytes(value);
  if (bytes === undefined || (size !== undefined && bytes.length !== size)) {
    throw malformed(field, expected, describe(value));
  }
  return bytes;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed('body', 'JSON', error instanceof Error ? error.message : undefined);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value of the request for an error text: short, however long it is. */
function describe(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}

function malformed(field: string, expected: string, value?: string): TonneError {
  const details = { field, expected };
  return new TonneError('BODY_MALFORMED', value === undefined ? details : { ...details, value });
}

import {
  concatBytes,
  encodeReading,
  findBytes,
  decodeHeader,
  parseReadingJson,
  toHex,
  TonneError,
  type Hex,
  type Reading,
  type SealedWindow,
} from '@truetonne/protocol';

/** A window as JSON (SPEC section 4, "As JSON"): what a device posts with curl. */
export interface Envelope {
  readonly header: Hex;
  readonly signature: Hex;
  readonly readings: unknown;
}

/** Flat JSON objects, one or a list, as readings. Throws as `parseReadingJson`. */
export function parseReadings(json: unknown, deviceId: Hex): readonly Reading[] {
  const objects: readonly unknown[] = Array.isArray(json) ? json : [json];
  return objects.map((object, index) => parseReadingJson(object, deviceId, `readings[${index}]`));
}

/** The envelope of a window; `readings` are the objects it was sealed from. */
export function toEnvelope({ headerBytes, signature }: SealedWindow, readings: unknown): Envelope {
  return {
    header: toHex(headerBytes),
    signature: toHex(signature),
    readings: Array.isArray(readings) ? readings : [readings],
  };
}

/** The bytes of a window in JSON. Throws BODY_MALFORMED or as `parseReadings`. */
export function packEnvelope(json: unknown): Uint8Array {
  const fields = new Map<string, unknown>(Object.entries(json ?? {}));
  const header = bytesOf(fields, 'header');
  const signature = bytesOf(fields, 'signature');
  const readings = fields.get('readings');
  const packed =
    typeof readings === 'string'
      ? bytesOf(fields, 'readings')
      : concatBytes(parseReadings(readings, decodeHeader(header).deviceId).map(encodeReading));
  return concatBytes([header, signature, packed]);
}

function bytesOf(fields: ReadonlyMap<string, unknown>, field: string): Uint8Array {
  const text = fields.get(field);
  const bytes = typeof text === 'string' ? findBytes(text) : undefined;
  if (bytes !== undefined) return bytes;
  throw new TonneError('BODY_MALFORMED', { field, expected: 'hex' });
}

import { big, hex, integer, isRecord, object, optional, text, type Parser } from '../api/parse.ts';

/** Event ids are opaque to the page but for their order: they count up. */
const eventId: Parser<string> = (value, path) => String(big(value, path));

const shape = object({
  id: eventId,
  type: text,
  projectId: optional(integer),
  deviceId: hex,
  at: integer,
  activePowerMw: optional(big),
  exportWh: big,
  importWh: big,
  gramsEstimate: optional(big),
});

/** A reading as it comes in; its id tells its place in the stream. */
export type LiveReading = ReturnType<typeof shape>;

/** What is shown of a reading: power in mW, registers in Wh, grams before any deduction. */
export type Sample = Omit<LiveReading, 'id' | 'type'>;

/** What devices measured before the page was opened. */
export interface History {
  /** In the order of time, of each device. */
  readonly samples: readonly Sample[];
  /** False when they are the last reading of each device and no more, as in a large fleet. */
  readonly hasTraces: boolean;
}

/**
 * Reads one message of the stream.
 * @returns `undefined` for a message of another kind, such as a greeting
 * @throws ShapeError or SyntaxError
 */
export function parseLiveMessage(data: string): LiveReading | undefined {
  const message: unknown = JSON.parse(data);
  if (!isRecord(message) || message['type'] !== 'reading') return undefined;
  return shape(message, 'live');
}

import { decodeReading, READING_SIZE, WINDOW_PREFIX_SIZE, type Reading } from '@truetonne/protocol';

/** The readings of a stored window, whose form was checked when it came. */
export function readingsOf(bytes: Uint8Array): readonly Reading[] {
  const readings: Reading[] = [];
  for (let offset = WINDOW_PREFIX_SIZE; offset < bytes.length; offset += READING_SIZE) {
    readings.push(decodeReading(bytes.subarray(offset, offset + READING_SIZE)));
  }
  return readings;
}

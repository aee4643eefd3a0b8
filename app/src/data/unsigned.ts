/** Hooks over readings that nobody signed. */
import {
  fetchUnsigned,
  fetchUnsignedSources,
  type UnsignedReading,
  type UnsignedSource,
} from '../api/index.ts';
import { useMeasuredPages, type CursorPages } from './measured.ts';

/** Devices of which there are such readings, by name. */
export function useUnsignedSources(): CursorPages<UnsignedSource> {
  return useMeasuredPages(['unsigned'], fetchUnsignedSources);
}

/** Those of one device from a time on. */
export function useUnsigned(source: string, from: number): CursorPages<UnsignedReading> {
  return useMeasuredPages(['unsigned', source, from], (url, cursor) =>
    fetchUnsigned(url, { source, from }, cursor),
  );
}

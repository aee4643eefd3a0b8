/** Signed readings that an activity's electricity is computed from. */
import { readAllPages } from '../allPages.ts';
import { address, big, flag, hex, integer, listOf, object, optional, text } from '../parse.ts';
import { ownPath } from './organisations.ts';
import { askOwn } from './own.ts';
import { cursorPage } from './page.ts';

const register = object({
  readingId: optional(text),
  sequence: integer,
  at: integer,
  importWh: big,
  leaf: hex,
});

/** What an activity cites: registers in watt-hours, times in Unix seconds. */
export const citation = object({
  from: integer,
  until: integer,
  importWh: big,
  devices: listOf(
    object({
      deviceId: hex,
      opening: register,
      closing: register,
      importWh: big,
      windows: integer,
      batches: listOf(object({ batchId: text, root: hex })),
    }),
  ),
});
export type Citation = ReturnType<typeof citation>;
export type CitedDevice = Citation['devices'][number];

const ownDevice = object({
  deviceId: hex,
  owner: address,
  projectId: optional(integer),
  projectName: optional(text),
  lastAt: optional(integer),
  void: flag,
});
export type OwnDevice = ReturnType<typeof ownDevice>;

/** Devices whose readings the organisation may cite, all of them. */
export function fetchOwnDevices(oracleUrl: string, id: string): Promise<readonly OwnDevice[]> {
  return readAllPages((cursor) =>
    askOwn(oracleUrl, ownPath(id, '/v1/own-devices', { cursor }), cursorPage('devices', ownDevice)),
  );
}

const check = object({ sound: flag, detail: optional(text) });

/** Whether what an activity cites still stands. */
export function checkCitation(
  oracleUrl: string,
  id: string,
  which: string,
): Promise<ReturnType<typeof check>> {
  return askOwn(oracleUrl, ownPath(id, `/v1/activities/${which}/readings`), check);
}

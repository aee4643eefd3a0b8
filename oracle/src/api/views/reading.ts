import { batchIdOf, OPTIONAL_FIELD_NAMES, type Hex, type Reading } from '@truetonne/protocol';
import type { Judgement } from '../../metering/judge/judgements.ts';
import { reasonOf } from '../schemas/shared.ts';

/** What was found of a reading, with reasons in words. */
export function judgementView({ state, reason, deductedWh, flags, wait, batch }: Judgement) {
  return {
    state,
    reason: reason === undefined ? null : reasonOf(reason),
    deductedWh: String(deductedWh),
    flags: flags.map(reasonOf),
    waiting: wait === undefined ? null : { since: wait.since, deadline: wait.deadline },
    batch: batch === undefined ? null : toBatchReference(batch),
  };
}

function toBatchReference({ projectId, number, phase }: NonNullable<Judgement['batch']>) {
  // Proof: batches that were refused hold no windows, so they are never found by one.
  const reached = phase === 'refused' ? 'sealed' : phase;
  return { batchId: String(batchIdOf(projectId, number)), phase: reached };
}

/** A reading as the API shows it, but for its judgement. */
export function readingView(
  reading: Reading,
  index: number,
  place: { readonly deviceId: Hex; readonly sequence: number },
) {
  return {
    id: `${place.deviceId}.${place.sequence}.${index}`,
    ...place,
    index,
    at: reading.at,
    exportWh: String(reading.exportWh),
    importWh: String(reading.importWh),
    status: reading.status,
    fields: fieldsView(reading.fields),
  };
}

/** A plain loop: a month of a device has three thousand readings. */
function fieldsView(fields: Reading['fields']): Record<string, string> {
  const view: Record<string, string> = {};
  for (const name of OPTIONAL_FIELD_NAMES) {
    const value = fields[name];
    if (value !== undefined) view[name] = String(value);
  }
  return view;
}

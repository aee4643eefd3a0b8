import {
  decodeHeader,
  decodeMeterReplacement,
  startWalk,
  type DevicePosition,
  type WalkState,
} from '@truetonne/protocol';
import {
  forgetBelieved,
  letGo,
  readDisbelieved,
  readFrozen,
  readReplacementsById,
} from '../../store/believed.ts';
import { endPartedPairs } from '../../store/checkMeters.ts';
import type { Session } from '../../store/database/database.ts';
import { findHead } from '../../store/judgement.ts';
import { dropSealedBatches } from '../../store/life.ts';
import { readWindowsAt } from '../../store/ranges.ts';
import { readDevicesByNumber } from '../../store/registry.ts';
import type { BelievedDevice, DeviceRow } from '../../store/tables/schema.ts';
import { forgetWaitingOfUnjudged } from '../../store/waiting.ts';
import { creditedOf } from './devices.ts';
import { leaveAt, readCreditedWalk, subtractAfter } from './retract.ts';

/**
 * All events were read anew: what was judged under terms that turned out not to be so is judged anew,
 * and what the new chain does not know is let go. Everything else stays as it was judged.
 */
export async function disbelieve(session: Session, now: number): Promise<void> {
  await letGo(session);
  const changed = await readDisbelieved(session);
  const rows = new Map(
    (
      await readDevicesByNumber(
        session,
        changed.map(({ deviceNumber }) => deviceNumber),
      )
    ).map((row) => [row.number, row]),
  );
  for (const believed of changed) {
    const device = rows.get(believed.deviceNumber);
    if (device !== undefined) await retractBelieved(session, device, believed);
  }
  const unsealed = [...rows.keys(), ...(await readFrozen(session))];
  for (const number of new Set(unsealed)) await dropSealedBatches(session, number);
  await forgetWaitingOfUnjudged(session);
  await endPartedPairs(session, now);
  await forgetBelieved(session);
}

/** Takes back what was judged after the window that is the last credited one now. */
async function retractBelieved(
  session: Session,
  device: DeviceRow,
  believed: BelievedDevice,
): Promise<void> {
  const head = await findHead(session, device.number);
  const keep = device.creditedSequence;
  if (head === undefined || head.lastSequence <= keep) return;
  await subtractAfter(session, head, keep, {
    origin: await findOrigin(session, device, believed),
    replaced: await readReplaced(session, believed.replacements),
    utcOffsetMinutes: believed.utcOffsetMinutes,
  });
  await leaveAt(session, head, await readCreditedWalk(session, device));
}

/** Where measuring began: at what was believed to be credited, or before that where less of it is by now. */
async function findOrigin(
  session: Session,
  device: DeviceRow,
  believed: BelievedDevice,
): Promise<WalkState> {
  const { number: deviceNumber, creditedSequence: sequence } = device;
  if (sequence >= believed.creditedSequence) return walkFrom(creditedOf(believed));
  if (sequence === 0) {
    const { claimedAt: closedAt, claimExportWh: exportWh, claimImportWh: importWh } = believed;
    return walkFrom({ sequence, closedAt, exportWh, importWh });
  }
  const bytes = (await readWindowsAt(session, [{ deviceNumber, sequence }])).get(deviceNumber);
  return walkFrom(bytes === undefined ? creditedOf(device) : decodeHeader(bytes));
}

/** Where each new meter began, by the sequence before. */
async function readReplaced(
  session: Session,
  ids: readonly number[],
): Promise<ReadonlyMap<number, WalkState>> {
  const statements = (await readReplacementsById(session, ids)).map(({ statement }) =>
    decodeMeterReplacement(statement),
  );
  return new Map(
    statements.map(({ replacedAt: closedAt, ...position }) => [
      position.sequence,
      walkFrom({ ...position, closedAt }),
    ]),
  );
}

/** The hash of the window before decides what is found, not what is measured. */
function walkFrom({ sequence, closedAt, exportWh, importWh }: DevicePosition): WalkState {
  return startWalk({ sequence, closedAt, exportWh, importWh }, undefined);
}

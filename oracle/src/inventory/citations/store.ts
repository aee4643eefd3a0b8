import { toHex, type Hex } from '@truetonne/protocol';
import { KEEPERS } from '../../domain/roles.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import { asBytes } from '../../store/ranges.ts';

/** A device of a member who may write, as the page offers it. */
export interface OwnDevice {
  readonly number: number;
  readonly deviceId: Hex;
  readonly owner: Hex;
  readonly projectId: number | null;
  readonly projectName: string | null;
  readonly claimedAt: number;
  readonly claimHash: Hex;
  readonly claimImportWh: string;
  readonly frozen: boolean;
  readonly revokedFrom: number | null;
  /** When its newest window closes; `null` before the first. */
  readonly lastAt: number | null;
}

/** Devices of the wallets that keep the organisation's books. */
export async function readOwnDevices({ run }: TenantSession): Promise<readonly OwnDevice[]> {
  const rows = await run(
    `SELECT d.number, d.device_id, d.owner, d.project_id, p.name, d.claimed_at,
       d.claim_hash, d.claim_import_wh::text,
       d.frozen_sequence IS NOT NULL, d.revoked_from,
       (SELECT max(closed_at) FROM windows WHERE windows.device_number = d.number)
     FROM devices AS d LEFT JOIN projects AS p ON p.id = d.project_id
     WHERE d.owner IN (SELECT address FROM members WHERE role = ANY($1::text[]))
     ORDER BY d.project_id, d.device_id`,
    [KEEPERS],
  );
  const whole = (value: unknown): number | null => (value === null ? null : Number(value));
  return rows.map((row) => {
    const [number, id, owner, projectId, name, claimedAt, hash, wh, frozen, revoked, last] = row;
    return {
      ...{ number: Number(number), deviceId: toHex(asBytes(id)), owner: toHex(asBytes(owner)) },
      ...{ projectId: whole(projectId), projectName: typeof name === 'string' ? name : null },
      ...{ claimedAt: Number(claimedAt), claimHash: toHex(asBytes(hash)) },
      ...{ claimImportWh: String(wh), frozen: frozen === true },
      ...{ revokedFrom: whole(revoked), lastAt: whole(last) },
    };
  });
}

/** A header names the header before it in its last 32 bytes (SPEC section 4). */
const PREVIOUS_HASH = 'substr(bytes, 145, 32)';

/** How many windows are stored from one sequence to another, and the first that does not follow on. */
export async function readChain(
  { run }: TenantSession,
  deviceNumber: number,
  first: number,
  last: number,
): Promise<{ readonly stored: number; readonly brokenAt: number | undefined }> {
  const [row] = await run(
    `SELECT count(*), min(sequence) FILTER (WHERE NOT linked) FROM (
       SELECT windows.sequence, ${PREVIOUS_HASH} = lag(header_hash) OVER w AS linked
       FROM windows JOIN window_bytes USING (device_number, closed_at, sequence)
       WHERE device_number = $1::int AND windows.sequence BETWEEN $2::bigint AND $3::bigint
       WINDOW w AS (ORDER BY windows.sequence)
     ) AS chain`,
    [deviceNumber, first, last],
    'chain-of-windows',
  );
  const [stored, broken] = row ?? [];
  return {
    stored: Number(stored),
    brokenAt: broken === null || broken === undefined ? undefined : Number(broken),
  };
}

export interface HoldingBatch {
  readonly projectId: number;
  readonly number: number;
  readonly root: Hex;
  readonly settled: string | null;
}

/** Batches on the chain that hold windows of a range. */
export async function readHoldingBatches(
  { run }: TenantSession,
  deviceNumber: number,
  first: number,
  last: number,
): Promise<readonly HoldingBatch[]> {
  const rows = await run(
    `SELECT project_id, number, root, settled FROM batch_devices
     JOIN batches ON key = batch_key
     WHERE device_number = $1::int AND phase = 'confirmed'
       AND opening_sequence < $3::bigint AND closing_sequence >= $2::bigint
     ORDER BY project_id, number`,
    [deviceNumber, first, last],
  );
  return rows.map(([projectId, number, root, settled]) => ({
    ...{ projectId: Number(projectId), number: Number(number), root: toHex(asBytes(root)) },
    settled: typeof settled === 'string' ? settled : null,
  }));
}

/** Citations of activities that count, but for one. */
export async function readCitations(
  { run }: TenantSession,
  exceptId: number | undefined,
): Promise<readonly { readonly id: number; readonly citation: string }[]> {
  const rows = await run(
    `SELECT id, citation FROM activities
     WHERE citation IS NOT NULL AND NOT deleted AND id IS DISTINCT FROM $1::bigint`,
    [exceptId ?? null],
    'read-citations',
  );
  return rows.map(([id, citation]) => ({ id: Number(id), citation: String(citation) }));
}

import { eq, lt } from 'drizzle-orm';
import type { Session } from '../store/database/database.ts';
import { mqttCredentials } from '../store/tables/schema.ts';

interface Credential {
  readonly deviceNumber: number;
  readonly passwordHash: Uint8Array;
  /** The device's own time of the request; Unix seconds. */
  readonly requestedAt: number;
  readonly expiresAt: number;
}

/** Replaces a device's password when the request is later than the one before; answers whether it was. */
export async function saveCredential({ orm }: Session, credential: Credential): Promise<boolean> {
  const { deviceNumber, ...rest } = credential;
  const rows = await orm
    .insert(mqttCredentials)
    .values(credential)
    .onConflictDoUpdate({
      target: mqttCredentials.deviceNumber,
      set: rest,
      setWhere: lt(mqttCredentials.requestedAt, credential.requestedAt),
    })
    .returning({ deviceNumber: mqttCredentials.deviceNumber });
  return rows.length > 0 && deviceNumber === rows[0]?.deviceNumber;
}

export async function findCredential(
  { orm }: Session,
  deviceNumber: number,
): Promise<Credential | undefined> {
  const [row] = await orm
    .select()
    .from(mqttCredentials)
    .where(eq(mqttCredentials.deviceNumber, deviceNumber));
  return row;
}

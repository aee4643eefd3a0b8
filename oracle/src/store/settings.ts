import type { Hex } from '@truetonne/protocol';
import { eq } from 'drizzle-orm';
import type { Session } from './database/database.ts';
import { settings } from './tables/schema.ts';

/**
 * `domain`: registry and chain that this store belongs to. `judgedThrough`: id of the newest window
 * that was looked at for judgement. `chainCursor`: JSON of the last block whose events are in here.
 * `registryVersion`: changes when devices or projects did, so that other oracles read them again.
 */
type SettingKey = 'domain' | 'judgedThrough' | 'chainCursor' | 'registryVersion';

export async function findSetting({ orm }: Session, key: SettingKey): Promise<string | undefined> {
  const [row] = await orm.select().from(settings).where(eq(settings.key, key));
  return row?.value;
}

export async function saveSetting({ orm }: Session, key: SettingKey, value: string): Promise<void> {
  await orm
    .insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({ target: settings.key, set: { value } });
}

/** Id of the newest window that was looked at for judgement. */
export async function readMark(session: Session): Promise<number> {
  return Number((await findSetting(session, 'judgedThrough')) ?? '0');
}

/** The registry and chain that this store belongs to, as its start wrote it. */
export async function getDomain(session: Session): Promise<Hex> {
  const domain = await findSetting(session, 'domain');
  if (domain === undefined) throw new Error('the store has no domain yet');
  // Proof: only the start writes it, from a domain.
  return domain as Hex;
}

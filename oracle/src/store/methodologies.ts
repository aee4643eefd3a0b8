import type { Session } from './database/database.ts';
import { methodologies } from './tables/schema.ts';

export type MethodologyRow = typeof methodologies.$inferSelect;

export async function saveMethodology({ orm }: Session, version: MethodologyRow): Promise<void> {
  await orm
    .insert(methodologies)
    .values(version)
    .onConflictDoUpdate({ target: methodologies.id, set: version });
}

export function readMethodologies({ orm }: Session): Promise<readonly MethodologyRow[]> {
  return orm.select().from(methodologies);
}

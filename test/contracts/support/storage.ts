/** Where contracts keep what they store, as the compiler says it. */
import { readFileSync } from 'node:fs';

import hre from 'hardhat';
import solc from 'solc';

/** What is used of a build: its input is what the compiler was given. */
interface Build {
  readonly input: {
    readonly language: string;
    readonly sources: Readonly<Record<string, unknown>>;
    readonly settings: { readonly remappings?: readonly string[] };
  };
}

interface Variable {
  readonly label: string;
  readonly slot: string;
  readonly offset: number;
  readonly type: string;
}

interface Layout {
  readonly storage: readonly Variable[];
  readonly types: Readonly<
    Record<string, { readonly label: string; readonly members?: readonly Variable[] }>
  >;
}

interface Compiled {
  readonly contracts: Readonly<
    Record<string, Readonly<Record<string, { readonly storageLayout: Layout }>>>
  >;
}

// Proof: standard JSON in, standard JSON out.
const compile = solc.compile as (input: string) => string;

/** Lines such as `slot 3, byte 0: executableFrom, mapping(uint64 => uint40)`, by contract or struct. */
export type StorageLayouts = Readonly<Record<string, readonly string[]>>;

/** What contracts and their structs store where. Analyses the sources again: no code is made. */
export async function readStorage(names: readonly string[]): Promise<StorageLayouts> {
  const builds = await Promise.all([...new Set(names)].map(readBuild));
  const sources = Object.assign({}, ...builds.map(({ input }) => input.sources)) as object;
  const remappings = [...new Set(builds.flatMap(({ input }) => input.settings.remappings ?? []))];
  const outputSelection = { '*': { '*': ['storageLayout'] } };
  const input = { language: 'Solidity', sources, settings: { remappings, outputSelection } };
  // Proof: solc answers in its standard JSON.
  const { contracts } = JSON.parse(compile(JSON.stringify(input))) as Compiled;
  const layouts = new Map(
    Object.values(contracts).flatMap((file) =>
      Object.entries(file).map(([name, { storageLayout }]) => [name, storageLayout] as const),
    ),
  );
  const found = names.flatMap((name) => {
    const layout = layouts.get(name);
    if (layout === undefined) throw new Error(`the compiler knows no contract ${name}`);
    return linesOf(name, layout);
  });
  return Object.fromEntries(found);
}

async function readBuild(name: string): Promise<Build> {
  const id = await hre.artifacts.getBuildInfoId(name);
  const path = id === undefined ? undefined : await hre.artifacts.getBuildInfoPath(id);
  if (path === undefined) throw new Error(`${name} was not built: npx hardhat build`);
  // Proof: written by Hardhat.
  return JSON.parse(readFileSync(path, 'utf8')) as Build;
}

function linesOf(name: string, { storage, types }: Layout): [string, readonly string[]][] {
  const say = ({ slot, offset, label, type }: Variable): string =>
    `slot ${slot}, byte ${offset}: ${label}, ${types[type]?.label ?? type}`;
  const structs = Object.values(types).flatMap(({ label, members }): [string, string[]][] =>
    members === undefined ? [] : [[label, members.map(say)]],
  );
  return [[name, storage.map(say)], ...structs];
}

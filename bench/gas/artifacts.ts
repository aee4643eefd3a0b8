import { readFileSync } from 'node:fs';
import { basename, isAbsolute, resolve } from 'node:path';

import type { Abi, Hex } from 'viem';

const COMPILED = resolve(import.meta.dirname, '../../artifacts/contracts');

interface Artifact {
  readonly abi: Abi;
  readonly bytecode: Hex;
}

/** A compiled contract: a file's absolute path, or a name under contracts/ such as `mocks/Token`. */
export function readArtifact(name: string): Artifact {
  const path = isAbsolute(name) ? name : `${COMPILED}/${name}.sol/${basename(name)}.json`;
  const artifact: Artifact = JSON.parse(readFileSync(path, 'utf8'));
  return artifact;
}

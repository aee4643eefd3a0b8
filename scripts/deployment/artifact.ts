import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { encodeDeployData, type Abi, type Address, type Hex } from 'viem';

import { ROOT } from '../lib/paths.ts';

const ARTIFACT = join(ROOT, 'artifacts/contracts/TonneRegistry.sol/TonneRegistry.json');

/** What creates the registry: compiled code and the constructor's argument. */
export async function readCreationCode(admin: Address): Promise<Hex> {
  const { abi, bytecode }: { abi: Abi; bytecode: Hex } = JSON.parse(
    await readFile(ARTIFACT, 'utf8'),
  );
  return encodeDeployData({ abi, bytecode, args: [admin] });
}

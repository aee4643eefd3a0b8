/** Writes the ABIs of the compiled contracts into protocol/src/abi/, where every part reads them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Abi } from 'viem';

import { readCompiled } from './deployment/artifact.ts';
import { ROOT } from './lib/paths.ts';

/** One exported ABI: `constant` in `protocol/src/abi/<file>`, from one contract's artifact. */
interface AbiExport {
  readonly contract: string;
  readonly constant: string;
  readonly file: string;
}

export const ABI_EXPORTS: readonly AbiExport[] = [
  { contract: 'TonneRegistry', constant: 'registryAbi', file: 'registry.ts' },
  { contract: 'CarbonCredit', constant: 'creditAbi', file: 'credit.ts' },
  { contract: 'EnergyCertificate', constant: 'energyCertificateAbi', file: 'energyCertificate.ts' },
  { contract: 'TonneVerification', constant: 'verificationAbi', file: 'verification.ts' },
  { contract: 'TonneRecourse', constant: 'recourseAbi', file: 'recourse.ts' },
  { contract: 'TonneReadings', constant: 'readingsAbi', file: 'readings.ts' },
  { contract: 'TonneCertificates', constant: 'certificatesAbi', file: 'certificates.ts' },
  { contract: 'TonneMarket', constant: 'marketAbi', file: 'market.ts' },
  { contract: 'TonneSubscriptions', constant: 'subscriptionsAbi', file: 'subscriptions.ts' },
  { contract: 'TonnePlans', constant: 'plansAbi', file: 'plans.ts' },
  { contract: 'BatchRecomputation', constant: 'recomputationAbi', file: 'recomputation.ts' },
  { contract: 'InventoryAnchor', constant: 'inventoryAnchorAbi', file: 'inventoryAnchor.ts' },
];

/** The text of a TypeScript module that exports `abi` with its exact type. */
export function toModule(constant: string, abi: Abi): string {
  const entries = abi.map((entry) => `  ${JSON.stringify(entry)},`).join('\n');
  return `// Generated from the compiled contract by scripts/exportAbis.ts.\nexport const ${constant} = [\n${entries}\n] as const;\n`;
}

export function pathOf(file: string): string {
  return join(ROOT, 'protocol/src/abi', file);
}

if (import.meta.main) {
  for (const { contract, constant, file } of ABI_EXPORTS) {
    await writeFile(pathOf(file), toModule(constant, (await readCompiled(contract)).abi));
    console.log(`${contract} -> protocol/src/abi/${file}`);
  }
}

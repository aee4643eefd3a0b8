/** Law 9, nothing personal on-chain: which words a chain can hold at all. */
import assert from 'node:assert/strict';

import type { Abi, AbiParameter } from 'viem';

import * as protocol from '../../protocol/src/index.ts';
import { ABI_EXPORTS } from '../../scripts/exportAbis.ts';

/** Words that whoever sends them chose to publish; the page says so before it sends any. */
const KNOWN = [
  'CarbonCredit.retire.dedication.beneficiary',
  'CarbonCredit.retire.dedication.purpose',
  'CarbonCredit.retireWithCertificate.dedication.beneficiary',
  'CarbonCredit.retireWithCertificate.dedication.purpose',
  'EnergyCertificate.cancel.beneficiary',
  'EnergyCertificate.cancel.purpose',
  'TonneCertificates.certify.dedication.beneficiary',
  'TonneCertificates.certify.dedication.purpose',
  'TonneCertificates.reveal.beneficiary',
  'TonneMarket.buyAndRetire.dedication.beneficiary',
  'TonneMarket.buyAndRetire.dedication.purpose',
  // Names of things and addresses of documents.
  'BatchRecomputation.request.fileUrl',
  'BatchRecomputation.request.source',
  'TonnePlans.createPlan.name',
  'TonneRecourse.announceVoid.opinions.reasonUri',
  'TonneRegistry.publishMethodology.code',
  'TonneRegistry.publishMethodology.version',
  'TonneRegistry.registerProject.plant.name',
  'TonneVerification.opine.opinions.reasonUri',
];

/** The texts in a parameter, each by its way from the root. */
function textsOf(parameter: AbiParameter, path: string): readonly string[] {
  const here = `${path}.${parameter.name ?? ''}`;
  const own = parameter.type.startsWith('string') ? [here] : [];
  const parts = 'components' in parameter ? parameter.components : [];
  return [...own, ...parts.flatMap((part) => textsOf(part, here))];
}

describe('free text', () => {
  it('goes on the chain in these fields and in no other: a new one has to be thought of here', () => {
    const abis = new Map<string, unknown>(Object.entries(protocol));
    const found = ABI_EXPORTS.flatMap(({ contract, constant }) => {
      // Proof: an exported ABI by its name; contracts.test.ts holds it equal to the compiled one.
      const abi = abis.get(constant) as Abi;
      return abi.flatMap((entry) =>
        entry.type === 'function' && !['view', 'pure'].includes(entry.stateMutability)
          ? entry.inputs.flatMap((input) => textsOf(input, `${contract}.${entry.name}`))
          : [],
      );
    });
    assert.deepEqual(found.toSorted(), KNOWN.toSorted());
  });
});

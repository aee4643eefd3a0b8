import assert from 'node:assert/strict';

import { numberToHex } from 'viem';

import { domainOf } from '../../protocol/src/index.ts';
import { openChain } from './support/chain.ts';

const { freshWorld, setCode } = await openChain();

const CHAIN_ID = 31_337;
const wordOf = (value: number) => numberToHex(value, { size: 32 }).slice(2);

describe('a chain that was split', () => {
  it('has another domain on its new side, so that energy counts on one side only', async () => {
    const { registry, reader, contracts } = await freshWorld();
    const address = contracts.registry;
    const domain = await registry.read.domain();
    assert.equal(domain, domainOf(CHAIN_ID, address));
    // As if it had been deployed on a chain of another number, whose domain it remembers.
    const code = (await reader.getCode({ address })) ?? '0x';
    const remembered = code
      .replaceAll(wordOf(CHAIN_ID), wordOf(CHAIN_ID + 1))
      .replaceAll(domain.slice(2), domainOf(CHAIN_ID + 1, address).slice(2));
    assert.notEqual(remembered, code);
    await setCode(address, remembered);
    assert.equal(await registry.read.domain(), domain);
  });
});

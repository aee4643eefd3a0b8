import assert from 'node:assert/strict';

import { getContract, parseAbi, type Address, type Hex, type PublicClient } from 'viem';

const ABI = parseAbi(['function supportsInterface(bytes4 interfaceId) view returns (bool)']);

/** Ids of the standards, as each of them gives it. */
export const INTERFACE = {
  erc165: '0x01ffc9a7',
  erc721: '0x80ac58cd',
  erc721Metadata: '0x5b5e139f',
  erc1155: '0xd9b67a26',
  erc1155Metadata: '0x0e89341c',
  erc1155Receiver: '0x4e2312e0',
  erc5192: '0xb45a3c0e',
} as const satisfies Record<string, Hex>;

interface Subject {
  readonly address: Address;
  readonly reader: PublicClient;
}

/** ERC-165, section "How a contract will publish the interfaces it implements". */
export function shouldBehaveLikeErc165(
  create: () => Promise<Subject>,
  claimed: readonly (keyof typeof INTERFACE)[],
): void {
  describe('as ERC-165 has it', () => {
    for (const name of Object.keys(INTERFACE).filter(isName)) {
      const expected = name === 'erc165' || claimed.includes(name);
      it(`${expected ? 'claims' : 'does not claim'} ${name}`, async () => {
        const { address, reader } = await create();
        const { read } = getContract({ address, abi: ABI, client: reader });
        assert.equal(await read.supportsInterface([INTERFACE[name]]), expected);
      });
    }

    it('never claims 0xffffffff, and answers with less than 30,000 gas', async () => {
      const { address, reader } = await create();
      const { read } = getContract({ address, abi: ABI, client: reader });
      assert.equal(await read.supportsInterface(['0xffffffff']), false);
      const transaction = 21_000n + 36n * 16n;
      const call = { address, abi: ABI, functionName: 'supportsInterface' } as const;
      const gas = await reader.estimateContractGas({ ...call, args: [INTERFACE.erc165] });
      assert.ok(gas - transaction < 30_000n, String(gas));
    });
  });
}

function isName(name: string): name is keyof typeof INTERFACE {
  return Object.hasOwn(INTERFACE, name);
}

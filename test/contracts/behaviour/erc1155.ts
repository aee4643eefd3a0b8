import assert from 'node:assert/strict';

import { getAddress, getContract, parseAbi, parseEventLogs, zeroAddress, type Address } from 'viem';

import { findRefusal } from '../support/refusal.ts';
import type { Wallet, World } from '../support/world.ts';
import { shouldBehaveLikeErc165 } from './erc165.ts';

const ABI = parseAbi([
  'event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value)',
  'event TransferBatch(address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] values)',
  'event ApprovalForAll(address indexed account, address indexed operator, bool approved)',
  'error ERC1155InsufficientBalance(address sender, uint256 balance, uint256 needed, uint256 tokenId)',
  'error ERC1155InvalidReceiver(address receiver)',
  'error ERC1155MissingApprovalForAll(address operator, address owner)',
  'error ERC1155InvalidArrayLength(uint256 idsLength, uint256 valuesLength)',
  'function balanceOf(address account, uint256 id) view returns (uint256)',
  'function balanceOfBatch(address[] accounts, uint256[] ids) view returns (uint256[])',
  'function isApprovedForAll(address account, address operator) view returns (bool)',
  'function setApprovalForAll(address operator, bool approved)',
  'function safeTransferFrom(address from, address to, uint256 id, uint256 value, bytes data)',
  'function safeBatchTransferFrom(address from, address to, uint256[] ids, uint256[] values, bytes data)',
]);

interface Subject {
  readonly world: World;
  readonly address: Address;
  /** What the owner of the world's plants holds, more than 2 of it. */
  readonly id: bigint;
}

/** ERC-1155 with metadata, of a token that the owner of the plants holds. */
export function shouldBehaveLikeErc1155(
  create: () => Promise<Subject>,
  { takesNone }: { readonly takesNone: (world: World) => Address },
): void {
  shouldBehaveLikeErc165(async () => {
    const { world, address } = await create();
    return { address, reader: world.reader };
  }, ['erc1155', 'erc1155Metadata']);

  describe('as ERC-1155 has it', () => {
    async function prepare() {
      const { world, address, id } = await create();
      const of = (wallet: Wallet) =>
        getContract({ address, abi: ABI, client: { public: world.reader, wallet } });
      const { owner, buyer } = world.actors;
      const [holder, other] = [owner, buyer].map(({ account }) => getAddress(account.address));
      if (holder === undefined || other === undefined) throw new Error('wallets');
      const held = await of(owner).read.balanceOf([holder, id]);
      assert.ok(held > 2n);
      const logsOf = async (hash: `0x${string}`) => {
        const { logs } = await world.reader.waitForTransactionReceipt({ hash });
        return parseEventLogs({ abi: ABI, logs }).map(({ eventName, args }) => ({
          eventName,
          args,
        }));
      };
      return { world, id, holder, other, held, byHolder: of(owner), byOther: of(buyer), logsOf };
    }
    const refused = async (call: Promise<unknown>, name: string, args: readonly unknown[]) =>
      assert.deepEqual(await findRefusal(call), { name, args });

    it('moves what a holder sends, all of it too, and tells so', async () => {
      const { id, holder, other, held, byHolder, logsOf } = await prepare();
      const hash = await byHolder.write.safeTransferFrom([holder, other, id, held, '0x']);
      const args = { operator: holder, from: holder, to: other, id, value: held };
      assert.deepEqual(await logsOf(hash), [{ eventName: 'TransferSingle', args }]);
      const balances = await byHolder.read.balanceOfBatch([
        [holder, other],
        [id, id],
      ]);
      assert.deepEqual(balances, [0n, held]);
    });

    it('moves several at once', async () => {
      const { id, holder, other, held, byHolder, logsOf } = await prepare();
      const lists = [
        [id, id],
        [1n, 1n],
      ] as const;
      const hash = await byHolder.write.safeBatchTransferFrom([holder, other, ...lists, '0x']);
      const args = { operator: holder, from: holder, to: other, ids: lists[0], values: lists[1] };
      assert.deepEqual(await logsOf(hash), [{ eventName: 'TransferBatch', args }]);
      assert.equal(await byHolder.read.balanceOf([holder, id]), held - 2n);
    });

    it('lets whom the holder approved move it, until the approval ends', async () => {
      const { id, holder, other, byHolder, byOther, logsOf } = await prepare();
      const send = () => byOther.write.safeTransferFrom([holder, other, id, 1n, '0x']);
      await refused(send(), 'ERC1155MissingApprovalForAll', [other, holder]);
      const hash = await byHolder.write.setApprovalForAll([other, true]);
      const args = { account: holder, operator: other, approved: true };
      assert.deepEqual(await logsOf(hash), [{ eventName: 'ApprovalForAll', args }]);
      assert.equal(await byHolder.read.isApprovedForAll([holder, other]), true);
      await send();
      await byHolder.write.setApprovalForAll([other, false]);
      await refused(send(), 'ERC1155MissingApprovalForAll', [other, holder]);
    });

    it('refuses more than is held, nobody, a contract that takes none, and uneven lists', async () => {
      const { world, id, holder, other, held, byHolder } = await prepare();
      const send = (to: Address, value: bigint) =>
        byHolder.write.safeTransferFrom([holder, to, id, value, '0x']);
      const short = [holder, held, held + 1n, id];
      await refused(send(other, held + 1n), 'ERC1155InsufficientBalance', short);
      await refused(send(zeroAddress, 1n), 'ERC1155InvalidReceiver', [zeroAddress]);
      const contract = getAddress(takesNone(world));
      await refused(send(contract, 1n), 'ERC1155InvalidReceiver', [contract]);
      const uneven = byHolder.write.safeBatchTransferFrom([holder, other, [id], [1n, 1n], '0x']);
      await refused(uneven, 'ERC1155InvalidArrayLength', [1n, 2n]);
      const lists = byHolder.read.balanceOfBatch([[holder], [id, id]]);
      await refused(lists, 'ERC1155InvalidArrayLength', [2n, 1n]);
    });
  });
}

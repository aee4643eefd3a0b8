import assert from 'node:assert/strict';

import { getAddress, getContract, parseAbi, zeroAddress, type Address } from 'viem';

import type { Wallet, World } from '../support/world.ts';
import { shouldBehaveLikeErc165 } from './erc165.ts';

const ABI = parseAbi([
  'function balanceOf(address owner) view returns (uint256)',
  'function ownerOf(uint256 tokenId) view returns (address)',
  'function name() view returns (string)',
  'function symbol() view returns (string)',
  'function tokenURI(uint256 tokenId) view returns (string)',
  'function getApproved(uint256 tokenId) view returns (address)',
  'function isApprovedForAll(address owner, address operator) view returns (bool)',
  'function locked(uint256 tokenId) view returns (bool)',
  'function approve(address to, uint256 tokenId)',
  'function setApprovalForAll(address operator, bool approved)',
  'function transferFrom(address from, address to, uint256 tokenId)',
  'function safeTransferFrom(address from, address to, uint256 tokenId)',
  'function safeTransferFrom(address from, address to, uint256 tokenId, bytes data)',
]);

interface Subject {
  readonly world: World;
  readonly address: Address;
  /** What the owner of the world's plants holds. */
  readonly tokenId: bigint;
}

/** ERC-721 with metadata, of tokens that ERC-5192 locks for good. */
export function shouldBehaveLikeErc5192(create: () => Promise<Subject>): void {
  shouldBehaveLikeErc165(async () => {
    const { world, address } = await create();
    return { address, reader: world.reader };
  }, ['erc721', 'erc721Metadata', 'erc5192']);

  describe('as ERC-721 and ERC-5192 have it', () => {
    async function prepare() {
      const { world, address, tokenId } = await create();
      const of = (wallet: Wallet) =>
        getContract({ address, abi: ABI, client: { public: world.reader, wallet } });
      const { owner, buyer } = world.actors;
      const holder = getAddress(owner.account.address);
      const other = getAddress(buyer.account.address);
      return { tokenId, holder, other, byHolder: of(owner), byOther: of(buyer) };
    }

    it('has an owner, a name and an address of its metadata', async () => {
      const { tokenId, holder, byHolder } = await prepare();
      assert.equal(await byHolder.read.ownerOf([tokenId]), holder);
      assert.equal(await byHolder.read.balanceOf([holder]), 1n);
      assert.ok((await byHolder.read.name()).length > 0);
      assert.ok((await byHolder.read.symbol()).length > 0);
      assert.match(await byHolder.read.tokenURI([tokenId]), /^data:application\/json;base64,/);
    });

    it('is locked, and can be neither moved nor approved by anybody', async () => {
      const { tokenId, holder, other, byHolder, byOther } = await prepare();
      assert.equal(await byHolder.read.locked([tokenId]), true);
      for (const { write } of [byHolder, byOther]) {
        await assert.rejects(write.transferFrom([holder, other, tokenId]));
        await assert.rejects(write.safeTransferFrom([holder, other, tokenId]));
        await assert.rejects(write.safeTransferFrom([holder, other, tokenId, '0x']));
        await assert.rejects(write.approve([other, tokenId]));
        await assert.rejects(write.setApprovalForAll([other, true]));
      }
      assert.equal(await byHolder.read.ownerOf([tokenId]), holder);
      assert.equal(await byHolder.read.getApproved([tokenId]), zeroAddress);
      assert.equal(await byHolder.read.isApprovedForAll([holder, other]), false);
    });

    it('knows nothing of a token that is not, and of the balance of nobody', async () => {
      const { byHolder } = await prepare();
      const { ownerOf, tokenURI, locked, getApproved, balanceOf } = byHolder.read;
      for (const view of [ownerOf, tokenURI, locked, getApproved]) await assert.rejects(view([7n]));
      await assert.rejects(balanceOf([zeroAddress]));
    });
  });
}

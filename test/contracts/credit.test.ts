import assert from 'node:assert/strict';

import { getAddress, zeroAddress } from 'viem';

import { dedicationOf } from '../../protocol/src/index.ts';
import { openChain } from './support/chain.ts';
import { assertCreditRefused } from './support/refusal.ts';
import {
  NO_DEMANDS,
  close,
  DAY,
  fieldName,
  register,
  ROOT,
  submissionOf,
  YEAR_2026,
  YEAR_2027,
  type World,
} from './support/world.ts';

const { assertions, time, freshPlant } = await openChain();

const CREDIT_ID = 12_026n;
const GRAMS = 35_200n;

/** A plant whose owner holds 35,200 g of 2026. */
async function freshCredit() {
  const { world, projectId, device } = await freshPlant();
  await world
    .registryOf(world.actors.submitter)
    .write.submit([
      submissionOf(projectId),
      close(world, device, { closedAt: YEAR_2026 + DAY, exportWh: 100_000n }),
    ]);
  await world.registryOf(world.actors.owner).write.mint([1_000_001n]);
  const owner = getAddress(world.actors.owner.account.address);
  const buyer = getAddress(world.actors.buyer.account.address);
  return { world, owner, buyer, credit: world.creditOf(world.actors.owner) };
}

describe('CarbonCredit', () => {
  it('has six decimals and belongs to its registry', async () => {
    const { world, credit } = await freshCredit();
    assert.equal(await credit.read.decimals(), 6);
    assert.equal(await credit.read.registry(), getAddress(world.registry.address));
    assert.equal(await world.registry.read.credit(), getAddress(credit.address));
  });

  it('is an ERC-1155 with metadata', async () => {
    const { credit } = await freshCredit();
    for (const id of ['0x01ffc9a7', '0xd9b67a26', '0x0e89341c'] as const) {
      assert.equal(await credit.read.supportsInterface([id]), true, id);
    }
    assert.equal(await credit.read.supportsInterface(['0xffffffff']), false);
  });

  it('lets nobody but the registry issue', async () => {
    const { world, owner } = await freshCredit();
    for (const wallet of [world.actors.admin, world.actors.owner]) {
      await assertCreditRefused(
        world.creditOf(wallet).write.issue([owner, CREDIT_ID, 1n, 0n]),
        'NotRegistry',
        [getAddress(wallet.account.address)],
      );
    }
  });

  it('moves grams between wallets and leaves the totals alone', async () => {
    const { owner, buyer, credit } = await freshCredit();
    await credit.write.safeTransferFrom([owner, buyer, CREDIT_ID, 200n, '0x']);
    const ids = [CREDIT_ID, CREDIT_ID] as const;
    const balances = await credit.read.balanceOfBatch([[owner, buyer], ids]);
    assert.deepEqual(balances, [GRAMS - 200n, 200n]);
    assert.deepEqual(await credit.read.totals([CREDIT_ID]), [GRAMS, 0n, 0n, 0n]);
  });

  describe('what OpenZeppelin refuses', () => {
    it('a transfer of more than the balance', async () => {
      const { owner, buyer, credit } = await freshCredit();
      await assertCreditRefused(
        credit.write.safeTransferFrom([owner, buyer, CREDIT_ID, GRAMS + 1n, '0x']),
        'ERC1155InsufficientBalance',
        [owner, GRAMS, GRAMS + 1n, CREDIT_ID],
      );
    });

    it('a transfer by someone who was not approved', async () => {
      const { world, owner, buyer } = await freshCredit();
      await assertCreditRefused(
        world
          .creditOf(world.actors.buyer)
          .write.safeTransferFrom([owner, buyer, CREDIT_ID, 1n, '0x']),
        'ERC1155MissingApprovalForAll',
        [buyer, owner],
      );
    });

    it('a transfer to nobody, or to a contract that takes none', async () => {
      const { world, owner, credit } = await freshCredit();
      const registry = getAddress(world.registry.address);
      for (const receiver of [zeroAddress, registry]) {
        await assertCreditRefused(
          credit.write.safeTransferFrom([owner, receiver, CREDIT_ID, 1n, '0x']),
          'ERC1155InvalidReceiver',
          [receiver],
        );
      }
    });

    it('lists of different lengths', async () => {
      const { owner, buyer, credit } = await freshCredit();
      await assertCreditRefused(
        credit.write.safeBatchTransferFrom([owner, buyer, [CREDIT_ID], [1n, 2n], '0x']),
        'ERC1155InvalidArrayLength',
        [1n, 2n],
      );
    });

    it('an approval of nobody', async () => {
      const { credit } = await freshCredit();
      await assertCreditRefused(
        credit.write.setApprovalForAll([zeroAddress, true]),
        'ERC1155InvalidOperator',
        [zeroAddress],
      );
    });
  });

  describe('retire', () => {
    it('burns the grams, numbers them and keeps a record', async () => {
      const { owner, buyer, credit } = await freshCredit();
      const now = (await time.latest()) + 5;
      await time.setNextBlockTimestamp(now);
      const dedication = dedicationOf(buyer, {
        beneficiary: 'Example Works Ltd',
        purpose: 'Travel in 2026',
        periodFrom: YEAR_2026,
        periodUntil: YEAR_2027,
      });

      const hash = await credit.write.retire([CREDIT_ID, 150n, dedication]);

      const retirementId = CREDIT_ID * 10n ** 20n;
      await assertions.emitWithArgs(hash, credit, 'Retired', [
        retirementId,
        buyer,
        CREDIT_ID,
        150n,
        0n,
        dedication,
      ]);
      await assertions.emitWithArgs(hash, credit, 'TransferSingle', [
        owner,
        owner,
        zeroAddress,
        CREDIT_ID,
        150n,
      ]);
      assert.deepEqual(await credit.read.retirement([retirementId]), {
        account: buyer,
        creditId: CREDIT_ID,
        grams: 150n,
        firstSerial: 0n,
        retiredAt: now,
      });
      assert.equal(await credit.read.balanceOf([owner, CREDIT_ID]), GRAMS - 150n);
      assert.deepEqual(await credit.read.totals([CREDIT_ID]), [GRAMS, 150n, 0n, 0n]);
    });

    it('gives ranges of serials that ascend and never overlap, whoever retires', async () => {
      const { world, owner, buyer, credit } = await freshCredit();
      const none = dedicationOf(owner);
      await credit.write.safeTransferFrom([owner, buyer, CREDIT_ID, 1_000n, '0x']);
      await credit.write.retire([CREDIT_ID, 10n, none]);
      const ofBuyer = world.creditOf(world.actors.buyer);
      await ofBuyer.write.retire([CREDIT_ID, 1_000n, dedicationOf(buyer)]);
      await credit.write.retire([CREDIT_ID, 1n, none]);
      const first = CREDIT_ID * 10n ** 20n;
      const records = await Promise.all(
        [0n, 10n, 1_010n].map((serial) => credit.read.retirement([first + serial])),
      );
      assert.deepEqual(
        records.map(({ account, firstSerial, grams }) => [account, firstSerial, grams]),
        [
          [owner, 0n, 10n],
          [buyer, 10n, 1_000n],
          [owner, 1_010n, 1n],
        ],
      );
      assert.deepEqual(await credit.read.totals([CREDIT_ID]), [GRAMS, 1_011n, 0n, 0n]);
    });

    it('takes everything that is held, and nothing more', async () => {
      const { owner, credit } = await freshCredit();
      await credit.write.retire([CREDIT_ID, GRAMS, dedicationOf(owner)]);
      assert.equal(await credit.read.balanceOf([owner, CREDIT_ID]), 0n);
      await assertCreditRefused(
        credit.write.retire([CREDIT_ID, 1n, dedicationOf(owner)]),
        'ERC1155InsufficientBalance',
        [owner, 0n, 1n, CREDIT_ID],
      );
    });

    it("refuses zero grams, and a retirement in nobody's name", async () => {
      const { owner, credit } = await freshCredit();
      await assertCreditRefused(
        credit.write.retire([CREDIT_ID, 0n, dedicationOf(owner)]),
        'RetirementEmpty',
        [CREDIT_ID],
      );
      await assertCreditRefused(
        credit.write.retire([CREDIT_ID, 1n, dedicationOf(zeroAddress)]),
        'AccountMissing',
        [],
      );
    });

    it('takes texts of 128 and 256 bytes and refuses one byte more', async () => {
      const { owner, credit } = await freshCredit();
      const [beneficiary, purpose] = ['b'.repeat(128), 'p'.repeat(256)];
      const retire = (words: { beneficiary: string; purpose: string }) =>
        credit.write.retire([CREDIT_ID, 1n, dedicationOf(owner, words)]);
      await retire({ beneficiary, purpose });
      await assertCreditRefused(
        retire({ beneficiary: `${beneficiary}b`, purpose }),
        'TextTooLong',
        [fieldName('beneficiary'), 129n, 128n],
      );
      await assertCreditRefused(retire({ beneficiary, purpose: `${purpose}p` }), 'TextTooLong', [
        fieldName('purpose'),
        257n,
        256n,
      ]);
    });

    it('refuses a beneficiary both named and kept private, and a period that ends before it begins', async () => {
      const { owner, credit } = await freshCredit();
      const retire = (fields: Parameters<typeof dedicationOf>[1]) =>
        credit.write.retire([CREDIT_ID, 1n, dedicationOf(owner, fields)]);
      await assertCreditRefused(
        retire({ beneficiary: 'A school', commitment: ROOT }),
        'BeneficiaryTwice',
        [ROOT],
      );
      for (const [periodFrom, periodUntil] of [
        [5, 5],
        [6, 5],
        [5, 0],
      ] as const) {
        await assertCreditRefused(retire({ periodFrom, periodUntil }), 'PeriodInvalid', [
          BigInt(periodFrom),
          BigInt(periodUntil),
        ]);
      }
      await retire({ periodFrom: 0, periodUntil: 1 });
      await retire({ commitment: ROOT });
    });

    it('refuses to tell of a retirement that never was', async () => {
      const { owner, credit } = await freshCredit();
      await credit.write.retire([CREDIT_ID, 10n, dedicationOf(owner)]);
      for (const id of [0n, CREDIT_ID * 10n ** 20n + 1n]) {
        await assertCreditRefused(credit.read.retirement([id]), 'RetirementUnknown', [id]);
      }
    });
  });

  describe('uri', () => {
    const read = async (world: World, creditId: bigint): Promise<unknown> => {
      const uri = await world.credit.read.uri([creditId]);
      const prefix = 'data:application/json;base64,';
      assert.ok(uri.startsWith(prefix));
      return JSON.parse(Buffer.from(uri.slice(prefix.length), 'base64').toString());
    };

    it('is drawn from the chain alone', async () => {
      const { world, owner, credit } = await freshCredit();
      await credit.write.retire([CREDIT_ID, 5n, dedicationOf(owner)]);
      assert.deepEqual(await read(world, CREDIT_ID), {
        name: 'TrueTonne SERF East 2026',
        description:
          'CO2e avoided, measured by devices that sign. 1 unit is 1 gram; 1.000000 is 1 tonne.',
        decimals: 6,
        properties: {
          projectId: 1,
          vintage: 2026,
          country: 'US',
          methodology: 'GCCM001 v4',
          factorUgPerWh: 352_000,
          mintedGrams: String(GRAMS),
          retiredGrams: '5',
          bufferedGrams: '0',
          voidedGrams: '0',
        },
      });
    });

    it('stays JSON whatever the names hold', async () => {
      const { world } = await freshCredit();
      const name = 'A "plant" \\ on\nthe Höhe\t\u0001';
      await world.registry.write.publishMethodology(['"', '\\', ROOT, 0, 2 ** 40 - 1, NO_DEMANDS]);
      const projectId = await register(world, { name, methodologyId: 2 });
      const json = await read(world, BigInt(projectId) * 10_000n + 2030n);
      assert.deepEqual(json, {
        name: `TrueTonne ${name} 2030`,
        description:
          'CO2e avoided, measured by devices that sign. 1 unit is 1 gram; 1.000000 is 1 tonne.',
        decimals: 6,
        properties: {
          projectId,
          vintage: 2030,
          country: 'US',
          methodology: '" \\',
          factorUgPerWh: 0,
          mintedGrams: '0',
          retiredGrams: '0',
          bufferedGrams: '0',
          voidedGrams: '0',
        },
      });
    });

    it('refuses a credit of no project', async () => {
      const { world } = await freshCredit();
      await assertions.revertWithCustomErrorWithArgs(
        world.credit.read.uri([22_026n]),
        world.registry,
        'ProjectUnknown',
        [2],
      );
      await assertCreditRefused(
        world.credit.read.uri([2n ** 32n * 10_000n]),
        'SafeCastOverflowedUintDowncast',
        [32, 2n ** 32n],
      );
    });
  });
});

import assert from 'node:assert/strict';

import {
  concat,
  encodeFunctionData,
  getAddress,
  keccak256,
  stringToHex,
  toHex,
  zeroAddress,
  zeroHash,
} from 'viem';

import { fieldName, YEAR_2026 } from './support/world.ts';
import { assertCreditRefused } from './support/refusal.ts';
import {
  assertCertificatesRefused,
  CREDIT_ID,
  dedicationOf,
  FIRST_RETIREMENT,
  openMarket,
  type MarketWorld,
} from './support/marketWorld.ts';

const { assertions, time, freshMarket } = await openMarket();

const SALT = keccak256('0x01');
const SCHOOL = 'A school in Tirana';
const commitmentTo = (text: string) => keccak256(concat([SALT, stringToHex(text)]));
const JSON_PREFIX = 'data:application/json;base64,';
const SVG_PREFIX = 'data:image/svg+xml;base64,';

type Fields = Parameters<typeof dedicationOf>[1];

async function certify(world: MarketWorld, fields: Fields = {}, grams = 1_000n) {
  const dedication = dedicationOf(world.seller, fields);
  const args = [CREDIT_ID, grams, dedication, world.certificates.address] as const;
  return world.sellerCredit.write.retireWithCertificate(args);
}

async function readToken(world: MarketWorld, id = FIRST_RETIREMENT) {
  const uri = await world.certificates.read.tokenURI([id]);
  assert.ok(uri.startsWith(JSON_PREFIX));
  const json = JSON.parse(decode(uri.slice(JSON_PREFIX.length))) as {
    name: string;
    description: string;
    image: string;
    attributes: { trait_type: string; value: string }[];
  };
  assert.ok(json.image.startsWith(SVG_PREFIX));
  const svg = decode(json.image.slice(SVG_PREFIX.length));
  const traits = Object.fromEntries(
    json.attributes.map(({ trait_type, value }) => [trait_type, value]),
  );
  return { ...json, svg, traits };
}

const decode = (base64: string) =>
  new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));

describe('TonneCertificates', () => {
  it('certifies in the transaction that retires, and locks', async () => {
    const world = await freshMarket();
    const { certificates, credit, seller } = world;
    const hash = await certify(world, { beneficiary: SCHOOL, purpose: 'Trip' });
    await assertions.emitWithArgs(hash, certificates, 'Transfer', [
      zeroAddress,
      seller,
      FIRST_RETIREMENT,
    ]);
    await assertions.emitWithArgs(hash, certificates, 'Locked', [FIRST_RETIREMENT]);
    assert.equal(await certificates.read.ownerOf([FIRST_RETIREMENT]), seller);
    assert.equal(await certificates.read.balanceOf([seller]), 1n);
    assert.equal(await certificates.read.locked([FIRST_RETIREMENT]), true);
    assert.equal(await certificates.read.credit(), getAddress(credit.address));
    assert.equal((await credit.read.retirement([FIRST_RETIREMENT])).grams, 1_000n);
  });

  it('is an ERC-721 with metadata, an ERC-5192 and an ERC-165', async () => {
    const { certificates } = await freshMarket();
    for (const id of ['0x01ffc9a7', '0x80ac58cd', '0x5b5e139f', '0xb45a3c0e'] as const) {
      assert.equal(await certificates.read.supportsInterface([id]), true, id);
    }
    assert.equal(await certificates.read.supportsInterface(['0xffffffff']), false);
    assert.equal(await certificates.read.name(), 'TrueTonne retirement certificates');
    assert.equal(await certificates.read.symbol(), 'TTRC');
  });

  it('stays where it is, whoever asks', async () => {
    const world = await freshMarket();
    const { certificates, seller, buyer } = world;
    await certify(world);
    const id = FIRST_RETIREMENT;
    for (const moved of [
      certificates.write.transferFrom([seller, buyer, id]),
      certificates.write.safeTransferFrom([seller, buyer, id]),
      certificates.write.safeTransferFrom([seller, buyer, id, '0x']),
      certificates.write.approve([buyer, id]),
      certificates.write.setApprovalForAll([buyer, true]),
    ]) {
      await assertCertificatesRefused(moved, 'Soulbound', []);
    }
    assert.equal(await certificates.read.getApproved([id]), zeroAddress);
    assert.equal(await certificates.read.isApprovedForAll([seller, buyer]), false);
  });

  it('knows nothing of a retirement without a certificate', async () => {
    const { certificates, sellerCredit, seller } = await freshMarket();
    await sellerCredit.write.retire([CREDIT_ID, 1n, dedicationOf(seller)]);
    for (const id of [FIRST_RETIREMENT, 0n]) {
      for (const asked of [
        certificates.read.ownerOf([id]),
        certificates.read.locked([id]),
        certificates.read.tokenURI([id]),
        certificates.read.getApproved([id]),
        certificates.read.certificate([id]),
        certificates.write.reveal([id, SCHOOL, SALT]),
      ]) {
        await assertCertificatesRefused(asked, 'ERC721NonexistentToken', [id]);
      }
    }
    await assertCertificatesRefused(
      certificates.read.balanceOf([zeroAddress]),
      'ERC721InvalidOwner',
      [zeroAddress],
    );
  });

  it('lets nobody but the credit contract certify', async () => {
    const { certificates, seller } = await freshMarket();
    await assertCertificatesRefused(
      certificates.write.certify([FIRST_RETIREMENT, dedicationOf(seller)]),
      'NotCredit',
      [seller],
    );
  });

  it('a certificate naming the wrong wallet, date or amount: it names those of the retirement itself', async () => {
    const world = await freshMarket();
    const now = 1_835_395_199; // 28 February 2028, 23:59:59 UTC, of a leap year
    await time.setNextBlockTimestamp(now);
    await certify(world, {
      beneficiary: SCHOOL,
      purpose: 'Class trip',
      periodFrom: YEAR_2026,
      periodUntil: YEAR_2026 + 365 * 86_400 - 1,
    });
    await time.setNextBlockTimestamp(now + 1);
    await certify(world, {}, 34_200n);
    const first = await readToken(world);
    assert.deepEqual(first.traits, {
      'Grams CO2e': '1000',
      Account: world.seller,
      Beneficiary: SCHOOL,
      Purpose: 'Class trip',
      Period: '2026-01-01 to 2026-12-31',
      'Retired on': '2028-02-28',
      Project: 'SERF East',
      Country: 'US',
      Vintage: '2026',
      Methodology: 'GCCM001 v4',
      Serials: '0 to 999',
      Credit: '12026',
    });
    assert.equal(first.name, `TrueTonne certificate ${String(FIRST_RETIREMENT)}`);
    assert.ok(first.description.startsWith('0.001000 t CO2e of SERF East, 2026, were retired on'));
    assert.ok(first.description.includes(world.seller));
    for (const shown of [
      '0.001000 t CO2e',
      SCHOOL,
      'Class trip (2026-01-01 to 2026-12-31)',
      world.seller,
      'SERF East (US), 2026',
      '0 to 999, 2028-02-28',
      getAddress(world.credit.address),
      String(FIRST_RETIREMENT),
    ]) {
      assert.ok(first.svg.includes(`>${shown}</text>`), shown);
    }
    const second = await readToken(world, FIRST_RETIREMENT + 1_000n);
    assert.equal(second.traits['Serials'], '1000 to 35199');
    assert.equal(second.traits['Retired on'], '2028-02-29');
    assert.equal(second.traits['Beneficiary'], 'the account below');
    assert.equal(second.traits['Period'], '');
    assert.ok(second.svg.includes('>no purpose given</text>'));
  });

  it('says it in the name of another wallet when that is what was asked', async () => {
    const world = await freshMarket();
    const { certificates, sellerCredit, buyer, seller } = world;
    const args = [CREDIT_ID, 5n, dedicationOf(buyer), certificates.address] as const;
    await sellerCredit.write.retireWithCertificate(args);
    assert.equal(await certificates.read.ownerOf([FIRST_RETIREMENT]), buyer);
    assert.equal(await certificates.read.balanceOf([seller]), 0n);
    assert.equal((await readToken(world)).traits['Account'], buyer);
  });

  describe('hostile texts', () => {
    it('of markup are drawn as text', async () => {
      const world = await freshMarket();
      const text = `</text><script>alert("1")</script>&amp;'`;
      await certify(world, { beneficiary: text, purpose: '"},{"a":"b\\' });
      const { svg, traits } = await readToken(world);
      assert.equal(traits['Beneficiary'], text);
      assert.equal(traits['Purpose'], '"},{"a":"b\\');
      assert.ok(!svg.includes('<script'));
      assert.ok(
        svg.includes(
          '&lt;/text&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;&#39;</text>',
        ),
      );
    });

    it('of control characters, broken UTF-8 and turned direction are made plain', async () => {
      const world = await freshMarket();
      const cases = [
        ['a\u0000b\u001bc\u007fd', 'a b c d'],
        ['Höhe 日本 🌍', 'Höhe 日本 🌍'],
        ['x\u202ey\u2066z\u200e', 'x?y?z?'],
        ['\u0085\ufffe\uffff', '???'],
      ] as const;
      let serial = 0n;
      for (const [given, shown] of cases) {
        await certify(world, { beneficiary: given }, 1n);
        const { traits } = await readToken(world, FIRST_RETIREMENT + serial);
        assert.equal(traits['Beneficiary'], shown, JSON.stringify(given));
        serial += 1n;
      }
    });

    it('of bytes that are no UTF-8 leave JSON and picture readable', async () => {
      const world = await freshMarket();
      const { certificates, credit, seller, actors } = world;
      const good = encodeFunctionData({
        abi: credit.abi,
        functionName: 'retireWithCertificate',
        args: [
          CREDIT_ID,
          1n,
          dedicationOf(seller, { beneficiary: '~'.repeat(13) }),
          certificates.address,
        ],
      });
      // Overlong, cut, a lone continuation, a surrogate, above U+10FFFF.
      const bad = 'c0af' + 'e28080e2' + '80' + 'eda080' + 'f490' + '80';
      const data = good.replace('7e'.repeat(13), bad.padEnd(26, '80')) as `0x${string}`;
      assert.notEqual(data, good);
      await actors.owner.sendTransaction({ to: credit.address, data });
      const { traits, svg } = await readToken(world);
      assert.equal(traits['Beneficiary'], '?\u2000???');
      assert.ok(svg.includes('\u2000'));
    });

    it('of 10 kB are refused by name', async () => {
      const world = await freshMarket();
      for (const [field, limit] of [
        ['beneficiary', 128n],
        ['purpose', 256n],
      ] as const) {
        await assertCreditRefused(certify(world, { [field]: 'x'.repeat(10_240) }), 'TextTooLong', [
          fieldName(field),
          10_240n,
          limit,
        ]);
      }
    });

    it('of the greatest length are drawn on lines that fit', async () => {
      const world = await freshMarket();
      const words = 'measured and certified '.repeat(12).slice(0, 256);
      await certify(world, { beneficiary: 'b'.repeat(128), purpose: words });
      const { svg } = await readToken(world);
      const lines = [...svg.matchAll(/font-size="22" fill="#212121">([^<]*)</g)].map(
        ([, line]) => line ?? '',
      );
      assert.equal(lines.join(''), 'b'.repeat(128) + words);
      assert.ok(lines.length >= 6);
      for (const line of lines) assert.ok(line.length <= 67, line);
    });
  });

  describe('a private beneficiary', () => {
    it('is kept back, and revealed by the account with text and salt', async () => {
      const world = await freshMarket();
      const { certificates } = world;
      await certify(world, { commitment: commitmentTo(SCHOOL), purpose: 'Trip' });
      assert.equal((await readToken(world)).traits['Beneficiary'], 'a beneficiary kept private');
      const hash = await certificates.write.reveal([FIRST_RETIREMENT, SCHOOL, SALT]);
      await assertions.emitWithArgs(hash, certificates, 'BeneficiaryRevealed', [
        FIRST_RETIREMENT,
        SCHOOL,
        SALT,
      ]);
      assert.equal((await readToken(world)).traits['Beneficiary'], SCHOOL);
      const certificate = await certificates.read.certificate([FIRST_RETIREMENT]);
      assert.deepEqual(certificate, {
        commitment: commitmentTo(SCHOOL),
        beneficiary: SCHOOL,
        purpose: 'Trip',
        periodFrom: 0,
        periodUntil: 0,
      });
    });

    it('is not revealed by a stranger, with another text, or where nobody is kept back', async () => {
      const world = await freshMarket();
      const { certificates, certificatesOf, actors, buyer, seller } = world;
      const commitment = commitmentTo(SCHOOL);
      await certify(world, { commitment }, 10n);
      await certify(world, { beneficiary: SCHOOL }, 10n);
      const id = FIRST_RETIREMENT;
      await assertCertificatesRefused(
        certificatesOf(actors.buyer).write.reveal([id, SCHOOL, SALT]),
        'NotAccount',
        [id, buyer, seller],
      );
      const wrong = commitmentTo(`${SCHOOL} `);
      await assertCertificatesRefused(
        certificates.write.reveal([id, `${SCHOOL} `, SALT]),
        'RevealMismatch',
        [id, commitment, wrong],
      );
      await assertCertificatesRefused(
        certificates.write.reveal([id + 10n, SCHOOL, SALT]),
        'RevealMismatch',
        [id + 10n, zeroHash, commitment],
      );
      await assertCertificatesRefused(certificates.write.reveal([id, '', SALT]), 'TextMissing', [
        fieldName('beneficiary'),
      ]);
      const long = 'x'.repeat(129);
      await assertCertificatesRefused(certificates.write.reveal([id, long, SALT]), 'TextTooLong', [
        fieldName('beneficiary'),
        129n,
        128n,
      ]);
    });

    it('is committed to without ambiguity: no part of a name passes for salt', () => {
      const moved = keccak256(concat([toHex(1n, { size: 32 }), '0x41', stringToHex('B')]));
      assert.equal(moved, keccak256(concat([toHex(1n, { size: 32 }), stringToHex('AB')])));
      assert.notEqual(commitmentTo('AB'), commitmentTo('A'));
    });
  });
});

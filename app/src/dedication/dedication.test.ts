import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commitmentTo } from '@truetonne/protocol';
import { zeroHash } from 'viem';
import { checkDedication, createSalt, EMPTY_DRAFT, problemsOf } from './dedication.ts';
import { secretIn, toFragment } from './secrets.ts';

const SELF = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
const OTHER = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65';
const SALT = `0x${'5a'.repeat(32)}` as const;
const draft = { ...EMPTY_DRAFT, beneficiary: ' Example Ltd ', purpose: 'Travel' };

const dedicationIn = (fields: Partial<typeof draft>) => {
  const checked = checkDedication({ ...draft, ...fields }, SELF, SALT);
  assert.ok(checked.ok);
  return checked.value;
};

describe('a dedication', () => {
  it('names the beneficiary when it is open, in the name of the own wallet', () => {
    assert.deepEqual(dedicationIn({}), {
      dedication: {
        account: SELF,
        beneficiary: 'Example Ltd',
        commitment: zeroHash,
        purpose: 'Travel',
        periodFrom: 0,
        periodUntil: 0,
      },
      certificate: true,
      secret: undefined,
    });
  });

  it('never sends the name of a private beneficiary', () => {
    const { dedication, secret } = dedicationIn({ visibility: 'private' });
    assert.equal(dedication.beneficiary, '');
    assert.equal(dedication.commitment, commitmentTo('Example Ltd', SALT));
    assert.deepEqual(secret, { beneficiary: 'Example Ltd', salt: SALT });
  });

  it('lasts from the first second of a day to the last of another', () => {
    const { dedication } = dedicationIn({ from: '2026-01-01', until: '2026-12-31' });
    assert.equal(dedication.periodFrom, 1_767_225_600);
    assert.equal(dedication.periodUntil, 1_798_761_599);
  });

  it('is in the name of another wallet when one is given', () => {
    assert.equal(dedicationIn({ account: OTHER.toLowerCase() }).dedication.account, OTHER);
  });

  it('says what is missing, too long or turned round', () => {
    assert.deepEqual(problemsOf(EMPTY_DRAFT), {
      beneficiary: 'Enter for whom.',
      purpose: 'Enter the purpose.',
    });
    const long = { ...draft, beneficiary: 'ë'.repeat(65), purpose: 'x'.repeat(10_240) };
    assert.deepEqual(problemsOf(long), {
      beneficiary: 'At most 128 bytes; this is 130.',
      purpose: 'At most 256 bytes; this is 10240.',
    });
    assert.deepEqual(problemsOf({ ...draft, from: '2026-02-01', until: '2026-01-01' }), {
      period: 'It ends before it begins.',
    });
    assert.deepEqual(problemsOf({ ...draft, from: '2026-02-01' }), {
      period: 'Give both days, or neither.',
    });
    for (const account of ['0x1', `0x${'0'.repeat(40)}`]) {
      assert.ok(problemsOf({ ...draft, account }).account !== undefined, account);
    }
    assert.deepEqual(problemsOf({ ...EMPTY_DRAFT, visibility: 'none', purpose: 'x' }), {});
  });

  it('has another salt each time', () => {
    const salts = new Set(Array.from({ length: 50 }, createSalt));
    assert.equal(salts.size, 50);
    for (const salt of salts) assert.match(salt, /^0x[0-9a-f]{64}$/);
  });
});

describe('a link that tells the beneficiary', () => {
  const secret = { beneficiary: 'Ärzte & Söhne #1', salt: SALT };
  const commitment = commitmentTo(secret.beneficiary, secret.salt);

  it('is read back only where it is what was committed to', () => {
    const fragment = `#${toFragment(secret)}`;
    assert.deepEqual(secretIn(fragment, commitment), secret);
    assert.equal(secretIn(fragment, commitmentTo('Somebody else', SALT)), undefined);
    assert.equal(secretIn(fragment.replace('1', '2'), commitment), undefined);
    for (const none of ['', '#', '#for=x', '#salt=0x00&for=x']) {
      assert.equal(secretIn(none, commitment), undefined);
    }
  });
});

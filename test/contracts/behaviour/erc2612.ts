import assert from 'node:assert/strict';

import { getAddress, getContract, parseAbi, type Address, type Hex, type PublicClient } from 'viem';

import { findRefusal } from '../support/refusal.ts';
import type { Wallet } from '../support/world.ts';

const TOKEN_ABI = parseAbi([
  'function approve(address spender, uint256 amount) returns (bool)',
  'function allowance(address owner, address spender) view returns (uint256)',
  'function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)',
]);

interface Permit {
  readonly value: bigint;
  readonly deadline: bigint;
  readonly v: number;
  readonly r: Hex;
  readonly s: Hex;
}

interface Subject {
  readonly reader: PublicClient;
  readonly token: Address;
  readonly spender: Address;
  readonly payer: Wallet;
  readonly stranger: Wallet;
  /** What one payment takes. */
  readonly price: bigint;
  readonly sign: (wallet: Wallet, value: bigint) => Promise<Permit>;
  readonly pay: (permits: readonly Permit[]) => Promise<unknown>;
  /** As much again, after the first payment. */
  readonly payAgain: (permits: readonly Permit[]) => Promise<unknown>;
}

/** How a contract uses permits of ERC-2612 (its section "Security Considerations"). */
export function shouldUseErc2612(create: () => Promise<Subject>): void {
  describe('as ERC-2612 has it', () => {
    async function prepare() {
      const subject = await create();
      const { reader, token, spender, payer, stranger } = subject;
      const of = (wallet: Wallet) =>
        getContract({ address: token, abi: TOKEN_ABI, client: { public: reader, wallet } });
      await of(payer).write.approve([spender, 0n]);
      const owner = payer.account.address;
      const allowance = () => of(payer).read.allowance([owner, spender]);
      const short = { name: 'AllowanceShort', args: [getAddress(owner), getAddress(token), 0n] };
      return { ...subject, allowance, owner, short, ofStranger: of(stranger) };
    }

    it('pays with the permit alone, and leaves no allowance behind', async () => {
      const { payer, price, sign, pay, allowance } = await prepare();
      await pay([await sign(payer, price)]);
      assert.equal(await allowance(), 0n);
    });

    it('pays when a stranger used the permit first', async () => {
      const { payer, price, spender, owner, sign, pay, ofStranger } = await prepare();
      const permit = await sign(payer, price);
      const { value, deadline, v, r, s } = permit;
      await ofStranger.write.permit([owner, spender, value, deadline, v, r, s]);
      await pay([permit]);
    });

    it('takes nobody else’s permit, none twice, and none of less than the price', async () => {
      const { payer, stranger, price, sign, pay, payAgain, short } = await prepare();
      const none = { name: short.name, args: [...short.args, price] };
      assert.deepEqual(await findRefusal(pay([await sign(stranger, price)])), none);
      const small = await sign(payer, price - 1n);
      const [who, what] = short.args;
      assert.deepEqual(await findRefusal(pay([small])), {
        name: short.name,
        args: [who, what, price - 1n, price],
      });
      const used = await sign(payer, price);
      await pay([used]);
      assert.equal((await findRefusal(payAgain([used])))?.name, short.name);
    });
  });
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actionsOf } from './actions.ts';

const owner = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
const buyer = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65';
const bound = { state: 'bound', owner, offeredTo: undefined } as const;

describe('what a wallet can do with a device', () => {
  it('is everything for the owner of a bound device but to bind it again', () => {
    assert.deepEqual(actionsOf(bound, owner), ['rotate', 'replaceMeter', 'offer', 'revoke']);
  });

  it('begins with binding for a device that was only claimed', () => {
    const claimed = { ...bound, state: 'claimed' } as const;
    assert.deepEqual(actionsOf(claimed, owner), ['bind', 'rotate', 'offer', 'revoke']);
  });

  it('is to take it over for the wallet that it is offered to, and to withdraw for the owner', () => {
    const offered = { ...bound, offeredTo: buyer } as const;
    assert.deepEqual(actionsOf(offered, buyer), ['accept']);
    assert.ok(actionsOf(offered, owner).includes('withdraw'));
    assert.deepEqual(actionsOf(bound, buyer), []);
  });

  it('is to revoke from an earlier time once it is revoked, and nothing once it is frozen', () => {
    const offered = { owner, offeredTo: buyer } as const;
    assert.deepEqual(actionsOf({ ...offered, state: 'revoked' }, owner), ['revoke']);
    assert.deepEqual(actionsOf({ ...offered, state: 'revoked' }, buyer), []);
    assert.deepEqual(actionsOf({ ...offered, state: 'frozen' }, owner), []);
    assert.deepEqual(actionsOf({ ...offered, state: 'frozen' }, buyer), []);
  });
});

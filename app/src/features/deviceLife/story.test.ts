import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DeviceEvent } from '../../api/indexer/index.ts';
import { tell, withoutEchoes } from './story.ts';

const event: DeviceEvent = {
  id: '1',
  kind: 'bound',
  by: '0x90f79bf6eb2c4f870365e785982e1f101e93b906',
  at: 1_719_817_200,
  effectiveAt: undefined,
  projectId: 7,
  capacityW: 6_000n,
  counterparty: undefined,
  successor: undefined,
  sequence: undefined,
  transactionHash: '0xaa',
};

describe('the story of a device', () => {
  it('names project and capacity of a binding', () => {
    const { title, text } = tell(event);
    assert.equal(title, 'Bound to project 7');
    assert.equal(text, 'With a capacity of 6.000\u00a0kW.');
  });

  it('says from when on a revocation holds, not when it was sent', () => {
    const revoked: DeviceEvent = { ...event, kind: 'revoked', effectiveAt: 1_719_730_800 };
    assert.match(tell(revoked).text ?? '', /2024-06-30 07:00 UTC/);
  });

  it('tells a rotation once, and a revocation of its own beside it', () => {
    const rotated: DeviceEvent = { ...event, id: '3', kind: 'rotated' };
    const echo: DeviceEvent = { ...event, id: '2', kind: 'revoked' };
    const own: DeviceEvent = { ...echo, id: '4', transactionHash: '0xbb' };
    assert.deepEqual(withoutEchoes([event, echo, rotated, own]), [event, rotated, own]);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventoryUrl } from './watchInventory.ts';

test('the address of live totals names organisation, span and workspace', () => {
  const span = { organisation: 'o', from: '2024-01', until: '2024-12' };
  assert.equal(
    inventoryUrl('https://oracle.example', { ...span, workspaceId: undefined }),
    'wss://oracle.example/v1/live/inventory?organisation=o&from=2024-01&until=2024-12',
  );
  assert.match(
    inventoryUrl('http://127.0.0.1:4000', { ...span, workspaceId: '2' }),
    /^ws:.*workspaceId=2$/,
  );
});

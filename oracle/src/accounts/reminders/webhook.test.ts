import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TonneError } from '@truetonne/protocol';
import { callHook, isPublicAddress, parseWebhookUrl } from './webhook.ts';

const isRefused = (error: unknown): boolean =>
  error instanceof TonneError && error.code === 'WEBHOOK_REFUSED';

test('a webhook goes to public https addresses alone', () => {
  assert.equal(parseWebhookUrl('https://hooks.example.org/a', false).host, 'hooks.example.org');
  for (const url of [
    ...['http://hooks.example.org', 'https://user:word@hooks.example.org', 'ftp://a.example', 'x'],
    ...['https://127.0.0.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://10.1.2.3'],
    ...['https://169.254.169.254/latest', 'https://[::1]/', 'https://[::ffff:10.0.0.1]/'],
    ...['https://[fd00::1]/', 'https://[64:ff9b::a00:1]/', 'https://[2002:7f00:1::]/'],
  ]) {
    assert.throws(() => parseWebhookUrl(url, false), isRefused, url);
  }
});

test('addresses of the public internet are told from all others', () => {
  for (const address of ['1.1.1.1', '172.15.0.1', '2606:4700::1111'])
    assert.ok(isPublicAddress(address), address);
  for (const address of ['172.16.0.1', '100.64.0.1', '224.0.0.1', 'fe80::1', '::', 'name'])
    assert.ok(!isPublicAddress(address), address);
});

test('a name that leads to this machine is refused where the connection is made', async () => {
  const hook = { secret: 's', body: '{}', id: '1', now: 1, local: false };
  await assert.rejects(callHook({ ...hook, url: 'https://localhost:1/' }), isRefused);
});

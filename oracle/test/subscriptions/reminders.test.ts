import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, it } from 'node:test';
import { privateKeyToAccount } from 'viem/accounts';
import { z } from 'zod';
import { privateKeyOf } from '../../../scripts/lib/accounts.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { startMailServer, type MailServer } from '../support/mailServer.ts';
import { signInAs, type Person, type TestWallet } from '../support/people.ts';
import { configOf, eventually } from '../support/service.ts';
import { buyer, openShop, type Shop } from '../support/shop.ts';
import { describeOnBothStores, type StorePlace } from '../support/stores.ts';

const wallet = privateKeyToAccount(privateKeyOf(buyer));
const DAY = 86_400;
const ADDRESS = 'energy@alder.example';
const SETTINGS = '/v1/notification-settings';

const settingsSchema = z.object({
  email: z.string().nullable(),
  newEmail: z.string().nullable(),
  webhookUrl: z.string().nullable(),
  webhookSecret: z.string().nullable().optional(),
});
const remindersSchema = z.object({
  reminders: z.array(
    z.object({
      id: z.number(),
      stage: z.string(),
      paidUntil: z.number(),
      seenAt: z.number().nullable(),
    }),
  ),
});
const hookSchema = z.object({ type: z.string(), stage: z.string(), wallet: z.string() });

interface Called {
  readonly body: string;
  readonly signature: string;
}

describeOnBothStores('reminders', (store) => {
  const folder = mkdtempSync(join(tmpdir(), 'truetonne-reminders-'));
  const calls: Called[] = [];
  let now = Math.floor(Date.now() / 1000);
  let shop: Shop;
  let mail: MailServer;
  let hook: Server;
  let oracle: Oracle;
  let person: Person;
  let secret = '';
  let until = 0;
  let place: StorePlace;

  const start = () =>
    startOracle(
      configOf(shop.deployment, place.dataFolder, {
        databaseUrl: place.databaseUrl,
        mail: { smtpUrl: mail.url, from: 'TrueTonne <no-reply@truetonne.example>' },
        now: () => now,
      }),
    );
  const signIn = (wallet?: TestWallet): Promise<Person> =>
    signInAs(oracle.url, wallet, { issuedAt: new Date(now * 1000) });
  /** Moves the clock, and signs in again: sessions end meanwhile. */
  const moveTo = async (at: number): Promise<void> => {
    now = at;
    person = await signIn(wallet);
  };
  const stagesSeen = async (): Promise<readonly string[]> => {
    const { reminders } = await person.get('/v1/reminders', remindersSchema);
    return reminders.map(({ stage }) => stage).reverse();
  };
  const mailed = (): readonly string[] =>
    mail.mails
      .filter(({ source }) => /^Message-ID:\s+<reminder-/m.test(source))
      .map(({ to }) => to);
  const put = (body: object) => ({ method: 'PUT', body });

  before(async () => {
    place = await store.place();
    shop = await openShop(folder);
    mail = await startMailServer();
    hook = createServer((request, response) => {
      void text(request).then((body) => {
        calls.push({ body, signature: String(request.headers['x-truetonne-signature']) });
        // The first call fails: it is tried again.
        response.writeHead(calls.length === 1 ? 500 : 204).end();
      });
    });
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
    await shop.subscribe(buyer, 1);
    oracle = await start();
    person = await signIn(wallet);
    const rights = await person.get(
      `/v1/entitlements/${buyer.address}`,
      z.object({ until: z.number() }),
    );
    ({ until } = rights);
  });
  after(async () => {
    await oracle.stop();
    await mail.stop();
    hook.closeAllConnections();
    hook.close();
    await shop.stop();
    rmSync(folder, { recursive: true });
  });

  it('go to an e-mail address only once it is confirmed by its code', async () => {
    const asked = await person.get(SETTINGS, settingsSchema, put({ email: ADDRESS }));
    assert.deepEqual([asked.email, asked.newEmail], [null, ADDRESS]);
    const code = /\b(\d{6}) is the code/.exec(mail.mails[0]?.source ?? '')?.[1] ?? '';
    const confirm = (typed: string) => ({ method: 'POST', body: { code: typed } });
    const wrong = code === '000000' ? '000001' : '000000';
    assert.equal(await person.refused(`${SETTINGS}/email`, confirm(wrong)), 'EMAIL_CODE_WRONG');
    const again = put({ email: 'other@alder.example' });
    assert.equal(await person.refused(SETTINGS, again), 'EMAIL_TOO_SOON');
    const confirmed = await person.get(`${SETTINGS}/email`, settingsSchema, confirm(code));
    assert.deepEqual([confirmed.email, confirmed.newEmail], [ADDRESS, null]);
    assert.equal(await person.refused(`${SETTINGS}/email`, confirm(code)), 'EMAIL_CODE_WRONG');
  });

  it('go to a webhook whose secret is shown once', async () => {
    // Proof: it listens on a port of TCP.
    const { port } = hook.address() as AddressInfo;
    const webhookUrl = `http://127.0.0.1:${port}/hook`;
    const made = await person.get(SETTINGS, settingsSchema, put({ webhookUrl }));
    secret = made.webhookSecret ?? '';
    assert.equal(secret.length, 43);
    const same = await person.get(SETTINGS, settingsSchema, put({ webhookUrl }));
    assert.deepEqual([same.webhookSecret, same.email], [null, ADDRESS]);
    const file = put({ webhookUrl: 'file:///etc/passwd' });
    assert.equal(await person.refused(SETTINGS, file), 'WEBHOOK_REFUSED');
  });

  it('come once in each stage as the clock moves, and again when a server was busy', async () => {
    assert.deepEqual(await stagesSeen(), []);
    mail.refuse(1);
    await moveTo(until - 14 * DAY);
    await eventually(stagesSeen, (stages) => stages.length === 1);
    await eventually(
      () => Promise.resolve([mail.refused(), calls.length]),
      ([refused, called]) => refused === 1 && called === 1,
    );
    assert.deepEqual(mailed(), []);
    now += 61;
    await eventually(
      () => Promise.resolve([mailed().length, calls.length]),
      ([mails, called]) => mails === 1 && called === 2,
    );
    for (const [index, left] of [8, 7, 4, 3, 0, -1].entries()) {
      await moveTo(until - left * DAY);
      const expected = [1, 2, 2, 3, 3, 4][index];
      await eventually(stagesSeen, (stages) => stages.length === expected);
      if (index === 3) {
        await oracle.stop();
        oracle = await start();
      }
    }
    assert.deepEqual(await stagesSeen(), ['info', 'warning', 'critical', 'expired']);
    await eventually(
      () => Promise.resolve([mailed().length, calls.length]),
      ([mails, called]) => mails === 4 && called === 5,
    );
    assert.deepEqual(new Set(mailed()), new Set([ADDRESS]));
  });

  it('of a webhook carry the stage and a signature of body and time', () => {
    const stages = calls.map(({ body }) => hookSchema.parse(JSON.parse(body)).stage);
    assert.deepEqual(stages, ['info', 'info', 'warning', 'critical', 'expired']);
    for (const { body, signature } of calls) {
      const [, at = '', mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
      const wanted = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
      assert.equal(mac, wanted);
    }
  });

  it('are marked as seen by their owner alone', async () => {
    const { reminders } = await person.get('/v1/reminders', remindersSchema);
    const [newest] = reminders;
    const path = `/v1/reminders/${String(newest?.id)}/seen`;
    const stranger = await signIn();
    assert.equal(await stranger.refused(path, { method: 'POST' }), 'REMINDER_UNKNOWN');
    await person.get(path, z.object({}), { method: 'POST' });
    const after = await person.get('/v1/reminders', remindersSchema);
    assert.equal(after.reminders[0]?.seenAt, now);
  });
});

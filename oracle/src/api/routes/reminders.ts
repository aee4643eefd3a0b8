import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { REMINDER_STAGES, TonneError } from '@truetonne/protocol';
import { changeSettings, confirmEmail, readSettings } from '../../accounts/reminders/settings.ts';
import { readReminders, saveSeen } from '../../accounts/reminders/store.ts';
import { addAccountRoute } from '../accountRoute.ts';
import type { ApiContext } from '../context.ts';
import { nothing, type ApiEnv } from '../route.ts';
import { noBody } from '../tenantRoute.ts';

const tag = 'subscriptions';

const reminderSchema = z.object({
  id: z.number(),
  stage: z.enum(REMINDER_STAGES),
  paidUntil: z.number(),
  endsAt: z.number().openapi({ description: 'The rights end then, Unix seconds' }),
  createdAt: z.number(),
  seenAt: z.number().nullable(),
});

const settingsSchema = z.object({
  emailOffered: z.boolean().openapi({ description: 'false: the operator gave no mail server' }),
  email: z.string().nullable(),
  newEmail: z
    .string()
    .nullable()
    .openapi({ description: 'Waits for the code that was sent there' }),
  webhookUrl: z.string().nullable(),
});

const wishSchema = z.strictObject({
  email: z
    .email()
    .max(254)
    .nullish()
    .openapi({ description: 'null: no e-mail; left out: as it is' }),
  webhookUrl: z
    .string()
    .max(500)
    .nullish()
    .openapi({ description: 'https; null: none; left out: as it is' }),
});

/** Reminders of the signed-in wallet, and where they go. */
export function addReminderRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addSettingsRoutes(app, api);
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'get', path: '/v1/reminders', tag, params: nothing, body: noBody },
      summary: 'Reminders of paid time that ends, the newest first',
      answer: z.object({ reminders: z.array(reminderSchema) }),
    },
    async ({ signedIn: { account } }) => ({
      body: { reminders: [...(await readReminders(api.database, account.id))] },
    }),
  );
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'post', path: '/v1/reminders/{id}/seen', tag, body: noBody },
      params: z.object({ id: z.coerce.number().int().positive() }),
      summary: 'Marks a reminder as seen',
      answer: nothing,
    },
    async ({ signedIn: { account }, params: { id }, now }) => {
      if (await saveSeen(api.database, account.id, id, now)) return { body: {} };
      throw new TonneError('REMINDER_UNKNOWN', { field: 'id', value: String(id) });
    },
  );
}

function addSettingsRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const path = '/v1/notification-settings';
  const own = { path, tag, params: nothing } as const;
  addAccountRoute(
    app,
    api,
    {
      ...{ ...own, method: 'get', body: noBody, answer: settingsSchema },
      summary: 'Where reminders of the signed-in wallet go',
    },
    async ({ signedIn: { account } }) => ({ body: await readSettings(api.notifier, account.id) }),
  );
  addAccountRoute(
    app,
    api,
    {
      ...{ ...own, method: 'put', body: wishSchema },
      summary: 'Changes where they go; a new e-mail address is sent a code first',
      answer: settingsSchema.extend({
        webhookSecret: z.string().nullable().openapi({
          description: 'Of a new webhook, shown once: x-truetonne-signature is made with it',
        }),
      }),
    },
    async ({ signedIn: { account }, body }) => {
      if (typeof body.webhookUrl === 'string')
        await api.entitlements.assertWalletFeature(account.address, 'webhooks');
      const webhookSecret = await changeSettings(api.notifier, account.id, body);
      return { body: { ...(await readSettings(api.notifier, account.id)), webhookSecret } };
    },
  );
  addAccountRoute(
    app,
    api,
    {
      ...{ ...own, method: 'post', path: `${path}/email`, answer: settingsSchema },
      body: z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
      summary: 'Confirms the new e-mail address with the code that was sent there',
    },
    async ({ signedIn: { account }, body: { code } }) => {
      await confirmEmail(api.notifier, account.id, code);
      return { body: await readSettings(api.notifier, account.id) };
    },
  );
}

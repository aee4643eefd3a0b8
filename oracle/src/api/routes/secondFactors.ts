import { z, type OpenAPIHono } from '@hono/zod-openapi';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { readFactors } from '../../accounts/signIn/factorStore.ts';
import {
  addPasskey,
  beginPasskey,
  challengePasskey,
  checkPasskey,
} from '../../accounts/signIn/passkeys.ts';
import { assertSecondFactor, FRESH_SECONDS, turnOff } from '../../accounts/signIn/secondFactor.ts';
import { changeSession } from '../../accounts/signIn/store.ts';
import { beginTotp, checkTotp, confirmTotp } from '../../accounts/signIn/totp.ts';
import { addAccountRoute, getOrigin } from '../accountRoute.ts';
import type { ApiContext } from '../context.ts';
import { nothing, type ApiEnv } from '../route.ts';
import { factorSchema, nameSchema } from '../schemas/organisation.ts';
import { time } from '../schemas/shared.ts';
import { noBody } from '../tenantRoute.ts';

const tag = 'session';
const code = z.string().regex(/^\d{6}$/, 'six digits');
const base64url = z.string().max(10_000);

/** RegistrationResponseJSON of WebAuthn level 3, section 5.1; the library checks what is in it. */
const registrationSchema = z
  .looseObject({ id: base64url, rawId: base64url, type: z.literal('public-key') })
  .extend({ response: z.looseObject({ clientDataJSON: base64url, attestationObject: base64url }) })
  .extend({ clientExtensionResults: z.looseObject({}) });

const assertionSchema = z
  .looseObject({ id: base64url, rawId: base64url, type: z.literal('public-key') })
  .extend({
    response: z.looseObject({
      ...{ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url },
    }),
  })
  .extend({ clientExtensionResults: z.looseObject({}) });

const optionsSchema = z.looseObject({ challenge: z.string() });
const done = z.object({ done: z.literal(true) });
const DONE = { body: { done: true as const } };

export function addSecondFactorRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addListRoutes(app, api);
  addTotpRoutes(app, api);
  addPasskeyRoutes(app, api);
  addShowRoutes(app, api);
}

function addListRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'get', path: '/v1/second-factors', tag, params: nothing, body: noBody },
      summary: 'Second factors of this wallet that are turned on',
      answer: z.object({ secondFactors: z.array(factorSchema) }),
    },
    async ({ signedIn: { account } }) => {
      const rows = await readFactors(api.database, account.id);
      const secondFactors = rows.map(({ id, kind, name, createdAt }) => ({
        ...{ id, kind, name, createdAt },
      }));
      return { body: { secondFactors } };
    },
  );
  const params = z.object({ id: z.uuid() });
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'delete', path: '/v1/second-factors/{id}', tag, params, body: noBody },
      ...{ summary: 'Turn a second factor off; asks for it', answer: done },
    },
    async ({ signedIn, params: { id }, now }) => {
      await turnOff(api.database, signedIn, id, now);
      return DONE;
    },
  );
}

function addTotpRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'post', path: '/v1/second-factors/totp', tag, params: nothing, status: 201 },
      summary: 'A new code app: its secret is shown once; it counts when a code confirmed it',
      body: z.object({ name: nameSchema }),
      answer: z.object({ id: z.uuid(), secret: z.string(), uri: z.string() }),
    },
    async ({ signedIn, body: { name }, now }) => {
      await assertSecondFactor(api.database, signedIn, now, false);
      const { id, address } = signedIn.account;
      return { body: await beginTotp(api.signIn, id, address, name) };
    },
  );
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'post', path: '/v1/second-factors/totp/{id}/confirm', tag, answer: done },
      ...{
        summary: 'Turn a code app on with one of its codes, within ten minutes',
        params: z.object({ id: z.uuid() }),
      },
      body: z.object({ code }),
    },
    async ({ signedIn, params: { id }, body, now }) => {
      await assertSecondFactor(api.database, signedIn, now, false);
      await confirmTotp(api.signIn, signedIn, id, body.code);
      await changeSession(api.database, signedIn.session.id, { verifiedAt: now });
      return DONE;
    },
  );
}

function addPasskeyRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'post', path: '/v1/second-factors/passkey/options', tag, params: nothing },
      ...{ summary: 'What navigator.credentials.create needs', body: noBody },
      answer: optionsSchema,
    },
    async ({ signedIn, now, context }) => {
      await assertSecondFactor(api.database, signedIn, now, false);
      return { body: { ...(await beginPasskey(api.signIn, signedIn, getOrigin(api, context))) } };
    },
  );
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'post', path: '/v1/second-factors/passkey', tag, params: nothing, status: 201 },
      ...{ summary: 'Keep the passkey that the browser made', answer: done },
      body: z.object({ name: nameSchema, response: registrationSchema }),
    },
    async ({ signedIn, body, now, context }) => {
      await assertSecondFactor(api.database, signedIn, now, false);
      // Proof: the schema has the fields; the library reads each of them as hostile bytes.
      const response = body.response as unknown as RegistrationResponseJSON;
      const passkey = { name: body.name, response };
      await addPasskey(api.signIn, signedIn, getOrigin(api, context), passkey);
      await changeSession(api.database, signedIn.session.id, { verifiedAt: now });
      return DONE;
    },
  );
}

function addShowRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'post', path: '/v1/session/second-factor/options', tag, params: nothing },
      ...{ summary: 'What navigator.credentials.get needs', body: noBody, answer: optionsSchema },
    },
    async ({ signedIn, context }) => ({
      body: { ...(await challengePasskey(api.signIn, signedIn, getOrigin(api, context))) },
    }),
  );
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'post', path: '/v1/session/second-factor', tag, params: nothing },
      summary: 'Show the second factor: dangerous acts are allowed for five minutes',
      body: z.union([z.object({ code }), z.object({ passkey: assertionSchema })]),
      answer: z.object({ secondFactorUntil: time }),
    },
    async ({ signedIn, body, now, context }) => {
      const factors = await readFactors(api.database, signedIn.account.id);
      if ('code' in body) await checkTotp(api.signIn, factors, body.code);
      else {
        // Proof: as above.
        const response = body.passkey as unknown as AuthenticationResponseJSON;
        await checkPasskey(api.signIn, signedIn, getOrigin(api, context), factors, response);
      }
      await changeSession(api.database, signedIn.session.id, { verifiedAt: now });
      return { body: { secondFactorUntil: now + FRESH_SECONDS } };
    },
  );
}

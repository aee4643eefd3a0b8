import { TonneError } from '@truetonne/protocol';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { assertCredential } from '../../transports/credentials.ts';
import { findDeviceId } from '../../transports/topics.ts';
import {
  mayUseResource,
  mayUseTopic,
  type BrokerQuestion,
} from '../../transports/amqp/permissions.ts';
import { readBody } from '../body.ts';
import type { ApiContext } from '../context.ts';
import type { ApiEnv } from '../route.ts';

type Answer = 'allow' | 'deny';

/**
 * What RabbitMQ asks about devices: rabbitmq_auth_backend_http with method post. They say no more than
 * yes or no, and a password is 32 random bytes, so they need no secret of their own. While the store is
 * away nobody new is let in.
 */
export function addInternalRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const { credentials, brokerReady } = api;
  if (credentials === undefined || brokerReady === undefined) return;
  const route = (path: string, ask: (question: BrokerQuestion) => boolean | Promise<boolean>) =>
    app.post(`/internal/broker/${path}`, async (context) => answer(context, ask));
  route('user', async ({ username, password = '', client_id: clientId }) => {
    // A PUBACK is a promise only once there is a queue that takes what is published.
    if (!brokerReady() || (clientId !== undefined && clientId !== username)) return false;
    await assertCredential(credentials, findDeviceId(username), password);
    return true;
  });
  route('vhost', ({ username }) => findDeviceId(username) !== undefined);
  route('resource', mayUseResource);
  route('topic', mayUseTopic);
}

async function answer(
  context: Context<ApiEnv>,
  ask: (question: BrokerQuestion) => boolean | Promise<boolean>,
): Promise<Response> {
  const body = await readBody(context.env.incoming);
  const question = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  return context.text(await decide(question, ask));
}

async function decide(
  question: BrokerQuestion,
  ask: (question: BrokerQuestion) => boolean | Promise<boolean>,
): Promise<Answer> {
  try {
    return (await ask(question)) ? 'allow' : 'deny';
  } catch (error) {
    if (error instanceof TonneError && error.code !== 'STORE_UNAVAILABLE') return 'deny';
    throw error;
  }
}

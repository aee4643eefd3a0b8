import assert from 'node:assert/strict';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { createSiweMessage } from 'viem/siwe';
import { z } from 'zod';
import {
  currentSessionSchema,
  organisationSchema,
  workspaceSchema,
} from '../../src/api/schemas/organisation.ts';
import { problemSchema } from '../../src/api/schemas/shared.ts';
import { APP_ORIGIN } from './service.ts';

export const CHAIN_ID = 31_337;

interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** Asks an oracle as a program or a page would; JSON both ways, but for a text, which is sent as it is. */
export async function ask(
  url: string,
  path: string,
  { method = 'GET', body, headers = {} }: Asked = {},
): Promise<Answered> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  const answer: unknown = text !== '' && type.includes('json') ? JSON.parse(text) : text;
  return { status: response.status, body: answer, headers: response.headers };
}

const account = () => privateKeyToAccount(generatePrivateKey());
export type TestWallet = Pick<ReturnType<typeof account>, 'address' | 'signMessage'>;
export const createWallet = account;

type MessageParts = Parameters<typeof createSiweMessage>[0];

/** A message that the app's page would have a wallet sign; parts may be wrong on purpose. */
export async function signMessage(
  url: string,
  wallet: TestWallet,
  wrong: Partial<MessageParts> = {},
) {
  const { body } = await ask(url, '/v1/session/nonce', { method: 'POST' });
  const { nonce } = z.object({ nonce: z.string() }).parse(body);
  const message = createSiweMessage({
    ...{ address: wallet.address, chainId: CHAIN_ID, nonce, version: '1', uri: APP_ORIGIN },
    domain: new URL(APP_ORIGIN).host,
    issuedAt: new Date(),
    ...wrong,
  });
  return { message, signature: await wallet.signMessage({ message }) };
}

/** A wallet that is signed in, as its browser: cookie, origin and token with every request. */
export interface Person {
  readonly wallet: TestWallet;
  /** Lower case. */
  readonly address: string;
  readonly cookie: string;
  readonly csrfToken: string;
  readonly ask: (path: string, asked?: Asked) => Promise<Answered>;
  /** Asks and fails when the status is not 2xx. */
  readonly get: <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    asked?: Asked,
  ) => Promise<z.infer<Schema>>;
  /** Asks and answers the code of the refusal. */
  readonly refused: (path: string, asked?: Asked) => Promise<string>;
}

export async function signInAs(
  url: string,
  wallet: TestWallet = createWallet(),
  parts: Partial<MessageParts> = {},
): Promise<Person> {
  const signed = await signMessage(url, wallet, parts);
  const origin = APP_ORIGIN;
  const answer = await ask(url, '/v1/session', {
    method: 'POST',
    body: signed,
    headers: { origin },
  });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { csrfToken } = currentSessionSchema.parse(answer.body);
  const headers = { cookie, origin, 'x-csrf-token': csrfToken };
  const own: Person['ask'] = (path, asked = {}) =>
    ask(url, path, { ...asked, headers: { ...headers, ...asked.headers } });
  return {
    ...{ wallet, address: wallet.address.toLowerCase(), cookie, csrfToken, ask: own },
    ...asking(own),
  };
}

/** A program with an API key. */
export function withKey(url: string, key: string) {
  const own: Person['ask'] = (path, asked = {}) =>
    ask(url, path, { ...asked, headers: { authorization: `Bearer ${key}`, ...asked.headers } });
  return { ask: own, ...asking(own) };
}

function asking(own: Person['ask']): Pick<Person, 'get' | 'refused'> {
  return {
    async get(path, schema, asked) {
      const { status, body } = await own(path, asked);
      assert.ok(status < 300, `${path}: ${status} ${JSON.stringify(body)}`);
      return schema.parse(body);
    },
    async refused(path, asked) {
      const { status, body } = await own(path, asked);
      assert.ok(status >= 400, `${path} was not refused: ${JSON.stringify(body)}`);
      return problemSchema.parse(body).code;
    },
  };
}

/** A new organisation of a person; answers its id. */
export async function createOrganisation(person: Person, name = 'Alder Works'): Promise<string> {
  const body = { kind: 'organisation', name, country: 'DE', gwpSet: 'AR6' };
  const made = await person.get('/v1/organisations', organisationSchema.strict(), {
    ...{ method: 'POST', body },
  });
  return made.id;
}

/** A new organisation with its first workspace; `query` names it in a request. */
export async function openBooks(person: Person) {
  const organisation = await createOrganisation(person);
  const query = `?organisation=${organisation}`;
  const list = z.object({ workspaces: z.array(workspaceSchema) });
  const [workspace] = (await person.get(`/v1/workspaces${query}`, list)).workspaces;
  assert.ok(workspace);
  return { organisation, query, workspaceId: workspace.id };
}

/** Invites a wallet and has it accept. */
export async function addMember(
  owner: Person,
  organisation: string,
  person: Person,
  role: string,
): Promise<void> {
  const query = `?organisation=${organisation}`;
  const body = { address: person.address, role };
  const { id } = await owner.get(`/v1/invitations${query}`, z.object({ id: z.uuid() }), {
    ...{ method: 'POST', body },
  });
  const accepted = await person.ask(`/v1/invitations/${id}/accept`, { method: 'POST' });
  assert.equal(accepted.status, 200, JSON.stringify(accepted.body));
}

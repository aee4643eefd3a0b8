import { makeToken } from '../../src/accounts/signIn/tokens.ts';
import { COOKIE } from '../../src/api/caller.ts';
import { VISITOR_TOKEN } from '../../src/api/fileOwner.ts';
import { ask, type Person } from './people.ts';

const OLD = `${COOKIE}=${makeToken()}`;

/** Somebody who is not signed in; the browser still has the cookie of a session that ended. */
export const visitor =
  (url: string, token: string | undefined = makeToken()): Person['ask'] =>
  (path, asked = {}) =>
    ask(url, path, {
      ...asked,
      headers: { cookie: OLD, [VISITOR_TOKEN]: token, ...asked.headers },
    });

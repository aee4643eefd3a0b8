import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { TonneError } from '@truetonne/protocol';

const TIMEOUT_MS = 10_000;

/** Networks that are not the public internet: IANA's special-purpose registries, RFC 6890. */
const SPECIAL = makeSpecial();

function makeSpecial(): BlockList {
  const list = new BlockList();
  const v4 = [
    ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
    ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16'],
    ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ];
  for (const net of v4) addSubnet(list, net, 'ipv4');
  // Of IPv6 only 2000::/3 is given to the internet; of that, what leads back to IPv4 is left out.
  for (const net of ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])
    addSubnet(list, net, 'ipv6');
  return list;
}

function addSubnet(list: BlockList, net: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', bits] = net.split('/');
  list.addSubnet(address, Number(bits), family);
}

const GLOBAL_V6 = new BlockList();
GLOBAL_V6.addSubnet('2000::', 3, 'ipv6');

/** Whether an address (IPv4 or IPv6) is on the public internet. */
export function isPublicAddress(address: string): boolean {
  if (!isIPv6(address)) return isIP(address) === 4 && !SPECIAL.check(address, 'ipv4');
  return GLOBAL_V6.check(address, 'ipv6') && !SPECIAL.check(address, 'ipv6');
}

/**
 * Reads where a webhook goes. `local`: on the chain of this machine http and addresses of this machine
 * are fine.
 *
 * @throws TonneError WEBHOOK_REFUSED
 */
export function parseWebhookUrl(text: string, local: boolean): URL {
  const expected = 'an https address on the public internet';
  const refused = new TonneError('WEBHOOK_REFUSED', { field: 'webhookUrl', value: text, expected });
  if (!URL.canParse(text)) throw refused;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw refused;
  if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) throw refused;
  if (!local && isIP(hostOf(url)) !== 0 && !isPublicAddress(hostOf(url))) throw refused;
  return url;
}

/** An IPv6 address stands in brackets in a URL. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** Looks a name up and refuses private addresses where the connection is made: a name may change. */
const lookupPublic: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) {
      done(error, '', 0);
      return;
    }
    const [first] = addresses;
    if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
      done(new TonneError('WEBHOOK_REFUSED', { field: 'host', value: hostname }), '', 0);
      return;
    }
    if (options.all === true) done(null, addresses);
    else done(null, first.address, first.family);
  });
};

interface Hook {
  readonly url: string;
  readonly secret: string;
  /** JSON. */
  readonly body: string;
  /** Stays the same for each try. */
  readonly id: string;
  /** Unix seconds. */
  readonly now: number;
  readonly local: boolean;
}

/** `t=<seconds>,v1=<hex>`: HMAC-SHA-256 over `<seconds>.<body>`, so that an old call can't be sent again. */
function signHook({ secret, body, now }: Pick<Hook, 'secret' | 'body' | 'now'>): string {
  return `t=${now},v1=${createHmac('sha256', secret).update(`${now}.${body}`).digest('hex')}`;
}

/** Calls a webhook; redirects are not followed. Throws when the answer is not 2xx. */
export function callHook(hook: Hook): Promise<void> {
  const url = parseWebhookUrl(hook.url, hook.local);
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(hook.body),
    'user-agent': 'TrueTonne',
    'x-truetonne-id': hook.id,
    'x-truetonne-signature': signHook(hook),
  };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const guard = hook.local ? {} : { lookup: lookupPublic };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, signal, agent: false, ...guard });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const { statusCode = 0 } = response;
      // What it says is of no interest, however long it is.
      response.destroy();
      if (statusCode >= 200 && statusCode < 300) resolve();
      else reject(new Error(`the webhook answered ${statusCode}`));
    });
    sent.end(hook.body);
  });
}

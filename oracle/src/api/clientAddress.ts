import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Tells the address that a request comes from. */
export type AddressReader = (incoming: IncomingMessage) => string;

/** IPv6 giving every house a network of its own, what counts of an address is its first half (RFC 6177). */
const NETWORK_GROUPS = 4;

/** `10.0.0.0/8,::1`: addresses and networks; `undefined` when one of them is neither. */
export function parseNetworks(text: string): BlockList | undefined {
  const networks = new BlockList();
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const [address = '', bits, ...more] = part.split('/');
    const version = isIP(address);
    const most = version === 4 ? 32 : 128;
    if (version === 0 || more.length > 0) return undefined;
    if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > most)) return undefined;
    networks.addSubnet(address, Number(bits ?? most), familyOf(version));
  }
  return networks;
}

/**
 * Reads `x-forwarded-for` as far as it was written by proxies that are trusted: from its end on, the first
 * address that is none of theirs. Whoever is no trusted proxy can write there what it likes.
 */
export function createAddressReader(trusted: BlockList): AddressReader {
  const isTrusted = (address: string): boolean =>
    trusted.check(address, familyOf(isIP(address) === 4 ? 4 : 6));
  return ({ socket, headers }) => {
    let from = plainOf(socket.remoteAddress ?? '');
    const named = headers['x-forwarded-for'];
    const hops = (Array.isArray(named) ? named.join(',') : (named ?? '')).split(',');
    for (const hop of hops.reverse()) {
      if (isIP(from) === 0 || !isTrusted(from)) return from;
      const before = plainOf(hop.trim());
      if (isIP(before) === 0) return from;
      from = before;
    }
    return from;
  };
}

/** What one caller may well have many addresses of: an IPv4 address, or the first 64 bits of IPv6. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  const groups = tail === undefined ? first : [...first, ...zeros, ...last];
  const network = groups
    .slice(0, NETWORK_GROUPS)
    .map((one) => Number.parseInt(one, 16).toString(16));
  return `${network.join(':')}::/64`;
}

/** An IPv4 address that a socket of both versions shows as IPv6. */
function plainOf(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}

function familyOf(version: number): 'ipv4' | 'ipv6' {
  return version === 4 ? 'ipv4' : 'ipv6';
}

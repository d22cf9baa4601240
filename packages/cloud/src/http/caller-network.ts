// By what a caller without a token is counted: an IPv4 address, or the /64 network of an IPv6 one. Whoever has one
// address of IPv6 has 2^64, and would be a new caller with each. Pure.

import { isIP } from 'node:net';

/** @param address as the system writes it; what is no address is counted as it is */
export function callerNetwork(address: string): string {
  const bare = address.replace(/%.*$/, '');
  if (isIP(bare) !== 6) return address;
  // IPv4 through a socket of IPv6: each is a caller of its own.
  if (/^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(bare)) return bare.slice('::ffff:'.length);
  const [head = '', tail] = new URL(`http://[${bare}]/`).hostname.slice(1, -1).split('::');
  const groups = head === '' ? [] : head.split(':');
  const behind = tail === undefined || tail === '' ? [] : tail.split(':');
  const between = tail === undefined ? 0 : 8 - groups.length - behind.length;
  const whole = [...groups, ...Array.from({ length: between }, () => '0'), ...behind];
  return `${whole.slice(0, 4).join(':')}::/64`;
}

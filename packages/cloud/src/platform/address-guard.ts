// Which addresses a request from outside's wish may reach. A name that somebody typed may point at this machine, at
// the network behind it or at the cloud's own metadata: only addresses of the open Internet pass, and those that
// the operator has named.

import { BlockList, isIP } from 'node:net';

/** Decides about one resolved address. */
export interface AddressGuard {
  /** Whether a request may go there at all. */
  passes(address: string): boolean;
  /** Whether the operator has named it: such an address may be reached without TLS too. */
  isNamed(address: string): boolean;
}

/** IANA's special-purpose registries (RFC 6890 and later), and what hides an IPv4 address in an IPv6 one. */
const closed = {
  ipv4: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.31.196.0/24',
    '192.52.193.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '192.175.48.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/3',
  ],
  // Only 2000::/3 is handed out; the rest of the space is closed as a whole.
  ipv6: [
    '::/3',
    '4000::/2',
    '8000::/1',
    '2001::/23',
    '2001:db8::/32',
    '2002::/16',
    '2620:4f:8000::/48',
    '3fff::/20',
  ],
} as const;

/** @param named addresses or networks (`192.168.1.20`, `fd00::/8`) that may be reached although they are closed */
export function createAddressGuard(named: readonly string[]): AddressGuard {
  const forbidden = listOf([...closed.ipv4, ...closed.ipv6]);
  const allowed = listOf(named);
  const isNamed = (address: string): boolean => holds(allowed, plain(address));
  return {
    isNamed,
    passes: (address) => {
      const shown = plain(address);
      if (isIP(shown) === 0) return false;
      return isNamed(shown) || !holds(forbidden, shown);
    },
  };
}

/** @returns whether a text is an address or a network that {@link createAddressGuard} understands */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= widthOf(family));
}

interface Networks {
  readonly ipv4: BlockList;
  readonly ipv6: BlockList;
}

// One list for each family: a list that holds both takes an IPv4 address for a part of `::/3`.
function listOf(networks: readonly string[]): Networks {
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    lists[family].addSubnet(address, bits === undefined ? widthOf(isIP(address)) : Number(bits), family);
  }
  return lists;
}

function widthOf(family: number): number {
  return family === 4 ? 32 : 128;
}

function holds(networks: Networks, address: string): boolean {
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  return isIP(address) !== 0 && networks[family].check(address, family);
}

// `::ffff:10.0.0.1` is 10.0.0.1 to the system that connects, however it is written.
function plain(address: string): string {
  const bare = address.replace(/%.*$/, '');
  if (isIP(bare) !== 6) return bare;
  const mapped = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(new URL(`http://[${bare}]/`).hostname);
  if (mapped === null) return bare;
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

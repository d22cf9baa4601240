import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAddressGuard, isNetwork } from './address-guard.ts';

const guard = createAddressGuard([]);

describe('the guard before the network behind us', () => {
  it.each([
    ['127.0.0.1', 'this machine'],
    ['127.255.255.254', 'this machine'],
    ['0.0.0.0', 'this machine'],
    ['::1', 'this machine'],
    ['::', 'this machine'],
    ['10.1.2.3', 'a private network'],
    ['172.16.0.1', 'a private network'],
    ['172.31.255.255', 'a private network'],
    ['192.168.0.1', 'a private network'],
    ['fd00::1', 'a private network'],
    ['169.254.169.254', 'the metadata of a cloud'],
    ['fd00:ec2::254', 'the metadata of a cloud'],
    ['100.100.100.200', 'the metadata of a cloud'],
    ['fe80::1', 'the same wire'],
    ['fe80::1%eth0', 'the same wire'],
    ['224.0.0.1', 'many'],
    ['255.255.255.255', 'many'],
    ['ff02::1', 'many'],
    ['::ffff:127.0.0.1', 'an address in an address'],
    ['::ffff:7f00:1', 'an address in an address'],
    ['0:0:0:0:0:ffff:a9fe:a9fe', 'an address in an address'],
    ['64:ff9b::7f00:1', 'an address in an address'],
    ['2002:7f00:1::', 'an address in an address'],
    ['2001:0:7f00:1::', 'an address in an address'],
    ['2001:db8::1', 'an example'],
    ['203.0.113.7', 'an example'],
    ['localhost', 'no address'],
    ['', 'no address'],
  ])('lets nobody to %s: %s', (address) => {
    expect(guard.passes(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '193.0.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])(
    'lets requests to %s on the open Internet',
    (address) => {
      // What hides an address of the open Internet in another one is judged by the one inside.
      expect(guard.passes(address)).toBe(true);
      expect(guard.isNamed(address)).toBe(false);
    },
  );

  it('lets requests to what the operator has named, and to nothing beside it', () => {
    const named = createAddressGuard(['192.168.1.20', '10.8.0.0/16', 'fd12::/16']);
    for (const address of ['192.168.1.20', '::ffff:192.168.1.20', '10.8.255.1', 'fd12::5'])
      expect([address, named.passes(address), named.isNamed(address)]).toEqual([address, true, true]);
    for (const address of ['192.168.1.21', '10.9.0.1', 'fd13::5', '127.0.0.1'])
      expect([address, named.passes(address)]).toEqual([address, false]);
  });

  it('judges an IPv4 address alike however it is written', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(byte, byte, byte, byte, (a, b, c, d) => {
        const dotted = [a, b, c, d].join('.');
        const hex = `::ffff:${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
        expect(guard.passes(`::ffff:${dotted}`)).toBe(guard.passes(dotted));
        expect(guard.passes(hex)).toBe(guard.passes(dotted));
      }),
    );
  });

  it('knows what an address or a network looks like', () => {
    for (const text of ['1.2.3.4', '1.2.3.0/24', '::1', 'fd00::/8'])
      expect([text, isNetwork(text)]).toEqual([text, true]);
    for (const text of ['', 'x', '1.2.3', '1.2.3.4/33', '1.2.3.4/', '1.2.3.4/8/8', '::/129', 'host/8'])
      expect([text, isNetwork(text)]).toEqual([text, false]);
  });
});

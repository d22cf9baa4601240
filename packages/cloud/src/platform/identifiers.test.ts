// Ids sort by time, never repeat, and are UUIDv7 inside.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FixedPorts, seededEntropy } from '../../test/fixed-ports.ts';
import { createIdentifiers, isIdentifier } from './identifiers.ts';

describe('identifiers', () => {
  it('grow with every id, however the clock jumps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 200 }), (jumps) => {
        const ports = new FixedPorts();
        const identifiers = createIdentifiers({ clock: ports.clock, entropy: seededEntropy() });
        const made = jumps.map((jump) => {
          ports.nowMs += jump;
          return identifiers.create('evt');
        });
        expect([...made].sort()).toEqual(made);
        expect(new Set(made).size).toBe(made.length);
      }),
    );
  });

  it('stay in order through more than 4,096 ids in one millisecond', () => {
    const identifiers = createIdentifiers({ clock: new FixedPorts().clock, entropy: seededEntropy() });
    const made = Array.from({ length: 5_000 }, () => identifiers.create('key'));
    expect([...made].sort()).toEqual(made);
  });

  it('carry time, version and variant where RFC 9562 puts them', () => {
    const ports = new FixedPorts();
    const id = createIdentifiers({ clock: ports.clock, entropy: seededEntropy() }).create('box' as never);
    const hex = id.slice(id.indexOf('_') + 1);
    expect(Number.parseInt(hex.slice(0, 12), 16)).toBe(ports.nowMs);
    expect(hex[12]).toBe('7');
    expect('89ab').toContain(hex[16]);
  });

  it('are recognised by their form', () => {
    const id = createIdentifiers({ clock: new FixedPorts().clock, entropy: seededEntropy() }).create('key');
    expect(isIdentifier('key', id)).toBe(true);
    for (const other of [id.toUpperCase(), `${id}0`, id.slice(0, -1), id.replace('key', 'evt'), '']) {
      expect(isIdentifier('key', other)).toBe(false);
    }
  });
});

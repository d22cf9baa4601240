import { describe, expect, it } from 'vitest';
import { parseControlInput } from './control-input.ts';

describe('an input of the control port', () => {
  it.each([
    [{ keys: '12345678#' }, { kind: 'keys', keys: '12345678#' }],
    [{ door: { bin: 3, open: true } }, { kind: 'door', bin: 3, open: true }],
    [{ door: { bin: 3, jammed: false } }, { kind: 'door', bin: 3, jammed: false }],
    [{ mainLock: { open: true } }, { kind: 'main-lock', open: true }],
    [{ mainLock: { jammed: false } }, { kind: 'main-lock', jammed: false }],
    [{ tag: { bin: 3, id: '04a1b2c3' } }, { kind: 'hang', bin: 3, id: '04a1b2c3' }],
    [{ tag: { bin: 3, id: null } }, { kind: 'hang', bin: 3, id: null }],
    [{ tag: { reader: 'front', id: '04A1B2C3D4E5F6' } }, { kind: 'tap', id: '04A1B2C3D4E5F6' }],
    [{ mains: false }, { kind: 'mains', on: false }],
    [{ power: false }, { kind: 'power', on: false }],
    [{ network: 'down' }, { kind: 'network', up: false }],
    [
      { hotspot: { name: 'Phone', passphrase: '12345678', up: true } },
      { kind: 'hotspot', name: 'Phone', passphrase: '12345678', up: true },
    ],
    [
      { hotspot: { name: 'Cafe', passphrase: '', up: false } },
      { kind: 'hotspot', name: 'Cafe', passphrase: '', up: false },
    ],
    [{ radio: 'jammed' }, { kind: 'radio', jammed: true }],
    [{ radio: 'clear' }, { kind: 'radio', jammed: false }],
    [{ press: 'reset' }, { kind: 'button', ms: undefined }],
    [{ hold: { button: 'reset', ms: 5_000 } }, { kind: 'button', ms: 5_000 }],
    [{ advanceMs: 120_000 }, { kind: 'advance', ms: 120_000 }],
  ])('%j is understood', (input, expected) => {
    expect(parseControlInput(input)).toEqual(expected);
  });

  it.each([
    [{}, ''],
    [null, ''],
    [[], ''],
    ['keys', ''],
    [{ keys: '1', mains: true }, ''],
    [{ mainLock: true }, '/mainLock'],
    [{ mainLock: {} }, '/mainLock'],
    [{ mainLock: { open: 'yes' } }, '/mainLock'],
    [{ mainLock: { open: true, jammed: true } }, '/mainLock'],
    [{ mainLock: { bin: 1, open: true } }, '/mainLock'],
    [{ keys: '12A#' }, '/keys'],
    [{ keys: '' }, '/keys'],
    [{ keys: 12345678 }, '/keys'],
    [{ keys: '1'.repeat(1_001) }, '/keys'],
    [{ door: { bin: 0, open: true } }, '/door/bin'],
    [{ door: { bin: 1.5, open: true } }, '/door/bin'],
    [{ door: { bin: 1 } }, '/door'],
    [{ door: { bin: 1, open: true, jammed: true } }, '/door'],
    [{ door: { bin: 1, open: true, force: 1 } }, '/door'],
    [{ tag: { bin: 1, id: '123' } }, '/tag/id'],
    [{ tag: { bin: 1 } }, '/tag/id'],
    [{ tag: { id: '04a1b2c3' } }, '/tag'],
    [{ tag: { bin: 1, reader: 'front', id: '04a1b2c3' } }, '/tag'],
    [{ tag: { reader: 'front', id: null } }, '/tag/id'],
    [{ mains: 'off' }, '/mains'],
    [{ network: false }, '/network'],
    [{ hotspot: true }, '/hotspot'],
    [{ hotspot: { name: '', passphrase: '12345678', up: true } }, '/hotspot/name'],
    [{ hotspot: { name: '花'.repeat(11), passphrase: '12345678', up: true } }, '/hotspot/name'],
    [{ hotspot: { name: 'Phone', passphrase: '1234567', up: true } }, '/hotspot/passphrase'],
    [{ hotspot: { name: 'Phone', up: true } }, '/hotspot/passphrase'],
    [{ hotspot: { name: 'Phone', passphrase: '12345678' } }, '/hotspot/up'],
    [{ hotspot: { name: 'Phone', passphrase: '12345678', up: true, hidden: true } }, '/hotspot'],
    [{ radio: 'loud' }, '/radio'],
    [{ press: 'stop' }, '/press'],
    [{ hold: { button: 'reset' } }, '/hold/ms'],
    [{ hold: { button: 'reset', ms: 0 } }, '/hold/ms'],
    [{ advanceMs: -1 }, '/advanceMs'],
    [{ advanceMs: 1e12 }, '/advanceMs'],
    [{ constructor: 1 }, '/constructor'],
  ])('%j is refused, with the place and what to send', (input, pointer) => {
    expect(parseControlInput(input)).toEqual({
      kind: 'fault',
      pointer,
      detail: expect.stringMatching(/send/),
    });
  });
});

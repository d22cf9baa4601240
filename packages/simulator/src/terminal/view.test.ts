// The drawing of the box, as a person reads it.
import { stripVTControlCharacters } from 'node:util';
import type { BoxSnapshot } from '@smartbox/firmware/simulated';
import { describe, expect, it } from 'vitest';
import { drawBox } from './view.ts';

const state: BoxSnapshot = {
  boxId: '0B61PV3T66D4B',
  firmware: '0.1.0',
  running: true,
  claimed: true,
  uptimeMs: 1_000,
  boxTimeMs: Date.UTC(2026, 10, 22, 4, 0, 0),
  display: { lines: ['３　番', '鍵を取り出し', '扉を閉めてください'], lit: true },
  bins: Array.from({ length: 8 }, (_, index) => ({
    bin: index + 1,
    latch: 'locked' as const,
    door: index === 2 ? ('open' as const) : ('closed' as const),
    jammed: false,
    tag: index === 0 ? '04a1b2c3d4e501' : null,
  })),
  mainLock: { latch: 'locked', door: 'closed', jammed: false },
  keys: [['1', '2', '3'], ['4', '5', '6'], ['7', '8', '9'], ['*', '0', '#'], ['L']],
  button: 'up',
  power: { mains: false, batteryPercent: 63, asleep: false, wokeBy: 'power' },
  network: { link: 'up', broker: 'connected', joined: 'home', radio: 'clear', hotspots: [] },
  beeps: 0,
};

const plain = (lines: readonly string[]): string => stripVTControlCharacters(lines.join('\n'));

describe('the drawing of the box', () => {
  it('shows display, doors, fobs, mains, battery and network', () => {
    const text = plain(drawBox({ state, hand: ['04a1b2c3d4e503'], question: undefined, trouble: undefined }));
    for (const part of [
      '扉を閉めてください',
      'OPEN',
      '…e501',
      'mains off',
      '63 %',
      'connected',
      'in your hand: ⚷ …e503',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('shows the front of the box only while it is not shut, and which key shuts it', () => {
    const draw = (mainLock: BoxSnapshot['mainLock']) =>
      plain(drawBox({ state: { ...state, mainLock }, hand: [], question: undefined, trouble: undefined }));
    expect(draw(state.mainLock)).not.toContain('main lock');
    expect(draw({ ...state.mainLock, door: 'open' })).toContain('OPEN: w shuts it');
    expect(draw({ ...state.mainLock, latch: 'released' })).toContain('the main lock is released');
    expect(draw({ ...state.mainLock, jammed: true })).toContain('jammed');
  });

  it('says that a box sleeps, and which key wakes it', () => {
    const asleep = { ...state, running: false, power: { ...state.power, asleep: true } };
    const text = plain(drawBox({ state: asleep, hand: [], question: undefined, trouble: undefined }));
    expect(text).toContain('asleep: r wakes it');
    expect(text).not.toContain('no power');
  });

  it('shows the phone with the password that the box will ask for, and what the box goes over', () => {
    const view = { hand: [], question: undefined, trouble: undefined };
    expect(plain(drawBox({ ...view, state }))).toContain('hotspot: off ("Phone", password 12345678)');
    const hotspots = [{ name: 'Phone', passphrase: '12345678', up: true }];
    const network = { ...state.network, link: 'down', joined: 'second', hotspots } as const;
    const text = plain(drawBox({ ...view, state: { ...state, network } }));
    expect(text).toContain('hotspot: on');
    expect(text).toContain('network connected over phone');
  });

  it('keeps the frame of the display straight around full-width characters', () => {
    const lines = plain(drawBox({ state, hand: [], question: undefined, trouble: undefined })).split('\n');
    const display = lines.filter((line) => line.startsWith('│') && line.includes('扉'));
    expect(display[0]).toMatch(/^│ 扉を閉めてください {7}│/);
  });

  it('asks for the bin while a key waits for one, and tells what went wrong otherwise', () => {
    const asking = drawBox({
      state,
      hand: [],
      question: { kind: 'toggle-door', digits: '1' },
      trouble: undefined,
    });
    expect(plain(asking)).toContain('Which door? 1');
    const told = drawBox({ state, hand: [], question: undefined, trouble: 'Bin 3 is closed.' });
    expect(plain(told)).toContain('Bin 3 is closed.');
  });
});

// Every keystroke of the terminal keypad, as a person would learn it.
import { describe, expect, it } from 'vitest';
import { bindings, press } from './key-bindings.ts';

describe('terminal keystrokes', () => {
  it('types digits, Enter, Backspace and the language key at the keypad', () => {
    for (const [keystroke, keys] of [
      ['7', '7'],
      ['\r', '#'],
      ['\u007f', '*'],
      ['l', 'L'],
    ] as const) {
      expect(press(undefined, keystroke, 8)).toEqual({ question: undefined, action: { kind: 'type', keys } });
    }
  });

  it('asks which bin, and takes one digit where no bin has two', () => {
    const asked = press(undefined, 'd', 8);
    expect(asked).toEqual({ question: { kind: 'toggle-door', digits: '' } });
    expect(press(asked.question, '3', 8).action).toEqual({ kind: 'toggle-door', bin: 3 });
  });

  it('waits for a second digit or Enter where a bin may have two', () => {
    const first = press({ kind: 'move-key', digits: '' }, '1', 20);
    expect(first.action).toBeUndefined();
    expect(press(first.question, '7', 20).action).toEqual({ kind: 'move-key', bin: 17 });
    expect(press(first.question, '\r', 20).action).toEqual({ kind: 'move-key', bin: 1 });
    expect(press({ kind: 'move-key', digits: '' }, '3', 20).action).toEqual({ kind: 'move-key', bin: 3 });
  });

  it('drops the question at Escape and at a bin that does not exist', () => {
    expect(press({ kind: 'toggle-door', digits: '' }, '\u001b', 8)).toEqual({ question: undefined });
    expect(press({ kind: 'toggle-door', digits: '' }, '9', 8)).toEqual({ question: undefined });
    expect(press({ kind: 'toggle-door', digits: '' }, '0', 8)).toEqual({ question: undefined });
  });

  it('leaves at Control-C even while it asks', () => {
    expect(press({ kind: 'toggle-door', digits: '' }, '\u0003', 8).action).toEqual({ kind: 'quit' });
  });

  it('gives no keystroke two meanings', () => {
    const keys = bindings.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(press(undefined, key, 8).action?.kind).not.toBe('type');
  });
});

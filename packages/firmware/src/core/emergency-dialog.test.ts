import { describe, expect, it } from 'vitest';
import {
  answerWrong,
  dialogEndsMs,
  type EmergencyDialog,
  goBack,
  submitDigits,
  submitNothing,
} from './emergency-dialog.ts';

const facts = { binCount: 12, appEnrolled: true };
const sheet = { kind: 'sheet' } as const;
const phone = {
  kind: 'phone-answer',
  asked: { challenge: '12345678', target: 3 },
  triesLeft: 3,
  endsAtMs: 600_000,
} as const;

describe('the questions of a box that is alone', () => {
  it('tells from the length what was typed at the menu', () => {
    const kindOf = (digits: string) => submitDigits(undefined, digits, facts).kind;
    expect(kindOf('123456789012')).toBe('try-booking');
    expect(kindOf('1234567890')).toBe('try-revocation');
    expect(kindOf('12345678')).toBe('try-app');
    expect(submitDigits(undefined, '1', facts)).toEqual({ kind: 'menu', choice: '1' });
    expect(submitDigits(undefined, '5', facts)).toEqual({ kind: 'misfit', text: 'no-such-choice' });
    expect(submitDigits(undefined, '123456', facts)).toEqual({ kind: 'misfit', text: 'needs-network' });
  });

  it('takes eight digits for a code of the cloud where no app is enrolled', () => {
    const without = { ...facts, appEnrolled: false };
    expect(submitDigits(undefined, '12345678', without)).toEqual({ kind: 'misfit', text: 'needs-network' });
  });

  it('asks for a bin, and announces what 0 means before it asks for anything else', () => {
    const dialog: EmergencyDialog = { kind: 'which-bin', way: sheet };
    const expected = { kind: 'choose-target', way: sheet, target: 12 };
    expect(submitDigits(dialog, '12', facts)).toEqual(expected);
    expect(submitDigits(dialog, '03', facts)).toEqual({ ...expected, target: 3 });
    for (const none of ['13', '003', '99999999'])
      expect(submitDigits(dialog, none, facts)).toEqual({ kind: 'misfit', text: 'no-such-bin' });
    const announced: EmergencyDialog = { kind: 'announce-all', way: sheet };
    expect(submitDigits(dialog, '0', facts)).toEqual({ kind: 'go-on', dialog: announced });
    expect(submitNothing(announced)).toEqual({ kind: 'choose-target', way: sheet, target: 0 });
    expect(submitDigits(announced, '1', facts)).toEqual({ kind: 'misfit', text: 'no-such-choice' });
  });

  it('does nothing for an enter without digits anywhere else', () => {
    for (const dialog of [undefined, phone, { kind: 'which-bin', way: sheet } as const])
      expect(submitNothing(dialog)).toBeUndefined();
  });

  it('goes back to the question before, and from the first one to the menu', () => {
    expect(goBack({ kind: 'sheet-code', target: 3 })).toEqual({ kind: 'which-bin', way: sheet });
    expect(goBack(phone)).toEqual({ kind: 'which-bin', way: { kind: 'phone' } });
    expect(goBack({ kind: 'announce-all', way: sheet })).toEqual({ kind: 'which-bin', way: sheet });
    expect(goBack({ kind: 'which-bin', way: sheet })).toBeUndefined();
  });

  it('waits two minutes for paper, the whole life of its number for the phone, and no longer for a right code', () => {
    expect(dialogEndsMs({ kind: 'sheet-code', target: 3 }, 1_000, 30_000)).toBe(121_000);
    expect(dialogEndsMs(phone, 1_000, 30_000)).toBe(600_000);
    expect(dialogEndsMs({ kind: 'which-bin', way: { kind: 'app', step: 5 } }, 1_000, 30_000)).toBe(31_000);
  });

  it('asks three times for an answer', () => {
    const second = answerWrong(phone);
    expect(second).toMatchObject({ triesLeft: 2 });
    expect(answerWrong({ ...phone, triesLeft: 1 })).toBeUndefined();
  });
});

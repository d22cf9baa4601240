import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NamedNotice, putIntoWords } from './notice-text.ts';
import { alerts } from './rule.ts';
import { general, labels, sentences } from './texts.ts';

const notice = (change: Partial<NamedNotice> = {}): NamedNotice => ({
  noticeId: 'ntc_1',
  eventId: 'evt_000000000042',
  body: { type: 'key.withdrawn', timestamp: '2026-04-01T09:00:00.000Z', data: { bin: 3 } },
  leftOut: 0,
  names: { key: 'Van 7', box: '玄関', place: 'Depot', timeZone: 'Asia/Tokyo' },
  ...change,
});

describe('the words of a notice', () => {
  it('say what happened, when by the clock of the place, and where', () => {
    expect(putIntoWords([notice()], 'en')).toEqual({
      subject: 'SmartBox: Key Van 7 was taken',
      text: [
        'Key Van 7 was taken',
        'When: 1 Apr 2026, 18:00:00 GMT+9',
        'Where: Depot',
        'Box: 玄関',
        'Bin: 3',
        'Key: Van 7',
        'Event: evt_000000000042',
        '',
      ].join('\n'),
      brief: expect.stringMatching(/^When: /),
    });
    expect(putIntoWords([notice()], 'ja')).toMatchObject({
      subject: 'SmartBox: 鍵「Van 7」が取り出されました',
      text: expect.stringMatching(/日時: 2026\/04\/01 18:00:00 JST|日時: 2026\/04\/01 18:00:00 GMT\+9/),
    });
  });

  it('put several notices into one, and say what was left out', () => {
    const { subject, text } = putIntoWords([notice(), notice({ leftOut: 4 })], 'en');
    expect(subject).toBe('SmartBox: 2 notices');
    expect(text.split('\n\n')).toHaveLength(2);
    expect(text).toContain('The same happened 4 times before this');
    const { brief } = putIntoWords([notice(), notice()], 'en');
    expect(brief).toBe('Key Van 7 was taken\nKey Van 7 was taken');
  });

  it('have no line break and no turned text from a name (MO-07)', () => {
    const names = { key: 'x\r\nBcc: a@example.jp\u202e\u2066y', box: 'b', place: 'p' };
    const { subject, text } = putIntoWords([notice({ names })], 'en');
    expect(subject).toBe('SmartBox: Key x Bcc: a@example.jp y was taken');
    expect(text).not.toMatch(/^Bcc/m);
    expect(putIntoWords([notice({ names: { key: '鍵'.repeat(5_000) } })], 'ja').subject.length).toBeLessThan(
      150,
    );
  });

  it('are the same lines whatever people typed as names: no markup, no header, no line of their own (MO-07)', () => {
    const hostile = [
      '<img src=x onerror=alert(1)>',
      "'; DROP TABLE notice; --",
      '=HYPERLINK("http://evil.example")',
      '\u202egnp.exe\u2067',
      'a\r\nSubject: b\r\n\r\nbody',
      '{key}{box}$&',
      '😀'.repeat(2_500),
      '\ud83d',
    ];
    const labelsOf = (text: string) => text.split('\n').map((line) => line.replace(/: .*/, ''));
    const plain = labelsOf(putIntoWords([notice()], 'en').text);
    const name = fc.oneof(
      fc.constantFrom(...hostile),
      fc.string({ minLength: 1, unit: 'binary', maxLength: 300 }),
    );
    fc.assert(
      fc.property(name, name, name, (key, box, place) => {
        const { subject, text } = putIntoWords([notice({ names: { key, box, place } })], 'en');
        expect(subject).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(labelsOf(text).slice(1)).toEqual(plain.slice(1));
        expect(Array.from(subject).length).toBeLessThanOrEqual('SmartBox: Key  was taken'.length + 100);
      }),
    );
    const { subject } = putIntoWords([notice({ names: { key: '<b>{box}</b>$&', box: 'Lobby' } })], 'en');
    expect(subject).toBe('SmartBox: Key <b>{box}</b>$& was taken');
  });

  it('are there in both languages for every alert, with the same blanks', () => {
    for (const type of Object.values(alerts).flat()) expect(Object.keys(sentences)).toContain(type);
    for (const text of [...Object.values(sentences), ...Object.values(labels), general]) {
      const blanks = (words: string) => (words.match(/\{\w+\}/g) ?? []).sort();
      expect(text.ja).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
      expect([text.en, blanks(text.ja)]).toEqual([text.en, blanks(text.en)]);
    }
  });

  it('name the type of an event that has no sentence, and say when a thing has no name any more', () => {
    const body = { type: 'made.up', timestamp: '2026-04-01T09:00:00.000Z', data: {} };
    expect(putIntoWords([notice({ body, names: {} })], 'en').subject).toContain('made.up');
    expect(putIntoWords([notice({ names: {} })], 'en').subject).toContain('(without a name)');
  });
});

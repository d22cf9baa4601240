// Puts notices into words for one person: a subject and plain lines. Names that people typed stay data: no line
// break and no sign that turns the direction of the text gets from a name into a mail. Pure.

import type { NoticeBody } from './notice.ts';
import { general, labels, sentences } from './texts.ts';

/** A notice with the names of what it is about. */
export interface NamedNotice {
  readonly noticeId: string;
  readonly eventId: string | null;
  readonly body: NoticeBody;
  readonly leftOut: number;
  readonly names: NoticeNames;
}

/** Undefined where the thing is no more, or the notice is not about one. */
export interface NoticeNames {
  readonly key?: string | undefined;
  readonly box?: string | undefined;
  readonly place?: string | undefined;
  /** IANA name: times are shown in it. */
  readonly timeZone?: string | undefined;
}

/** What a person reads. */
export interface NoticeText {
  readonly subject: string;
  readonly text: string;
}

type Language = 'ja' | 'en';

const longestName = 100;
const unsafe = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;

/** @param notices at least one; several go into one text, so that a flood stays one mail */
export function putIntoWords(notices: readonly NamedNotice[], language: Language): NoticeText {
  const parts = notices.map((notice) => ({
    sentence: sentenceOf(notice, language),
    lines: factsOf(notice, language),
  }));
  const [first] = parts;
  const subject =
    parts.length === 1 && first !== undefined
      ? first.sentence
      : labels.several[language].replace('{count}', String(parts.length));
  const text = parts.map(({ sentence, lines }) => [sentence, ...lines].join('\n')).join('\n\n');
  return { subject: `SmartBox: ${subject}`, text: `${text}\n` };
}

function sentenceOf({ body, names }: NamedNotice, language: Language): string {
  const template = (sentences[body.type] ?? general)[language];
  const unnamed = labels.unnamed[language];
  const parts: Readonly<Record<string, string>> = {
    key: harmless(names.key) ?? unnamed,
    box: harmless(names.box) ?? unnamed,
    type: body.type,
  };
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);
}

function factsOf(notice: NamedNotice, language: Language): readonly string[] {
  const { body, names, eventId, leftOut } = notice;
  const bin = typeof body.data.bin === 'number' ? String(body.data.bin) : undefined;
  const facts = [
    [labels.at, showLocally(body.timestamp, names.timeZone, language)],
    [labels.place, harmless(names.place)],
    [labels.box, harmless(names.box)],
    [labels.bin, bin],
    [labels.key, harmless(names.key)],
    [labels.event, eventId ?? undefined],
  ] as const;
  const lines = facts.flatMap(([label, value]) =>
    value === undefined ? [] : [`${label[language]}: ${value}`],
  );
  return leftOut === 0 ? lines : [...lines, labels.leftOut[language].replace('{count}', String(leftOut))];
}

function harmless(name: string | undefined): string | undefined {
  return name?.replace(unsafe, ' ').slice(0, longestName);
}

// The place's own time, and which that is: the reader may be elsewhere.
function showLocally(timestamp: string, timeZone = 'UTC', language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    ...{ timeZone, hourCycle: 'h23', timeZoneName: 'short' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  return format.format(new Date(timestamp));
}

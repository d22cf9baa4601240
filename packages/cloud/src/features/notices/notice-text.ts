// Puts notices into words for one person: a subject and plain lines. Names that people typed stay data: no line
// break and no sign that turns the direction of the text gets from a name into a mail, and no markup, for there is
// none. Pure.

import type { NoticeBody } from './notice.ts';
import { factsOf, harmless, type Language, type NoticeNames } from './notice-facts.ts';
import { general, labels, sentences } from './texts.ts';

/** A notice with the names of what it is about. */
export interface NamedNotice {
  readonly noticeId: string;
  readonly eventId: string | null;
  readonly body: NoticeBody;
  readonly leftOut: number;
  readonly names: NoticeNames;
}

/** What a person reads. */
export interface NoticeText {
  readonly subject: string;
  readonly text: string;
  /** What the subject does not say, for a small screen: the facts of one notice, one sentence for each of several. */
  readonly brief: string;
}

/** @param notices at least one; several go into one text, so that a flood stays one mail */
export function putIntoWords(notices: readonly NamedNotice[], language: Language): NoticeText {
  const parts = notices.map((notice) => ({
    sentence: sentenceOf(notice, language),
    lines: factsOf(notice, language),
  }));
  const [first, ...others] = parts;
  const alone = others.length === 0 ? first : undefined;
  const subject = alone?.sentence ?? labels.several[language].replace('{count}', String(parts.length));
  const text = parts.map(({ sentence, lines }) => [sentence, ...lines].join('\n')).join('\n\n');
  const brief = alone?.lines ?? parts.map(({ sentence }) => sentence);
  return { subject: `SmartBox: ${subject}`, text: `${text}\n`, brief: brief.join('\n') };
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

// What there is to say about a sheet and an inventory beside the plain data: the same on the terminal and on the page.
import type { BreakGlassBox, BreakGlassKey } from '@smartbox/protocol';
import { type Language, say, type TextKey } from './texts.ts';

/** @returns what a person must know before they trust a sheet */
export function sheetWarnings({ sheet }: BreakGlassBox, nowMs: number): readonly TextKey[] {
  return [
    ...(sheet.inForce ? [] : (['notInForce'] as const)),
    ...(nowMs > sheet.validUntilMs ? (['pastDate'] as const) : []),
  ];
}

/** @returns `0123 4567` */
export function spaced(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}

/** @returns where a key is, in words */
export function whereabouts(key: BreakGlassKey, boxes: readonly BreakGlassBox[], language: Language): string {
  if (key.status !== 'in-bin') return say(language, key.status);
  const box = boxes.find(({ boxId }) => boxId === key.boxId)?.name ?? `box_${key.boxId}`;
  return say(language, 'hangs', { box, bin: key.bin ?? '?' });
}

/** @returns `bin 3`, `all bins` */
export function showTarget(target: number, language: Language): string {
  return target === 0 ? say(language, 'targetAll') : say(language, 'targetBin', { bin: target });
}

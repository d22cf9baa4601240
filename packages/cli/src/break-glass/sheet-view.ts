// What there is to say about a sheet and an inventory beside the plain data: the same on the terminal and on the page.
import type { BreakGlassBox, BreakGlassHead, BreakGlassKey, BreakGlassPayload } from '@smartbox/protocol';
import { showInstant } from './show-instant.ts';
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

/** @returns whose file it is and when it was made */
export function fileTitle(
  opened: { readonly file: BreakGlassHead; readonly payload: BreakGlassPayload },
  language: Language,
): string {
  const { file, payload } = opened;
  const at = showInstant(payload.inventoryAtMs, placeOfTime(payload), language);
  return say(language, 'fileOf', { tenant: file.tenantName, at });
}

/** @returns the time zone in which moments of the whole file are shown: the first box's */
export function placeOfTime(payload: BreakGlassPayload): string {
  return payload.boxes[0]?.location.timeZone ?? 'UTC';
}

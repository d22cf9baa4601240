// Which of the networks in the air a person may choose, and how their names fit the display. A name comes from
// whoever set up a radio nearby: it may be 32 bytes of anything, so controls, bidi marks and what the display has no
// glyph for never reach it. An open network is shown, without a number, so that its owner sees why it cannot be
// chosen.
import { columnsOf } from './display-texts.ts';
import type { FoundNetwork } from './inputs.ts';
import { boxLimits } from './limits.ts';

export const NETWORKS_PER_PAGE = 3;
const LONGEST_NAME_UNITS = 32;
/** Somebody may fill the air with hundreds of names. */
const NETWORKS_LOOKED_AT = 64;

/** @returns the networks to show: secured ones first, each name once, the strongest first, at most 9 */
export function offeredNetworks(found: readonly FoundNetwork[]): readonly FoundNetwork[] {
  const named = found
    .slice(0, NETWORKS_LOOKED_AT)
    .filter(({ name }) => name.length <= LONGEST_NAME_UNITS && networkLabel(name, 1) !== '');
  const once = named.filter(({ name, secured }, index) => {
    return named.findIndex((other) => other.name === name && other.secured === secured) === index;
  });
  const secured = once.filter((network) => network.secured);
  return [...secured, ...once.filter((network) => !network.secured)].slice(0, boxLimits.networksListed);
}

/** @returns how many pages the list has */
export function networkPages(offered: readonly FoundNetwork[]): number {
  return Math.max(1, Math.ceil(offered.length / NETWORKS_PER_PAGE));
}

/** @returns the name as far as it fits into `columns`, without what could disturb a display; empty for nothing */
export function networkLabel(name: string, columns: number): string {
  let label = '';
  for (const character of name) {
    const point = character.codePointAt(0) as number;
    if (isInvisible(point)) continue;
    const shown = point > 0xffff ? '?' : character;
    if (columnsOf(label + shown) > columns) break;
    label += shown;
  }
  return label.trim();
}

// Controls, soft hyphen, surrogates on their own, and the format characters that join, hide or turn text around.
function isInvisible(point: number): boolean {
  return (
    point < 0x20 ||
    (point >= 0x7f && point <= 0x9f) ||
    point === 0xad ||
    point === 0x61c ||
    point === 0xfeff ||
    (point >= 0x200b && point <= 0x200f) ||
    (point >= 0x2028 && point <= 0x202e) ||
    (point >= 0x2060 && point <= 0x206f) ||
    (point >= 0xd800 && point <= 0xdfff) ||
    (point >= 0xfe00 && point <= 0xfe0f)
  );
}

// What the terminal shows: the box as a drawing, line by line. Pure, so that a test can read it; the
// terminal only puts the lines on the screen.
import { columnsOf } from '@smartbox/firmware/core';
import type { BoxSnapshot } from '@smartbox/firmware/simulated';
import { bindings, type Question } from './key-bindings.ts';
import { isHotspotOn, phone } from './phone.ts';

/** Everything that the drawing depends on. */
export interface View {
  readonly state: BoxSnapshot;
  /** Fobs that the person holds, the latest last. */
  readonly hand: readonly string[];
  readonly question: Question;
  /** What went wrong with the last key, in the control port's words. */
  readonly trouble: string | undefined;
}

const DISPLAY_COLUMNS = 26;
const BIN_COLUMNS = 13;
const BINS_PER_ROW = 4;
const BINDING_COLUMNS = 42;
const DIM = '\u001b[2m';
const BRIGHT = '\u001b[1m';
const GREEN = '\u001b[32m';
const YELLOW = '\u001b[33m';
const OFF = '\u001b[0m';

/** @returns the lines of the drawing */
export function drawBox(view: View): readonly string[] {
  const { state } = view;
  return [
    `${BRIGHT}SmartBox${OFF} ${state.boxId ?? ''}   firmware ${state.firmware}${drawRest(state)}`,
    '',
    ...drawDisplay(state),
    '',
    ...drawBins(state),
    '',
    ...drawMainLock(state),
    drawSupply(state),
    `${drawHand(view.hand)}   ${drawPhone(state)}`,
    '',
    '0-9 Enter Backspace: keypad    L: language',
    ...drawBindings(),
    '',
    drawPrompt(view),
  ];
}

// Why nothing answers, and what to do.
function drawRest({ running, power }: BoxSnapshot): string {
  if (running) return '';
  return power.asleep ? '   (asleep: r wakes it)' : '   (no power)';
}

// Two to a row: a terminal of 24 lines shows everything.
function drawBindings(): readonly string[] {
  const half = Math.ceil(bindings.length / 2);
  return bindings.slice(0, half).map((left, index) => {
    const right = bindings[index + half];
    const first = `${BRIGHT}${left.key}${OFF} ${pad(left.label, BINDING_COLUMNS)}`;
    return right === undefined ? first : `${first}${BRIGHT}${right.key}${OFF} ${right.label}`;
  });
}

function drawDisplay({ display, keys }: BoxSnapshot): readonly string[] {
  const light = display.lit ? BRIGHT : DIM;
  const rule = '─'.repeat(DISPLAY_COLUMNS);
  const lines = Array.from({ length: 4 }, (_, index) =>
    pad(` ${display.lines[index] ?? ''}`, DISPLAY_COLUMNS),
  );
  const pad4 = (row: readonly string[] | undefined): string => `    ${(row ?? []).join('  ')}`;
  return [
    `┌${rule}┐`,
    ...lines.map((line, index) => `│${light}${line}${OFF}│${pad4(keys[index])}`),
    `└${rule}┘    ${(keys[4] ?? []).join('  ')}`,
  ];
}

function drawBins({ bins }: BoxSnapshot): readonly string[] {
  const rows: string[] = [];
  for (let first = 0; first < bins.length; first += BINS_PER_ROW) {
    const row = bins.slice(first, first + BINS_PER_ROW);
    const cells = row.map(drawBin);
    for (let line = 0; line < 3; line++) rows.push(cells.map((cell) => cell[line] ?? '').join(' '));
  }
  return rows;
}

function drawBin({ bin, door, latch, jammed, tag }: BoxSnapshot['bins'][number]): readonly string[] {
  const open = door === 'open';
  const word = jammed ? 'jammed' : open ? 'OPEN' : latch === 'released' ? 'released' : 'closed';
  const colour = open ? GREEN : jammed ? YELLOW : DIM;
  const fob = tag === null ? '·' : `⚷ …${tag.slice(-4)}`;
  return [
    `${colour}┌${pad(`─ ${bin} `, BIN_COLUMNS, '─')}┐${OFF}`,
    `${colour}│${OFF}${pad(` ${word}`, BIN_COLUMNS)}${colour}│${OFF}`,
    `${colour}└${OFF}${pad(` ${fob} `, BIN_COLUMNS, '─')}${colour}┘${OFF}`,
  ];
}

// A line of its own only where there is something to see: the front is shut nearly always.
function drawMainLock({ mainLock: { door, jammed, latch } }: BoxSnapshot): readonly string[] {
  if (door === 'open') return [`${GREEN}the front of the whole box is OPEN: w shuts it${OFF}`];
  if (jammed) return [`${YELLOW}the front of the box is jammed${OFF}`];
  return latch === 'released' ? ['the main lock is released'] : [];
}

function drawSupply({ power, network, button, boxTimeMs }: BoxSnapshot): string {
  const mains = power.mains ? `${GREEN}on${OFF}` : `${YELLOW}off${OFF}`;
  const over = network.joined === 'second' ? ' over phone' : '';
  const link = network.broker === 'connected' || network.link === 'up' ? network.broker + over : 'unplugged';
  const time =
    boxTimeMs === null ? 'not set' : new Date(boxTimeMs).toISOString().slice(0, 19).replace('T', ' ');
  return `mains ${mains}   battery ${power.batteryPercent} %   network ${link}   button ${button}   box time ${time} UTC`;
}

function drawHand(hand: readonly string[]): string {
  return `in your hand: ${hand.length === 0 ? 'nothing' : hand.map((fob) => `⚷ …${fob.slice(-4)}`).join(' ')}`;
}

function drawPhone(state: BoxSnapshot): string {
  const hotspot = isHotspotOn(state) ? `${GREEN}on${OFF}` : 'off';
  return `your phone's hotspot: ${hotspot} ("${phone.name}", password ${phone.passphrase})`;
}

function drawPrompt({ question, trouble }: View): string {
  if (question !== undefined) {
    const what = question.kind === 'toggle-door' ? 'Which door?' : 'The key of which bin?';
    return `${BRIGHT}${what}${OFF} ${question.digits}▁   (Escape: none)`;
  }
  return trouble === undefined ? '' : `${YELLOW}${trouble}${OFF}`;
}

function pad(text: string, columns: number, filler = ' '): string {
  return text + filler.repeat(Math.max(0, columns - columnsOf(text)));
}

// The menu for a person at a terminal: sheet, inventory, answers, until they leave. A mistyped number costs nothing.
import type { BreakGlassBox, BreakGlassFile, BreakGlassPayload } from '@smartbox/protocol';
import {
  answerLines,
  type Desk,
  fileTitle,
  inventoryLines,
  type Language,
  printable,
  readChallenge,
  readChoice,
  readTarget,
  say,
  sheetLines,
} from '../break-glass/index.ts';
import type { CommandPorts } from './command.ts';
import type { Keyboard } from './keyboard.ts';

/** What the menu works with. */
export interface MenuParts {
  readonly file: BreakGlassFile;
  readonly payload: BreakGlassPayload;
  readonly desk: Desk;
  readonly language: Language;
  readonly keyboard: Keyboard;
  readonly ports: CommandPorts;
  /** Where uses are recorded, to tell the person. */
  readonly journal: string;
}

/** Runs until the person chooses to end. @throws CliError `cancelled` */
export async function runMenu(parts: MenuParts): Promise<void> {
  const { language, keyboard, journal } = parts;
  print(parts, [printable(fileTitle(parts, language)), say(language, 'recorded', { file: journal })]);
  for (;;) {
    print(parts, ['', say(language, 'menu')]);
    const choice = await keyboard.ask(say(language, 'askChoice'));
    if (choice.trim() === '0') return;
    const act = readChoice([showSheet, showInventory, answerChallenge], choice);
    if (act === undefined) print(parts, [say(language, 'notOffered')]);
    else print(parts, await act(parts));
  }
}

async function showSheet(parts: MenuParts): Promise<readonly string[]> {
  const box = await chooseBox(parts);
  parts.desk.showSheet(box);
  return ['', ...sheetLines(box, parts.language, parts.ports.nowMs())];
}

async function showInventory({ payload, desk, language }: MenuParts): Promise<readonly string[]> {
  desk.showInventory();
  return ['', ...inventoryLines(payload, language)];
}

async function answerChallenge(parts: MenuParts): Promise<readonly string[]> {
  const { desk, language } = parts;
  const box = await chooseBox(parts);
  const challenge = await untilRead(parts, {
    ...{ question: say(language, 'askChallenge'), otherwise: say(language, 'no-challenge') },
    read: readChallenge,
  });
  const target = await untilRead(parts, {
    ...{ question: say(language, 'askTarget'), otherwise: say(language, 'no-bin') },
    read: (typed) => readTarget(box, typed),
  });
  const answer = desk.answer({ box, challenge, target });
  return ['', ...answerLines({ box, target, answer }, language)];
}

async function chooseBox(parts: MenuParts): Promise<BreakGlassBox> {
  const { payload, language } = parts;
  const [only, second] = payload.boxes;
  if (only !== undefined && second === undefined) return only;
  print(
    parts,
    payload.boxes.map(({ name, boxId, location }, index) =>
      printable(`${index + 1} ${name}  box_${boxId}  ${location.name}`),
    ),
  );
  return untilRead(parts, {
    ...{ question: say(language, 'askBox'), otherwise: say(language, 'notOffered') },
    read: (typed) => readChoice(payload.boxes, typed),
  });
}

async function untilRead<T>(
  parts: MenuParts,
  asked: {
    readonly question: string;
    /** What to say to an answer that cannot be read. */
    readonly otherwise: string;
    readonly read: (typed: string) => T | undefined;
  },
): Promise<T> {
  for (;;) {
    const value = asked.read(await parts.keyboard.ask(asked.question));
    if (value !== undefined) return value;
    print(parts, [asked.otherwise]);
  }
}

function print({ ports }: MenuParts, lines: readonly string[]): void {
  ports.output.write(`${lines.join('\n')}\n`);
}

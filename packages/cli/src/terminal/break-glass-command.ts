// `smartbox break-glass FILE`: opens an exported file with its passphrase and shows what was asked for, or a menu. It
// speaks to no server and to no network; its one trace is the record beside the file.
import {
  type BreakGlassBox,
  type BreakGlassFile,
  type BreakGlassPayload,
  CHAIN_BYTES,
} from '@smartbox/protocol';
import {
  answerJson,
  answerLines,
  createDesk,
  type Desk,
  inventoryJson,
  inventoryLines,
  type Language,
  printable,
  readBox,
  readChallenge,
  readTarget,
  say,
  sheetJson,
  sheetLines,
} from '../break-glass/index.ts';
import { type Action, breakGlassUsage, readBreakGlassArguments } from './break-glass-arguments.ts';
import { runMenu } from './break-glass-menu.ts';
import { chooseLanguage } from './choose-language.ts';
import { CliError } from './cli-error.ts';
import type { Command, CommandPorts } from './command.ts';
import { createKeyboard, type Keyboard } from './keyboard.ts';
import { openExport, readExport } from './open-export.ts';
import { createUsesFile, usesPath } from './uses-file.ts';

const PASSPHRASE_TRIES = 3;

/** @see breakGlassUsage */
export const breakGlassCommand: Command = async (args, ports) => {
  const asked = readBreakGlassArguments(args);
  if (asked.help) {
    ports.output.write(`${breakGlassUsage}\n`);
    return;
  }
  const language = chooseLanguage(asked.language, ports.environment);
  const file = readExport(asked.file, language);
  requireTerminal(ports, asked.passphraseFromInput);
  const keyboard = createKeyboard(ports.input, ports.messages);
  try {
    const open = (passphrase: string) => openExport(file, passphrase, language);
    const payload = asked.passphraseFromInput
      ? await open(await keyboard.ask(''))
      : await askAndOpen(open, { ports, keyboard, language });
    const desk = deskOf({ path: asked.file, file, payload, language, ports });
    const { action } = asked;
    if (action === undefined) {
      const journal = usesPath(asked.file);
      await runMenu({ file, payload, desk, language, keyboard, ports, journal });
    } else {
      ports.output.write(
        `${perform({ ...asked, action }, { payload, desk, language, nowMs: ports.nowMs() })}\n`,
      );
    }
  } finally {
    keyboard.close();
  }
};

/** @throws CliError `no-terminal`: a question that nobody sees would wait for ever */
function requireTerminal({ input }: CommandPorts, passphraseFromInput: boolean): void {
  if (input.isTTY === true || passphraseFromInput) return;
  throw new CliError(
    'no-terminal',
    'There is no terminal to ask for the passphrase. Programs pass it with --passphrase-stdin.',
  );
}

async function askAndOpen(
  open: (passphrase: string) => Promise<BreakGlassPayload>,
  at: { readonly ports: CommandPorts; readonly keyboard: Keyboard; readonly language: Language },
): Promise<BreakGlassPayload> {
  for (let left = PASSPHRASE_TRIES; ; left--) {
    const passphrase = await at.keyboard.askSecretly(say(at.language, 'askPassphrase'));
    at.ports.messages.write(`${say(at.language, 'deriving')}\n`);
    try {
      return await open(passphrase);
    } catch (error) {
      const again = error instanceof CliError && error.code === 'wrong-passphrase' && left > 1;
      if (!again) throw error;
      at.ports.messages.write(`${error.message}\n`);
    }
  }
}

function deskOf(parts: {
  readonly path: string;
  readonly file: BreakGlassFile;
  readonly payload: BreakGlassPayload;
  readonly language: Language;
  readonly ports: CommandPorts;
}): Desk {
  const { path, file, payload, language, ports } = parts;
  return createDesk({
    ...{ exportId: file.exportId, payload, nowMs: ports.nowMs },
    journal: createUsesFile(usesPath(path), language),
    newChain: () => Buffer.from(ports.randomBytes(CHAIN_BYTES)).toString('hex'),
  });
}

interface Wanted {
  readonly action: Action;
  readonly box: string | undefined;
  readonly challenge: string;
  readonly bin: string;
  readonly json: boolean;
}

/** What an action works with. */
interface Opened {
  readonly payload: BreakGlassPayload;
  readonly desk: Desk;
  readonly language: Language;
  readonly nowMs: number;
}

/** @returns what to print, once the use is recorded */
function perform(wanted: Wanted, opened: Opened): string {
  const { payload, desk, language, nowMs } = opened;
  const shown = (lines: readonly string[], value: unknown): string =>
    wanted.json ? JSON.stringify(value, null, 2) : lines.join('\n');
  switch (wanted.action) {
    case 'inventory':
      desk.showInventory();
      return shown(inventoryLines(payload, language), inventoryJson(payload));
    case 'sheet': {
      const box = wantedBox(wanted.box, opened);
      desk.showSheet(box);
      return shown(sheetLines(box, language, nowMs), sheetJson(box, nowMs));
    }
    case 'answer': {
      const box = wantedBox(wanted.box, opened);
      const challenge = readChallenge(wanted.challenge);
      if (challenge === undefined) throw new CliError('no-challenge', say(language, 'no-challenge'));
      const target = readTarget(box, wanted.bin);
      if (target === undefined) throw new CliError('no-bin', say(language, 'no-bin'));
      const asked = { box, challenge, target };
      const answer = desk.answer(asked);
      return shown(answerLines({ ...asked, answer }, language), answerJson(asked, answer));
    }
  }
}

/** @throws CliError `no-box`, naming those that there are */
function wantedBox(typed: string | undefined, { payload, language }: Opened): BreakGlassBox {
  const { boxes } = payload;
  const box = typed === undefined && boxes.length === 1 ? boxes[0] : readBox(boxes, typed ?? '');
  if (box !== undefined) return box;
  const known = boxes.map(({ boxId, name }) => `box_${boxId} (${name})`).join(', ');
  throw new CliError('no-box', say(language, 'no-box', { boxes: printable(known) }));
}

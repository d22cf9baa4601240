// The second step of the page: what can be shown of an open file, and the record of what was.
import type { BreakGlassBox } from '@smartbox/protocol';
import {
  createDesk,
  fileTitle,
  type Language,
  readChallenge,
  readTarget,
  say,
} from '../break-glass/index.ts';
import { element, labelled } from './element.ts';
import type { OpenFile } from './open-form.ts';
import type { PageJournal } from './page-journal.ts';
import { answerView, inventoryView, sheetView } from './views.ts';

/** What the form works with. */
export interface DeskForm {
  readonly opened: OpenFile;
  readonly journal: PageJournal;
  nowMs(): number;
  newChain(): string;
}

/** Buttons, what was asked for, and the record. */
export function deskForm({ opened, journal, nowMs, newChain }: DeskForm, language: Language): HTMLElement {
  const { file, payload } = opened;
  const desk = createDesk({ exportId: file.exportId, payload, journal, nowMs, newChain });
  const shown = element('div', { id: 'shown', role: 'status' });
  const record = element('div', { id: 'record', className: 'screen' });
  const show = (view: HTMLElement): void => {
    shown.replaceChildren(view);
    record.replaceChildren(...recordView(journal, file.exportId, language));
  };
  const boxes = element(
    'select',
    { id: 'box' },
    ...payload.boxes.map(({ name, boxId }) => element('option', { value: boxId }, `${name} (box_${boxId})`)),
  );
  const withBox = (use: (box: BreakGlassBox) => void): void => {
    const box = payload.boxes.find(({ boxId }) => boxId === boxes.value);
    if (box !== undefined) use(box);
  };
  const sheetButton = button('show-sheet', say(language, 'showSheet'), () =>
    withBox((box) => {
      desk.showSheet(box);
      show(sheetView(box, language, nowMs()));
    }),
  );
  const inventoryButton = button('show-inventory', say(language, 'showInventory'), () => {
    desk.showInventory();
    show(inventoryView(payload, language));
  });
  const challenge = element('input', { id: 'challenge', inputMode: 'numeric', autocomplete: 'off' });
  const target = element('input', { id: 'target', inputMode: 'numeric', autocomplete: 'off' });
  const answerButton = button('give-answer', say(language, 'giveAnswer'), () =>
    withBox((box) => {
      const digits = readChallenge(challenge.value);
      const bin = readTarget(box, target.value);
      if (digits === undefined) show(trouble(say(language, 'no-challenge')));
      else if (bin === undefined) show(trouble(say(language, 'no-bin')));
      else {
        const answer = desk.answer({ box, challenge: digits, target: bin });
        show(answerView({ box, target: bin, answer }, language));
      }
    }),
  );
  record.replaceChildren(...recordView(journal, file.exportId, language));
  return element(
    'div',
    {},
    element('h2', {}, fileTitle(opened, language)),
    element('fieldset', {}, labelled(say(language, 'boxLabel'), boxes), sheetButton, ' ', inventoryButton),
    element(
      'fieldset',
      {},
      labelled(say(language, 'challengeLabel'), challenge),
      labelled(say(language, 'targetLabel'), target),
      answerButton,
    ),
    shown,
    record,
  );
}

function recordView(journal: PageJournal, exportId: string, language: Language): readonly HTMLElement[] {
  const { all, unsaved } = journal.counts();
  const text =
    unsaved === 0
      ? say(language, 'usesSaved', { count: all })
      : say(language, 'usesToSave', { count: unsaved });
  const line = element('p', { id: 'uses', className: unsaved === 0 ? '' : 'warning' }, text);
  const save = button('save-uses', say(language, 'saveUses'), () => {
    download(`${exportId}.uses.jsonl`, journal.fileText());
    journal.saved();
    line.textContent = say(language, 'usesSaved', { count: all });
    line.className = '';
  });
  return [element('h2', {}, say(language, 'usesTitle')), line, save];
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/jsonl' }));
  element('a', { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}

function button(id: string, text: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', { id, type: 'button' }, text);
  made.addEventListener('click', onClick);
  return made;
}

function trouble(text: string): HTMLElement {
  return element('p', { className: 'trouble' }, text);
}

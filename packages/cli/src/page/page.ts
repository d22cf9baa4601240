// The page for people without Node: one HTML file that works from a folder, with no server and no network. This file is
// its edge: the browser's clock, chance and storage come in here.
import { bytesToHex, CHAIN_BYTES } from '@smartbox/protocol';
import { type Language, say } from '../break-glass/index.ts';
import { type DeskForm, deskForm } from './desk-form.ts';
import { element } from './element.ts';
import { openForm } from './open-form.ts';
import { browserStorage, createPageJournal } from './page-journal.ts';

const page = document.getElementById('page') ?? document.body;
let language: Language = navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en';
let desk: DeskForm | undefined;

function render(): void {
  document.documentElement.lang = language;
  document.title = say(language, 'pageTitle');
  const other = element('button', { id: 'language', type: 'button' }, say(language, 'otherLanguage'));
  other.addEventListener('click', () => {
    language = language === 'ja' ? 'en' : 'ja';
    render();
  });
  page.replaceChildren(
    element('h1', {}, say(language, 'pageTitle')),
    element('p', { className: 'screen' }, say(language, 'pageIntro'), ' ', other),
    desk === undefined ? openForm(language, onOpen) : deskForm(desk, language),
  );
}

function onOpen(opened: DeskForm['opened']): void {
  desk = {
    opened,
    journal: createPageJournal(browserStorage(), opened.file.exportId),
    nowMs: () => Date.now(),
    newChain: () => bytesToHex(crypto.getRandomValues(new Uint8Array(CHAIN_BYTES))),
  };
  render();
}

window.addEventListener('beforeunload', (event) => {
  if ((desk?.journal.counts().unsaved ?? 0) > 0) event.preventDefault();
});

render();

// The door of break-glass: everything that the terminal and the page share. Pure: no Node, no browser, no network.
export { answerJson, inventoryJson, sheetJson } from './as-json.ts';
export { printable, table } from './columns.ts';
export { createDesk, type Desk, type UseJournal } from './desk.ts';
export { answerLines, inventoryLines, sheetLines } from './lines.ts';
export { fileTitle, placeOfTime, sheetWarnings, showTarget, spaced, whereabouts } from './sheet-view.ts';
export { showInstant } from './show-instant.ts';
export { type Language, say, type TextKey } from './texts.ts';
export { readBox, readChallenge, readChoice, readTarget } from './typed.ts';

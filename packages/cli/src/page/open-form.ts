// The first step of the page: a file, a passphrase, and seconds of work that the page shows.
import {
  type BreakGlassFile,
  type BreakGlassPayload,
  nobleCrypto,
  openBreakGlass,
  ProtocolError,
  passphraseKey,
  passphraseToBytes,
  readBreakGlass,
} from '@smartbox/protocol';
import { type Language, say, type TextKey } from '../break-glass/index.ts';
import { element, labelled } from './element.ts';

/** An open file. */
export interface OpenFile {
  readonly file: BreakGlassFile;
  readonly payload: BreakGlassPayload;
}

/** @param onOpen told once, with what was opened */
export function openForm(language: Language, onOpen: (opened: OpenFile) => void): HTMLElement {
  const chosen = element('input', { type: 'file', id: 'file', accept: '.sbx,application/json' });
  const typed = element('input', { type: 'password', id: 'passphrase', autocomplete: 'off' });
  const button = element('button', { id: 'open' }, say(language, 'open'));
  const progress = element('progress', { max: 1, value: 0, hidden: true });
  const status = element('p', { id: 'status', role: 'status' });
  const tell = (key: TextKey, className = ''): void => {
    status.textContent = say(language, key);
    status.className = className;
  };
  const form = element(
    'form',
    {},
    element(
      'fieldset',
      {},
      labelled(say(language, 'chooseFile'), chosen),
      labelled(say(language, 'passphraseLabel'), typed),
      button,
      progress,
      status,
    ),
  );
  const open = async (): Promise<void> => {
    const [selected] = chosen.files ?? [];
    if (selected === undefined) return tell('chooseFileFirst', 'trouble');
    button.disabled = true;
    progress.hidden = false;
    tell('deriving');
    try {
      const opened = await openFile(await selected.text(), typed.value, (done) => {
        progress.value = done;
      });
      if (typeof opened === 'string') tell(opened, 'trouble');
      else onOpen(opened);
    } finally {
      typed.value = '';
      button.disabled = false;
      progress.hidden = true;
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void open();
  });
  return form;
}

/** @returns the open file, or the text that says why it does not open */
async function openFile(
  text: string,
  passphrase: string,
  onProgress: (done: number) => void,
): Promise<OpenFile | TextKey> {
  const file = readBreakGlass(text);
  if (file.kind === 'refused') return file.reason;
  const bytes = bytesOf(passphrase);
  if (bytes === undefined) return 'wrong-passphrase';
  const key = await passphraseKey(bytes, file.argon2, onProgress);
  const opened = openBreakGlass(nobleCrypto, file, key);
  return opened.kind === 'refused' ? opened.reason : { file, payload: opened.payload };
}

function bytesOf(passphrase: string): Uint8Array | undefined {
  try {
    return passphraseToBytes(passphrase);
  } catch (cause) {
    // Control characters: no file was ever sealed under them.
    if (!(cause instanceof ProtocolError)) throw cause;
    return undefined;
  }
}

import { describe, expect, it } from 'vitest';
import { readBreakGlassArguments } from './break-glass-arguments.ts';
import { chooseLanguage } from './choose-language.ts';

describe('the arguments of break-glass', () => {
  it.each([
    [['f'], { file: 'f', action: undefined }],
    [['f', 'sheet', '--box', 'Garage', '--json'], { action: 'sheet', box: 'Garage', json: true }],
    [['--passphrase-stdin', 'f', 'inventory'], { action: 'inventory', passphraseFromInput: true }],
    [['f', 'answer', '--challenge=12345678', '--bin', 'all'], { challenge: '12345678', bin: 'all' }],
    [['--language', 'ja', 'f'], { language: 'ja' }],
    [['--help'], { help: true }],
  ])('%j are read', (args, read) => {
    expect(readBreakGlassArguments(args)).toMatchObject(read);
  });

  it.each([
    [[], 'FILE is missing'],
    [['f', 'open'], 'open is none of'],
    [['f', 'sheet', 'inventory'], 'inventory: too much'],
    [['f', '--colour'], "Unknown option '--colour'"],
    [['f', 'answer', '--bin', '3'], 'answer needs --challenge'],
    [['f', 'sheet', '--bin', '3'], 'belong to answer'],
    [['f', '--json'], 'need sheet, inventory or answer'],
    [['f', '--passphrase-stdin'], 'need sheet, inventory or answer'],
    [['f', '--language', 'fr'], '--language is ja or en'],
  ])('%j are refused with what is wrong, and how it is called', (args, words) => {
    expect(() => readBreakGlassArguments(args)).toThrow(words);
    expect(() => readBreakGlassArguments(args)).toThrow('smartbox break-glass FILE');
  });
});

describe('the language', () => {
  it.each([
    [undefined, {}, 'en'],
    [undefined, { LANG: 'ja_JP.UTF-8' }, 'ja'],
    [undefined, { LANG: 'ja_JP.UTF-8', LC_ALL: 'C' }, 'en'],
    [undefined, { LANG: 'en_GB', LC_MESSAGES: 'ja_JP' }, 'ja'],
    [undefined, { LC_ALL: '', LANG: 'ja' }, 'ja'],
    ['en', { LANG: 'ja_JP.UTF-8' }, 'en'],
  ] as const)('asked %j under %j is %s', (asked, environment, language) => {
    expect(chooseLanguage(asked, environment)).toBe(language);
  });
});

// The name of a file that the server sends is only a name.
import { describe, expect, it } from 'vitest';
import { fileNameIn } from './downloaded-file.ts';

describe('the name of a file', () => {
  it.each([
    [`attachment; filename="sheet_.pdf"; filename*=UTF-8''sheet%20%E9%8D%B5.pdf`, 'sheet 鍵.pdf'],
    ['attachment; filename="sheet.pdf"', 'sheet.pdf'],
    [`attachment; filename="a.pdf"; filename*=UTF-8''%E9%8D`, 'a.pdf'],
    [`attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd`, 'passwd'],
    ['attachment; filename="..\\\\windows\\\\x.csv"', 'x.csv'],
    ['attachment; filename=".."', undefined],
    ['', undefined],
  ])('in %j is %j', (disposition, name) => {
    expect(fileNameIn(disposition)).toBe(name);
  });
});

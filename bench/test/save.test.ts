// Where figures go in the document.
import { expect, it } from 'vitest';
import { replaceFigures } from '../save.ts';

const document =
  'before\n<!-- figures: written by pnpm bench -- --save -->\nold\n<!-- end of figures -->\nafter\n';

it('replaces what stands between the marks and nothing else', () => {
  const saved = replaceFigures(document, 'new');
  expect(saved).toContain('before\n<!-- figures');
  expect(saved).toContain('-->\n\nnew\n\n<!-- end of figures -->\nafter\n');
  expect(saved).not.toContain('old');
  expect(replaceFigures(saved, 'new')).toBe(saved);
});

it('refuses a document that has no place for them', () => {
  expect(() => replaceFigures('nothing here', 'new')).toThrow('no-figures');
});

import { expect, test } from 'vitest';
import { cursorAt } from '../../src/lsp/cursor.ts';
import { wordAt } from '../../src/lsp/word-at.ts';

/** The cursor at the bar of a text. */
function cursor(text: string, kind: 'yaml' | 'markdown' = 'yaml') {
  const offset = text.indexOf('|');
  const found = cursorAt(text.replace('|', ''), offset, kind);
  return found && `${found.path.join('.')} ${found.slot} "${found.word}"`;
}

test.each([
  ['na|', ' key "na"'],
  ['level: tac|', 'level value "tac"'],
  ['level: |', 'level value ""'],
  ['delegates-to:\n  - ap|', 'delegates-to item "ap"'],
  ['delegates-to:\n- ap|', 'delegates-to item "ap"'],
  ['delegates-to:\n  - role: x\n    |', 'delegates-to key ""'],
  ['delegates-to:\n  - role: x\n    when:\n      se|', 'delegates-to.when key "se"'],
  ['delegates-to:\n- role: x\n  key|', 'delegates-to key "key"'],
  ['delegates-to:\n  - { role: api, ke|', 'delegates-to key "ke"'],
  ['delegates-to:\n  - { role: a|', 'delegates-to.role value "a"'],
  ['delegates-to: [a, { role: [b, c|', 'delegates-to.role item "c"'],
  ['delegates-to: [{ role: a }, b|', 'delegates-to item "b"'],
  ['tools: [read, "se|', 'tools value "se"'],
  ['name: a\n\n# why\ntools:\n\n  - |', 'tools item ""'],
  ['groups:\n  lead: [a]\n  work:\n    roles: [x, |', 'groups.work.roles item ""'],
  ['permissions:\n  careful:\n    - shell:\n        - al|', 'permissions.careful.shell item "al"'],
  ['"quoted key": { in|', 'quoted key key "in"'],
  ['a:\n  b: 1\nc|', ' key "c"'],
  ['a:\r\n  b: x|', 'a.b value "x"'],
])('in %j the cursor is at %s', (text, expected) => {
  expect(cursor(text)).toBe(expected);
});

test('a Markdown file has a cursor in its front matter only', () => {
  expect(cursor('---\nlevel: t|\n---\nBody', 'markdown')).toBe('level value "t"');
  expect(cursor('---\nlevel: t\n---\nlevel: |', 'markdown')).toBe(undefined);
  expect(cursor('Plain text |', 'markdown')).toBe(undefined);
  expect(cursor('---\nlev|', 'markdown')).toBe(' key "lev"');
});

test('the word at a cursor is found at once behind however long another', () => {
  const text = `---\ndescription: ${'a'.repeat(300_000)} lead\n---\n`;
  const start = process.cpuUsage();
  const { word } = wordAt({ path: 'roles/a.md', text, kind: 'markdown', schema: 'role' }, text.indexOf('lead') + 2);
  expect(word).toBe('lead');
  expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
});

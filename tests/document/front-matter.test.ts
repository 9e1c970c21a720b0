import { describe, expect, test } from 'vitest';
import { type Told, told } from './told.ts';

const CASES: readonly (readonly [what: string, text: string, told: readonly Told[]])[] = [
  [
    'is never closed',
    '---\nname: A\n\n# Work\n',
    [
      {
        at: '1:1-1:4',
        message: 'The front matter that begins here is never closed.',
        help: 'Write a line of `---` after its last key.',
        fix: ['unsafe', '---\nname: A\n---\n\n# Work\n'],
      },
    ],
  ],
  [
    'is never closed, and no blank line tells where it ends',
    '---\nname: A\nDo it.\n',
    [
      {
        at: '1:1-1:4',
        message: 'The front matter that begins here is never closed.',
        help: 'Write a line of `---` after its last key.',
      },
    ],
  ],
  [
    'is never closed, and the file ends',
    '---\nname: A\n',
    [
      {
        at: '1:1-1:4',
        message: 'The front matter that begins here is never closed.',
        help: 'Write a line of `---` after its last key.',
        fix: ['unsafe', '---\nname: A\n---\n'],
      },
    ],
  ],
  [
    'is never begun',
    '---',
    [
      {
        at: '1:1-1:4',
        message: 'The front matter that begins here is never closed.',
        help: 'Write a line of `---` after its last key.',
      },
    ],
  ],
  [
    'is a script',
    '---js\nmodule.exports = {}\n---\nx\n',
    [
      {
        at: '1:1-1:6',
        message: 'Front matter is read as YAML only, not as js, and nothing in it is ever executed.',
        help: 'Write `---` alone on the first line, YAML below it, and `---` again.',
      },
    ],
  ],
  [
    'is JSON',
    '---json\n{ "name": "A" }\n---\nx\n',
    [
      {
        at: '1:1-1:8',
        message: 'Front matter is read as YAML only, not as json, and nothing in it is ever executed.',
        help: 'Write `---` alone on the first line, YAML below it, and `---` again.',
      },
    ],
  ],
  [
    'says that it is YAML',
    '--- yaml\nname: A\n---\nx\n',
    [
      {
        at: '1:1-1:9',
        message: 'Front matter is read as YAML only, not as yaml, and nothing in it is ever executed.',
        help: 'Write `---` alone on the first line, YAML below it, and `---` again.',
        fix: ['safe', '---\nname: A\n---\nx\n'],
      },
    ],
  ],
  [
    'has a comment on its fence',
    '--- # role\nname: A\n---\nx\n',
    [
      {
        at: '1:1-1:11',
        message: 'Front matter begins with `---` alone on its line, and here `# role` follows.',
        help: 'Write `---` alone on the first line, YAML below it, and `---` again.',
        fix: ['unsafe', '---\nname: A\n---\nx\n'],
      },
    ],
  ],
  [
    'has long fences',
    '------\nname: A\n------\nx\n',
    [
      {
        at: '1:1-1:7',
        message: 'Front matter begins with three dashes, and here are 6.',
        help: 'Write `---` alone on the first line, YAML below it, and `---` again.',
        fix: ['safe', '---\nname: A\n---\nx\n'],
      },
    ],
  ],
  [
    'is TOML',
    '+++\nname = "A"\n+++\nx\n',
    [
      {
        at: '1:1-1:4',
        message: 'This front matter is TOML, and only YAML between lines of `---` is read.',
        help: 'Write `---` alone on the first line, YAML below it, and `---` again.',
      },
    ],
  ],
  [
    'stands below blank lines',
    '\n\n---\nname: A\n---\nx\n',
    [
      {
        at: '3:1-3:4',
        message: 'Front matter begins in the first line of a file, and here blank lines stand before it.',
        help: 'Move it to the top of the file; elsewhere `---` is a line across the page.',
        rule: 'front-matter-misplaced',
        fix: ['safe', '---\nname: A\n---\nx\n'],
      },
    ],
  ],
  [
    'stands below a heading',
    '# A\n\n---\nname: A\n---\nx\n',
    [
      {
        at: '3:1-3:4',
        message: 'Front matter begins in the first line of a file, and here a heading stands before it.',
        help: 'Move it to the top of the file; elsewhere `---` is a line across the page.',
        rule: 'front-matter-misplaced',
        fix: ['safe', '---\nname: A\n---\n# A\n\nx\n'],
      },
    ],
  ],
  [
    'stands below a comment',
    '<!-- a\n b -->\n---\nname: A\n---\nx\n',
    [
      {
        at: '3:1-3:4',
        message: 'Front matter begins in the first line of a file, and here a comment stands before it.',
        help: 'Move it to the top of the file; elsewhere `---` is a line across the page.',
        rule: 'front-matter-misplaced',
        fix: ['safe', '---\nname: A\n---\n<!-- a\n b -->\nx\n'],
      },
    ],
  ],
  [
    'is a list',
    '---\n- a\n---\nx\n',
    [
      {
        at: '2:1-2:4',
        message: 'The front matter should be a map, and it is a list.',
        help: 'Write it as `key: value` lines.',
      },
    ],
  ],
  [
    'has mistakes of its own',
    '---\r\nname: @ada\r\ntools:\r\n---\r\nx\r\n',
    [
      {
        at: '2:7-2:11',
        message: 'Text that begins with `@` must be quoted in YAML.',
        help: 'Write "@ada".',
        fix: ['safe', '---\r\nname: "@ada"\r\ntools:\r\n---\r\nx\r\n'],
      },
      {
        at: '3:1-3:6',
        message: '`tools` has no value.',
        help: 'Leave the key out, or write [] for an empty list or "" for empty text.',
      },
    ],
  ],
  [
    'holds instructions as well',
    '---\ninstructions: x\n---\ny\n',
    [
      {
        at: '2:1-2:13',
        message: 'The instructions are written twice: in the front matter and below it.',
        help: 'Keep one of the two; the body is what counts.',
        related: ['4:1 The body of the file stands here.'],
      },
    ],
  ],
  [
    'is empty, as the file',
    '   \n',
    [
      {
        at: '1:1-1:1',
        message: 'The file is empty.',
        help: 'Write front matter and instructions, or remove the file.',
      },
    ],
  ],
];

describe('front matter', () => {
  for (const [what, text, expected] of CASES)
    test(`${what} is explained`, () => expect(told(text, 'roles/ada.md')).toEqual(expected));
});

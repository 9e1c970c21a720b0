import { describe, expect, test } from 'vitest';
import { type Told, told } from './told.ts';

const CASES: readonly (readonly [what: string, text: string, told: readonly Told[]])[] = [
  [
    'a quote that is never closed',
    'name: "Ada\ntools: "read"\n',
    [
      {
        at: '1:7-1:8',
        message: 'The text that begins at `"Ada` is never closed.',
        help: 'Write `"` where it ends.',
        fix: ['unsafe', 'name: "Ada"\ntools: "read"\n'],
      },
    ],
  ],
  [
    'a quote that is never closed, before a blank line',
    "roles:\n  a: 'x\n\n  b: 'y'\n",
    [
      {
        at: '2:6-2:7',
        message: "The text that begins at `'x` is never closed.",
        help: "Write `'` where it ends.",
        fix: ['unsafe', "roles:\n  a: 'x'\n\n  b: 'y'\n"],
      },
    ],
  ],
  [
    'a quote that is open at the end',
    'name: "Ada\n',
    [
      {
        at: '1:7-1:8',
        message: 'The text that begins at `"Ada` is never closed.',
        help: 'Write `"` where it ends.',
        fix: ['unsafe', 'name: "Ada"\n'],
      },
    ],
  ],
  [
    'a list that is never closed',
    'tools: [read, edit\nname: A\n',
    [
      {
        at: '1:8-1:9',
        message: 'The list that begins at `[read, edit` is never closed.',
        help: 'Write `]` where it ends.',
        fix: ['unsafe', 'tools: [read, edit]\nname: A\n'],
      },
    ],
  ],
  [
    'a map in a list in a map',
    'a: {b: 1, c: [d, {e: f}\ng: 2\n',
    [
      {
        at: '1:14-1:15',
        message: 'The list that begins at `[d, {e: f}` is never closed.',
        help: 'Write `]}` where it ends.',
        fix: ['unsafe', 'a: {b: 1, c: [d, {e: f}]}\ng: 2\n'],
      },
    ],
  ],
  [
    'a list over several lines that is never closed',
    'tools: [\n  read,\n  edit\nname: A\n',
    [
      {
        at: '1:8-1:9',
        message: 'The list that begins at `[` is never closed.',
        help: 'Write `]` where it ends.',
        fix: ['unsafe', 'tools: [\n  read,\n  edit]\nname: A\n'],
      },
    ],
  ],
  [
    'a bracket that is not indented',
    'tools: [\n  read,\n  edit\n]\nname: A\n',
    [
      {
        at: '4:1-4:2',
        message: 'YAML wants the `]` of a list indented deeper than the key of the list.',
        help: 'Indent it.',
        severity: 'warning',
        fix: ['safe', 'tools: [\n  read,\n  edit\n  ]\nname: A\n'],
      },
    ],
  ],
  [
    'a bracket of the wrong kind',
    'tools: [read, edit}\n',
    [
      {
        at: '1:19-1:20',
        message: 'A `]` is missing before `}`.',
        help: 'Close the list, or indent what belongs to it deeper than its key.',
      },
    ],
  ],
  [
    'a bracket that was never opened',
    'tools: read]\nmore: ]\n',
    [
      {
        at: '2:7-2:8',
        message: "`]` closes a bracket that isn't open.",
        help: 'Remove it. Quote the value if it is meant as text.',
      },
    ],
  ],
  [
    'two commas',
    'tools: [read,,edit]\n',
    [
      {
        at: '1:14-1:15',
        message: 'A comma stands where a value is expected.',
        help: 'Remove the comma, or write a value before it.',
      },
    ],
  ],
  [
    'a comma that is missing',
    'tools: ["read" "edit"]\n',
    [
      {
        at: '1:16-1:22',
        message: 'A comma is missing before `"edit"`.',
        help: 'Write a comma between the items, or quote the item if this belongs to it.',
        fix: ['unsafe', 'tools: ["read", "edit"]\n'],
      },
    ],
  ],
  [
    'tabs',
    'roles:\n\ta: 1\n\tb: 2\n',
    [
      {
        at: '2:1-2:2',
        message: '`a: 1` is indented with a tab, and YAML takes only spaces.',
        help: 'Replace the tab with spaces.',
        fix: ['unsafe', 'roles:\n  a: 1\n\tb: 2\n'],
      },
      {
        at: '3:1-3:2',
        message: '`b: 2` is indented with a tab, and YAML takes only spaces.',
        help: 'Replace the tab with spaces.',
        fix: ['unsafe', 'roles:\n\ta: 1\n  b: 2\n'],
      },
    ],
  ],
  [
    'a tab in the first line',
    '\tname: A\n',
    [
      {
        at: '1:1-1:2',
        message: '`name: A` is indented with a tab, and YAML takes only spaces.',
        help: 'Replace the tab with spaces.',
        fix: ['unsafe', '  name: A\n'],
      },
    ],
  ],
  [
    'a key that is indented below a value',
    'name: Ada\n  role: x\n',
    [
      {
        at: '2:3-2:10',
        message: '`role: x` is indented as if it were part of the value above it.',
        help: 'Give it the indentation of the keys around it, or take the value above away.',
      },
    ],
  ],
  [
    'a list that is indented too little',
    'tools:\n  - read\n - edit\n',
    [
      {
        at: '3:2-3:8',
        message: 'The indentation of `- edit` fits none of the lines above it.',
        help: 'Indent it with as many spaces as the lines it belongs to.',
      },
    ],
  ],
  [
    'a key below a list item',
    'tools:\n- read\n  name: x\n',
    [
      {
        at: '3:3-3:10',
        message: '`name: x` is indented as if it were part of the value above it.',
        help: 'Give it the indentation of the keys around it, or take the value above away.',
      },
    ],
  ],
  [
    'a line without a colon',
    'name: Ada\ntools\nlevel: x\n',
    [
      {
        at: '2:1-2:6',
        message: '`tools` stands where a key should, and has no colon.',
        help: 'Write `key: value`, or indent the line deeper than its key if it continues the value above.',
      },
    ],
  ],
  [
    'a first line without a colon',
    'Ada\nname: x\n',
    [
      {
        at: '1:1-1:4',
        message: '`Ada` stands where a key should, and has no colon.',
        help: 'Write `key: value`, or indent the line deeper than its key if it continues the value above.',
      },
    ],
  ],
  [
    'a colon without a blank',
    'name: Ada\ntools:read\nlevel: x\n',
    [
      {
        at: '2:1-2:11',
        message: 'A blank is missing after the colon of `tools`.',
        help: 'Write a blank after the colon.',
        fix: ['safe', 'name: Ada\ntools: read\nlevel: x\n'],
      },
    ],
  ],
  [
    'a list on the line of its key',
    'tools: - read\n',
    [
      {
        at: '1:8-1:9',
        message: 'A list with dashes begins on the line of its key.',
        help: 'Begin it on the next line, or write [a, b].',
      },
    ],
  ],
  [
    'a wrong escape',
    'for: "\\d+"\n',
    [
      {
        at: '1:7-1:9',
        message: '`\\d` is no escape that YAML knows in double quotes.',
        help: 'Double the backslash, or use single quotes, in which a backslash is just that.',
        fix: ['safe', 'for: "\\\\d+"\n'],
      },
    ],
  ],
  [
    'two anchors',
    'a: &x &y b\n',
    [{ at: '1:7-1:9', message: '`&y` is a second anchor on the same value.', help: 'Keep one of the two.' }],
  ],
  [
    'a tag of nobody',
    'a: !x!y b\n',
    [
      {
        at: '1:4-1:8',
        message: '`!x!y` is a custom YAML tag, and teamc reads none.',
        help: 'Remove the tag, or quote the value if it is meant as text.',
      },
    ],
  ],
  [
    'a directive without an end',
    '%YAML 1.2\nname: A\n',
    [
      {
        at: '2:1-2:2',
        message: 'A line that begins with `%` is a YAML directive, and a line of `---` must follow it.',
        help: 'Remove the directive: every file is read as YAML 1.2.',
      },
    ],
  ],
  [
    'a control character',
    'name: A\u0007\n',
    [
      {
        at: '1:8-1:9',
        message: 'The character U+0007 is not allowed in YAML.',
        help: 'Delete it, or write it as an escape in double quotes.',
      },
    ],
  ],
  [
    'half a character',
    'name: \ud83d\n',
    [
      {
        at: '1:7-1:8',
        message: 'The character U+D83D is not allowed in YAML.',
        help: 'Delete it, or write it as an escape in double quotes.',
      },
    ],
  ],
  [
    'a NUL',
    'name: A\u0000\n',
    [
      {
        at: '1:8-1:9',
        message: 'A NUL character stands here, so the file is not text.',
        help: 'Save it as UTF-8 text.',
      },
    ],
  ],
  [
    'a deep nest',
    `a: ${'['.repeat(120)}${']'.repeat(120)}\n`,
    [{ at: '1:103-1:104', message: 'Maps and lists nest deeper than 100 levels here.', help: 'Flatten the file.' }],
  ],
];

describe('a file that is no YAML', () => {
  for (const [what, text, expected] of CASES) test(`${what} is explained`, () => expect(told(text)).toEqual(expected));
});

import { describe, expect, test } from 'vitest';
import { type Told, told } from './told.ts';

const CASES: readonly (readonly [what: string, text: string, told: readonly Told[]])[] = [
  [
    'an empty file',
    '',
    [{ at: '1:1-1:1', message: 'The file is empty.', help: 'Write at least one `key: value`, or remove the file.' }],
  ],
  [
    'blank lines',
    '\n\n',
    [{ at: '1:1-1:1', message: 'The file is empty.', help: 'Write at least one `key: value`, or remove the file.' }],
  ],
  [
    'nothing but a comment',
    '# later\n',
    [
      {
        at: '1:1-1:1',
        message: 'The file holds nothing but comments.',
        help: 'Write at least one `key: value`, or remove the file.',
      },
    ],
  ],
  [
    'a list as root',
    '- read\n- edit\n',
    [
      {
        at: '1:1-1:7',
        message: 'The file should be a map, and it is a list.',
        help: 'Write it as `key: value` lines.',
      },
    ],
  ],
  [
    'text as root',
    'read\n',
    [
      {
        at: '1:1-1:5',
        message: 'The file should be a map, and it is a single value.',
        help: 'Write it as `key: value` lines.',
      },
    ],
  ],
  [
    'two documents',
    'name: A\n---\nname: B\n',
    [
      {
        at: '2:1-2:4',
        message: 'The file holds more than one YAML document.',
        help: 'Move what follows this line to a file of its own.',
      },
    ],
  ],
  [
    'text after the end',
    'name: A\n...\nmore\n',
    [
      {
        at: '2:1-2:4',
        message: 'The file holds more than one YAML document.',
        help: 'Move what follows this line to a file of its own.',
      },
    ],
  ],
  [
    'a key without a value',
    'name: A\ntools:\nlevel: x\n',
    [
      {
        at: '2:1-2:6',
        message: '`tools` has no value.',
        help: 'Leave the key out, or write [] for an empty list or "" for empty text.',
      },
    ],
  ],
  [
    'a key without a value, and a comment',
    'tools: # later\n',
    [
      {
        at: '1:1-1:6',
        message: '`tools` has no value.',
        help: 'Leave the key out, or write [] for an empty list or "" for empty text.',
      },
    ],
  ],
  [
    'an empty item',
    'tools:\n  - read\n  -\n',
    [{ at: '3:3-3:4', message: 'Item 2 of `tools` is empty.', help: 'Remove the dash, or write a value after it.' }],
  ],
  [
    'an empty item in a root list of maps',
    'roles:\n  - a:\n',
    [
      {
        at: '2:5-2:6',
        message: '`a` has no value.',
        help: 'Leave the key out, or write [] for an empty list or "" for empty text.',
      },
    ],
  ],
  [
    'null',
    'tools: null\nlevel: ~\ntags: [null]\nname: !!null x\n',
    [
      {
        at: '1:8-1:12',
        message: '`tools` is null, which says nothing.',
        help: 'Leave the key out, or write [] for an empty list or "" for empty text.',
      },
      {
        at: '2:8-2:9',
        message: '`level` is null, which says nothing.',
        help: 'Leave the key out, or write [] for an empty list or "" for empty text.',
      },
      {
        at: '3:8-3:12',
        message: 'Item 1 of `tags` is null, which says nothing.',
        help: 'Remove the item, or write its value.',
      },
      {
        at: '4:7-4:15',
        message: '`name` is null, which says nothing.',
        help: 'Leave the key out, or write [] for an empty list or "" for empty text.',
      },
    ],
  ],
  [
    'a key that is written twice',
    'name: A\ntools: [read]\nname: B\n',
    [
      {
        at: '3:1-3:5',
        message: '`name` is written twice in the same map.',
        help: 'Remove one of the two, or merge their values.',
        related: ['1:1 It stands here first.'],
      },
    ],
  ],
  [
    'a key that is written three times',
    'a: { k: 1, k: 2, "k": 3 }\n',
    [
      {
        at: '1:12-1:13',
        message: '`k` is written twice in the same map.',
        help: 'Remove one of the two, or merge their values.',
        related: ['1:6 It stands here first.'],
      },
      {
        at: '1:18-1:21',
        message: '`k` is written twice in the same map.',
        help: 'Remove one of the two, or merge their values.',
        related: ['1:6 It stands here first.'],
      },
    ],
  ],
  [
    'a merge',
    'base: &base { tools: [read] }\nrole: { <<: *base, name: A }\n',
    [
      {
        at: '2:9-2:11',
        message: 'Merging maps with `<<` is not part of the language.',
        help: 'Write the keys out; for a role, `extends` takes over the fields of another.',
      },
    ],
  ],
  [
    'keys that are no text',
    '1: a\ntrue: b\n1.5: c\n~: d\n',
    [
      {
        at: '1:1-1:2',
        message: 'YAML takes the key `1` for a number, and a key must be text.',
        help: 'Write "1".',
        fix: ['safe', '"1": a\ntrue: b\n1.5: c\n~: d\n'],
      },
      {
        at: '2:1-2:5',
        message: 'YAML takes the key `true` for a truth value, and a key must be text.',
        help: 'Write "true".',
        fix: ['safe', '1: a\n"true": b\n1.5: c\n~: d\n'],
      },
      {
        at: '3:1-3:4',
        message: 'YAML takes the key `1.5` for a number, and a key must be text.',
        help: 'Write "1.5".',
        fix: ['safe', '1: a\ntrue: b\n"1.5": c\n~: d\n'],
      },
      {
        at: '4:1-4:2',
        message: 'YAML takes the key `~` for null, and a key must be text.',
        help: 'Write "~".',
        fix: ['safe', '1: a\ntrue: b\n1.5: c\n"~": d\n'],
      },
    ],
  ],
  [
    'a key that is missing',
    ': a\n',
    [
      {
        at: '1:1-1:1',
        message: 'A key is missing before the colon.',
        help: 'Write a key before the colon, or remove the line.',
      },
    ],
  ],
  [
    'a list as a key',
    '[a]: b\n',
    [
      {
        at: '1:1-1:4',
        message: 'YAML takes the key `[a]` for a list, and a key must be text.',
        help: 'Write "[a]".',
        fix: ['safe', '"[a]": b\n'],
      },
    ],
  ],
  [
    'a map as a key',
    '{a: b}: c\n',
    [
      {
        at: '1:1-1:7',
        message: 'YAML takes the key `{a: b}` for a map, and a key must be text.',
        help: 'Write "{a: b}".',
        fix: ['safe', '"{a: b}": c\n'],
      },
    ],
  ],
  [
    'a custom tag',
    'a: !env HOME\nb: !x [1]\n',
    [
      {
        at: '1:4-1:8',
        message: '`!env` is a custom YAML tag, and teamc reads none.',
        help: 'Write "!env HOME" if it is meant as text, or remove the tag.',
        fix: ['unsafe', 'a: "!env HOME"\nb: !x [1]\n'],
      },
      { at: '2:4-2:6', message: '`!x` is a custom YAML tag, and teamc reads none.', help: 'Remove the tag.' },
    ],
  ],
  [
    'a tag that does not fit',
    'a: !!int b\n',
    [
      {
        at: '1:1-1:11',
        message: "The file has a value whose tag doesn't fit it.",
        help: 'Remove the tags that begin with `!!`.',
      },
    ],
  ],
  [
    'an alias that leads nowhere',
    'a: &base 1\nb: *bse\n',
    [
      {
        at: '2:4-2:8',
        message: '`*bse` repeats a value by name, but no value is marked `&bse` before it.',
        help: 'Did you mean `*base`? Write "*bse" if it is meant as text.',
        fix: ['unsafe', 'a: &base 1\nb: "*bse"\n'],
      },
    ],
  ],
  [
    'an alias in its own value',
    'a: &a { b: [*a] }\n',
    [{ at: '1:13-1:15', message: '`*a` stands inside the value that it repeats.', help: 'Write the value out.' }],
  ],
  [
    'an alias bomb',
    `a0: &a0 [x]\n${Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`).join('')}`,
    [{ at: '1:1-1:1', message: 'The file holds more than 100000 values, its aliases written out.' }],
  ],
  [
    'a nest of aliases',
    `a0: &a0 [x]\n${Array.from({ length: 60 }, (_, i) => `a${i + 1}: &a${i + 1} [[*a${i}]]\n`).join('')}`,
    [{ at: '1:1-1:1', message: 'The file nests deeper than 100 levels, its aliases written out.' }],
  ],
];

describe('what YAML allows and the language does not', () => {
  for (const [what, text, expected] of CASES) test(`${what} is explained`, () => expect(told(text)).toEqual(expected));
});

import { describe, expect, test } from 'vitest';
import { type Told, told } from './told.ts';

const CASES: readonly (readonly [what: string, text: string, told: readonly Told[]])[] = [
  [
    'a star alone',
    'edit: *\nname: A\n',
    [
      {
        at: '1:7-1:8',
        message: "YAML takes `*` for an alias, because the text isn't quoted.",
        help: 'Write "*".',
        fix: ['safe', 'edit: "*"\nname: A\n'],
      },
    ],
  ],
  [
    'a glob',
    'edit: *.md\n',
    [
      {
        at: '1:7-1:11',
        message: "YAML takes the `*` of `*.md` for an alias, because the text isn't quoted.",
        help: 'Write "*.md".',
        fix: ['safe', 'edit: "*.md"\n'],
      },
    ],
  ],
  [
    'globs in a map and a list',
    'edit: [*.md, { allow: *.ts }]\n',
    [
      {
        at: '1:8-1:12',
        message: "YAML takes the `*` of `*.md` for an alias, because the text isn't quoted.",
        help: 'Write "*.md".',
        fix: ['safe', 'edit: ["*.md", { allow: *.ts }]\n'],
      },
      {
        at: '1:23-1:27',
        message: "YAML takes the `*` of `*.ts` for an alias, because the text isn't quoted.",
        help: 'Write "*.ts".',
        fix: ['safe', 'edit: [*.md, { allow: "*.ts" }]\n'],
      },
    ],
  ],
  [
    'a star as a key',
    'shell:\n  *: ask\n',
    [
      {
        at: '2:3-2:4',
        message: "YAML takes `*` for an alias, because the text isn't quoted.",
        help: 'Write "*".',
        fix: ['safe', 'shell:\n  "*": ask\n'],
      },
    ],
  ],
  [
    'a glob followed by more text',
    'edit: *.md and *.ts\n',
    [
      {
        at: '1:7-1:20',
        message: "YAML takes the `*` of `*.md and *.ts` for an alias, because the text isn't quoted.",
        help: 'Write "*.md and *.ts".',
        fix: ['safe', 'edit: "*.md and *.ts"\n'],
      },
    ],
  ],
  [
    'an at sign and another one',
    'name: @scope/name\ntags: [x, @y]\n',
    [
      {
        at: '1:7-1:18',
        message: 'Text that begins with `@` must be quoted in YAML.',
        help: 'Write "@scope/name".',
        fix: ['safe', 'name: "@scope/name"\ntags: [x, @y]\n'],
      },
      {
        at: '2:11-2:13',
        message: 'Text that begins with `@` must be quoted in YAML.',
        help: 'Write "@y".',
        fix: ['safe', 'name: @scope/name\ntags: [x, "@y"]\n'],
      },
    ],
  ],
  [
    'an at sign in a list over several lines',
    'tags: [\n    a,\n    @b,\n  ]\n',
    [
      {
        at: '3:5-3:7',
        message: 'Text that begins with `@` must be quoted in YAML.',
        help: 'Write "@b".',
        fix: ['safe', 'tags: [\n    a,\n    "@b",\n  ]\n'],
      },
    ],
  ],
  [
    'a backtick',
    'for: `npm test` and more\n',
    [
      {
        at: '1:6-1:25',
        message: 'Text that begins with a backtick must be quoted in YAML.',
        help: 'Write "`npm test` and more".',
        fix: ['safe', 'for: "`npm test` and more"\n'],
      },
    ],
  ],
  [
    'a backtick before a number sign',
    'for: `a # b`\n',
    [
      {
        at: '1:6-1:13',
        message: 'Text that begins with a backtick must be quoted in YAML.',
        help: 'Write "`a # b`".',
        fix: ['safe', 'for: "`a # b`"\n'],
      },
    ],
  ],
  [
    'a percent sign',
    'above: %80\n',
    [
      {
        at: '1:8-1:11',
        message: 'Text that begins with `%` must be quoted in YAML.',
        help: 'Write "%80".',
        fix: ['safe', 'above: "%80"\n'],
      },
    ],
  ],
  [
    'an ampersand',
    'for: & others\n',
    [
      {
        at: '1:6-1:14',
        message: "YAML takes the `&` of `& others` for an anchor, because the text isn't quoted.",
        help: 'Write "& others".',
        fix: ['safe', 'for: "& others"\n'],
      },
    ],
  ],
  [
    'a path that begins with braces',
    'path: {date}/report.yaml # where\n',
    [
      {
        at: '1:7-1:25',
        message: "YAML takes `{date}` for a map, so that the rest of `{date}/report.yaml` can't be read.",
        help: 'Write "{date}/report.yaml".',
        fix: ['safe', 'path: "{date}/report.yaml" # where\n'],
      },
    ],
  ],
  [
    'such a path in a map',
    'reports-to: { role: pm, path: {date}/x.yaml, every: 1d }\n',
    [
      {
        at: '1:31-1:44',
        message: "YAML takes `{date}` for a map, so that the rest of `{date}/x.yaml` can't be read.",
        help: 'Write "{date}/x.yaml".',
        fix: ['safe', 'reports-to: { role: pm, path: "{date}/x.yaml", every: 1d }\n'],
      },
    ],
  ],
  [
    'braces alone',
    'path: {date}\n',
    [
      {
        at: '1:7-1:13',
        message: 'YAML takes `{date}` for a map whose keys have no values.',
        help: 'Write "{date}" if it is text.',
        fix: ['safe', 'path: "{date}"\n'],
      },
    ],
  ],
  [
    'brackets before text',
    'name: [WIP] Payments\n',
    [
      {
        at: '1:7-1:21',
        message: "YAML takes `[WIP]` for a list, so that the rest of `[WIP] Payments` can't be read.",
        help: 'Write "[WIP] Payments".',
        fix: ['safe', 'name: "[WIP] Payments"\n'],
      },
    ],
  ],
  [
    'a bound',
    'above: >= 80%\n',
    [
      {
        at: '1:8-1:14',
        message: 'YAML takes the `>` of `>= 80%` for the beginning of a block of text.',
        help: 'Write ">= 80%".',
        fix: ['safe', 'above: ">= 80%"\n'],
      },
    ],
  ],
  [
    'a duration bound in a map',
    'utilization: { of: all, above: > 2d }\n',
    [
      {
        at: '1:32-1:36',
        message: 'YAML takes the `>` of `> 2d` for the beginning of a block of text.',
        help: 'Write "> 2d".',
        fix: ['safe', 'utilization: { of: all, above: "> 2d" }\n'],
      },
    ],
  ],
  [
    'a bound that YAML reads as an empty block',
    'above: >5\nname: A\n',
    [
      {
        at: '1:8-1:10',
        message: 'YAML takes `>5` for the beginning of a block of text, and there is none.',
        help: 'Write ">5".',
        fix: ['safe', 'above: ">5"\nname: A\n'],
      },
    ],
  ],
  [
    'a pipe',
    'types: | string\n',
    [
      {
        at: '1:8-1:16',
        message: 'YAML takes the `|` of `| string` for the beginning of a block of text.',
        help: 'Write "| string".',
        fix: ['safe', 'types: "| string"\n'],
      },
    ],
  ],
  [
    'a second colon',
    'description: Splits work: hands it out\n',
    [
      {
        at: '1:14-1:39',
        message: "YAML takes `Splits work:` for a key, because the text isn't quoted.",
        help: 'Write "Splits work: hands it out".',
        fix: ['safe', 'description: "Splits work: hands it out"\n'],
      },
    ],
  ],
  [
    'a second colon in a map',
    'must: [{ do: report: daily, before: delegate }]\n',
    [
      {
        at: '1:14-1:27',
        message: "YAML takes `report:` for a key, because the text isn't quoted.",
        help: 'Write "report: daily".',
        fix: ['safe', 'must: [{ do: "report: daily", before: delegate }]\n'],
      },
    ],
  ],
  [
    'text after a closing quote',
    'name: "Ada" Lovelace\n',
    [
      {
        at: '1:7-1:21',
        message: 'Text follows the closing quote of "Ada".',
        help: 'Write \'"Ada" Lovelace\'.',
        fix: ['safe', 'name: \'"Ada" Lovelace\'\n'],
      },
    ],
  ],
  [
    'an apostrophe in single quotes',
    "description: 'don't do it'\n",
    [
      {
        at: '1:14-1:27',
        message: "Text follows the closing quote of 'don'.",
        help: 'Write "don\'t do it".',
        fix: ['safe', 'description: "don\'t do it"\n'],
      },
    ],
  ],
  [
    'commas in braces',
    'must: { do: read, check, report }\n',
    [
      {
        at: '1:19-1:32',
        message: '`check` and `report` are keys without values here, because in braces a comma ends the value of `do`.',
        help: 'Write "read, check, report" if it is one text, or [read, check, report] if it is a list.',
        fix: ['unsafe', 'must: { do: "read, check, report" }\n'],
      },
    ],
  ],
  [
    'commas in braces before another key',
    'must: [{ do: read the plan, check it, before: delegate }]\n',
    [
      {
        at: '1:29-1:37',
        message: '`check it` is a key without a value here, because in braces a comma ends the value of `do`.',
        help: 'Write "read the plan, check it" if it is one text, or [read the plan, check it] if it is a list.',
        fix: ['unsafe', 'must: [{ do: "read the plan, check it", before: delegate }]\n'],
      },
    ],
  ],
  [
    'a list in braces',
    'tools: {read, search}\n',
    [
      {
        at: '1:8-1:22',
        message: 'YAML takes `{read, search}` for a map whose keys have no values.',
        help: 'Write "{read, search}" if it is text, or [read, search] if it is a list.',
        fix: ['unsafe', 'tools: "{read, search}"\n'],
      },
    ],
  ],
  [
    'a number sign in parentheses',
    'for: Fixes (see #12) and more\n',
    [
      {
        at: '1:6-1:30',
        message: 'The value ends at `Fixes (see`, because YAML takes ` #` for the beginning of a comment.',
        help: 'Write "Fixes (see #12) and more" if the rest belongs to it.',
        severity: 'warning',
        fix: ['unsafe', 'for: "Fixes (see #12) and more"\n'],
      },
    ],
  ],
  [
    'a number sign before a number',
    'for: Closes issue #12\n',
    [
      {
        at: '1:6-1:22',
        message: 'The value ends at `Closes issue`, because YAML takes ` #` for the beginning of a comment.',
        help: 'Write "Closes issue #12" if the rest belongs to it.',
        severity: 'warning',
        fix: ['unsafe', 'for: "Closes issue #12"\n'],
      },
    ],
  ],
  [
    'a language',
    'for: C # and Java\n',
    [
      {
        at: '1:6-1:18',
        message: 'The value ends at `C`, because YAML takes ` #` for the beginning of a comment.',
        help: 'Write "C # and Java" if the rest belongs to it.',
        severity: 'warning',
        fix: ['unsafe', 'for: "C # and Java"\n'],
      },
    ],
  ],
  [
    'a number sign instead of a value',
    'channel: #ops\n',
    [
      {
        at: '1:1-1:8',
        message: '`channel` has no value, because #ops is a comment.',
        help: 'Write "#ops" if it is meant as text.',
        fix: ['unsafe', 'channel: "#ops"\n'],
      },
    ],
  ],
  [
    'a number sign in a list',
    'stack: [C #, Java]\n',
    [
      {
        at: '1:8-1:9',
        message: 'The list that begins at `[C #, Java]` is never closed, because `#, Java]` is a comment.',
        help: 'Quote the text that holds #.',
      },
    ],
  ],
  [
    'an exclamation mark',
    'note: !important thing\n',
    [
      {
        at: '1:7-1:17',
        message: '`!important` is a custom YAML tag, and teamc reads none.',
        help: 'Write "!important thing" if it is meant as text, or remove the tag.',
        fix: ['unsafe', 'note: "!important thing"\n'],
      },
    ],
  ],
  [
    'several mistakes at once',
    'name: @ada\ndescription: a: b\ntools:\nedit: *.md\n',
    [
      {
        at: '1:7-1:11',
        message: 'Text that begins with `@` must be quoted in YAML.',
        help: 'Write "@ada".',
        fix: ['safe', 'name: "@ada"\ndescription: a: b\ntools:\nedit: *.md\n'],
      },
      {
        at: '2:14-2:18',
        message: "YAML takes `a:` for a key, because the text isn't quoted.",
        help: 'Write "a: b".',
        fix: ['safe', 'name: @ada\ndescription: "a: b"\ntools:\nedit: *.md\n'],
      },
      {
        at: '3:1-3:6',
        message: '`tools` has no value.',
        help: 'Leave the key out, or write [] for an empty list or "" for empty text.',
      },
      {
        at: '4:7-4:11',
        message: "YAML takes the `*` of `*.md` for an alias, because the text isn't quoted.",
        help: 'Write "*.md".',
        fix: ['safe', 'name: @ada\ndescription: a: b\ntools:\nedit: "*.md"\n'],
      },
    ],
  ],
];

describe('what YAML makes of text without quotes', () => {
  for (const [what, text, expected] of CASES) test(`${what} is explained`, () => expect(told(text)).toEqual(expected));
});

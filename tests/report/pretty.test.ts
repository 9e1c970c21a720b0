import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { pretty, prettyReport } from '../../src/report/pretty.ts';
import { FOUND, shop, withLine } from './shop.ts';

const plain = new Chalk({ level: 0 });

/** The frame around the value at `pointer` of a team whose third line is given. */
function frame(line: string, pointer: Diagnostic['at']['pointer'], columns?: number): string {
  const { documents } = withLine(line);
  const found: Diagnostic = { rule: 'r', severity: 'error', message: 'M.', at: { file: 'team.yaml', pointer } };
  return pretty(found, documents, plain, columns).split('\n').slice(2).join('\n');
}

test('a report goes through files and lines in order and sums up at the end', () => {
  expect(prettyReport(shop(), { color: 0 })).toMatchInlineSnapshot(`
    "error unknown-role: There is no role "biulder".
      --> shop/roles/lead.md:4:13
      > 4 |   - { role: biulder, for: building }
          |             ^^^^^^^
      help: Did you mean "builder"?
      fix: Write "builder" (--fix-unsafe)

    info taste: 100% of "shop": fine,␊says <it>.
      --> shop/team.yaml:2:7
      > 2 | name: shop
          |       ^^^^

    warning delegation-cycle: Delegation runs in a circle: tester → lead → tester.
      --> shop/team.yaml:8:65
      > 8 |   tester: { description: "Tests; 100%, no less.", delegates-to: { role: lead } }
          |                                                                 ^^^^^^^^^^^^^^
      --> shop/roles/lead.md:5:5  lead hands the work on to tester
      --> shop/team.yaml:8:3  tester, stands here
      > 8 |   tester: { description: "Tests; 100%, no less.", delegates-to: { role: lead } }
          |   ^^^^^^
      help: Remove one of them.

    1 error, 1 warning, 1 info in 2 files (3 roles)
    "
  `);
});

test('a team without findings gets one line', () => {
  expect(prettyReport(shop([]), { color: 0 })).toBe('No findings in 3 roles, 2 files.\n');
});

test('several teams are counted', () => {
  const { teams, ...rest } = shop(FOUND.slice(1, 2));
  expect(
    prettyReport({ ...rest, teams: [...teams, ...shop([]).teams] }, { color: 0 })
      .split('\n')
      .at(-2),
  ).toBe('1 error in 1 file (2 teams, 6 roles)');
});

test('a terminal gets colours', () => {
  expect(prettyReport(shop(FOUND.slice(1, 2)), { color: 1 })).toContain('\u001B[31m\u001B[1merror\u001B[22m\u001B[39m');
});

test('a value of several lines is marked where it begins', () => {
  expect(frame('description: |\n  One.\n  Two.', ['description'])).toMatchInlineSnapshot(`
    "  > 3 | description: |
          |              ^"
  `);
});

test('wide characters and marks keep the caret below the culprit', () => {
  expect(frame('x-a: { icon: 💳, name: 日本語, e\u0301: [é, wrong] }', ['x-a', 'e\u0301', 1])).toMatchInlineSnapshot(`
    "  > 3 | x-a: { icon: 💳, name: 日本語, é: [é, wrong] }
          |                                       ^^^^^"
  `);
});

test('a tab is seen', () => {
  expect(frame('x-a: ["o\tne", two]', ['x-a', 1])).toMatchInlineSnapshot(`
    "  > 3 | x-a: ["o→   ne", two]
          |                  ^^^"
  `);
});

test('what would steer the terminal or turn the text is shown as a sign', () => {
  expect(frame('x-a: ["\u202E evil", two] # \u200F', ['x-a', 1])).toMatchInlineSnapshot(`
    "  > 3 | x-a: ["� evil", two] # �
          |                 ^^^"
  `);
});

test('a long line is cut on both sides of the culprit', () => {
  const line = `x-a: [${'before '.repeat(30)}, wrong, ${'after '.repeat(30)}]`;
  expect(frame(line, ['x-a', 1], 80)).toMatchInlineSnapshot(`
    "  > 3 | …e before before before before before before , wrong, after after after…
          |                                                ^^^^^"
  `);
});

test('a long culprit is cut itself', () => {
  const shown = frame(`x-a: [${'before '.repeat(30)}, ${'wrong '.repeat(100)}, after]`, ['x-a', 1], 80);
  expect(shown).toMatchInlineSnapshot(`
    "  > 3 | …e before , wrong wrong wrong wrong wrong wrong wrong wrong wr… , after]
          |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"
  `);
  for (const line of shown.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('of many related places the first are shown, the next named, the rest counted', () => {
  const at = { file: 'team.yaml', pointer: ['name'] };
  const related = Array.from({ length: 20 }, (_, index) => ({ at, message: `place ${index + 1}` }));
  const found: Diagnostic = { rule: 'r', severity: 'error', message: 'M.', at, related };
  const text = pretty(found, withLine('x-a: 1').documents, plain);
  expect({ named: text.match(/place \d+$/gm)?.length, framed: text.match(/^ {2}> /gm)?.length }).toEqual({
    named: 12,
    framed: 5,
  });
  expect(text).toContain('and 8 more places');
});

test('a file that could not be read is only named', () => {
  const found: Diagnostic = { rule: 'r', severity: 'error', message: 'M.', at: { file: 'gone.md', pointer: [] } };
  expect(pretty(found, new Map(), plain)).toBe('error r: M.\n  --> gone.md:1:1');
});

test('a long report ends with how often each rule spoke, the worst first, and what --fix would mend', () => {
  const at = { file: 'team.yaml', pointer: ['name'] };
  const found = (rule: string, severity: Diagnostic['severity'], fix?: 'safe' | 'unsafe'): Diagnostic => ({
    rule,
    severity,
    message: 'M.',
    at,
    ...(fix ? { fix: { title: 'T', safety: fix, edits: [] } } : {}),
  });
  const many = [
    ...Array.from({ length: 12 }, () => found('inexact-reference', 'warning', 'safe')),
    ...Array.from({ length: 3 }, (_, index) => found('no-tools', 'warning', index === 0 ? 'safe' : 'unsafe')),
    ...Array.from({ length: 5 }, () => found('taste', 'info')),
    found('unknown-role', 'error'),
  ];
  const result = shop();
  const team = { ...result.teams[0]!, loaded: withLine('x-a: 1'), diagnostics: many };
  const report = prettyReport({ ...result, teams: [team] }, { color: 0 });
  expect(report.split('\n\n').slice(-2).join('\n\n')).toMatchInlineSnapshot(`
    "   1 error    unknown-role
      12 warning  inexact-reference  --fix mends all
       3 warning  no-tools           --fix mends 1
       5 info     taste

    1 error, 15 warnings, 5 infos in 1 file (1 role)
    "
  `);
  const few = prettyReport({ ...result, teams: [{ ...team, diagnostics: many.slice(0, 20) }] }, { color: 0 });
  expect(few).not.toContain('--fix mends');
});

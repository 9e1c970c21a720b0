import ignore from 'ignore';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/pattern/compile.ts';
import { matches } from '../../src/pattern/decide.ts';
import { UnsupportedPattern } from '../../src/pattern/expression.ts';
import { normalizePath, squeezeBlanks } from '../../src/pattern/normal.ts';
import type { Dialect } from '../../src/pattern/policy.ts';
import { naiveMatch, random, regexpOf, soak } from './brute-force.ts';

/** Each pattern, what it matches and what it does not. */
type Table = readonly (readonly [pattern: string, yes: readonly string[], no: readonly string[]])[];

function check(dialect: Dialect, table: Table): void {
  for (const [pattern, yes, no] of table) {
    const matched = [...yes, ...no].filter((argument) => matches(dialect, pattern, argument));
    expect({ pattern, matched }).toEqual({ pattern, matched: yes });
  }
}

test('commands: a star is any text, and a trailing one is optional with its blank', () => {
  check('command', [
    ['*', ['', 'git', 'git push origin'], []],
    ['npm *', ['npm', 'npm test', 'npm  run   build', 'npm a\nb'], ['npmx', 'np', ' cnpm', 'NPM test']],
    ['npm*', ['npm', 'npm test', 'npmx'], ['np']],
    ['git push', ['git push', ' git   push '], ['git push origin', 'git']],
    ['git * main', ['git push main', 'git  main x main', 'git checkout -b main'], ['git main', 'git push mainx']],
    [
      'kubectl *--context*prod*',
      ['kubectl --context prod get pods', 'kubectl get --context=prod'],
      ['kubectl get pods'],
    ],
    ['l?', ['ls', 'la'], ['l', 'lss']],
    ['echo [a]', ['echo [a]'], ['echo a']],
    ['echo "a  b"', ['echo   "a  b"'], ['echo "a b"']],
    ['a.c', ['a.c'], ['abc']],
  ]);
});

test('paths: stars stay within a segment, a segment of two stars is any number of folders', () => {
  check('path', [
    [
      'src/*.ts',
      ['src/a.ts', './src/a.ts', 'src\\a.ts', 'src/x/../a.ts', 'src/.ts'],
      ['src/x/a.ts', 'a.ts', '/src/a.ts'],
    ],
    ['src/**', ['src/a', 'src/a/b', 'src/.env'], ['src', 'srcx/a', '../src/a', 'src/../a']],
    ['**/x', ['x', 'a/x', 'a/b/x'], ['ax', 'x/a', '/x', '../x', '~/x']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb', 'b']],
    ['a/**/**/b', ['a/b', 'a/x/y/b'], ['ab']],
    ['*', ['a', 'a/b', '/etc/passwd', '~/x', '../x', '.'], []],
    ['**', ['a', 'a/b', '.', '.env', '..a', '~a', 'c', 'cc:'], ['/etc', '~', '~/x', '..', '../x', 'C:/x', 'c:']],
    ['*/x', ['a/x', '.a/x', '~b/x'], ['../x', '~/x', '/x']],
    ['.*', ['.env', '.a'], ['..', 'env', '.env/a']],
    ['??', ['ab', '~a'], ['..', 'a', 'abc']],
    ['*.env', ['.env', 'a.env'], ['x/.env']],
    ['~*', ['~a'], ['~']],
    ['C:', ['C:', 'C:/'], ['C:/x', 'D:']],
    ['/etc/**', ['/etc/passwd', '/etc/../etc/a'], ['etc/passwd', '/etc']],
    ['~/.ssh/*', ['~/.ssh/id_rsa'], ['.ssh/id_rsa', '~/x', '/.ssh/id_rsa']],
    ['~/**', ['~/a', '~/a/b'], ['~/../etc/passwd', 'a']],
    ['/**', ['/a', '/a/b'], ['a', '~/a', '../a']],
    ['C:/*', ['C:/x', 'C:\\x'], ['D:/x', 'x']],
    ['./docs/', ['docs'], ['docs/a']],
    ['a**b', ['ab', 'axxb'], ['a/b']],
    ['../x', [], ['../x', 'x']],
  ]);
});

test('URLs: a star before the path stays within the host', () => {
  check('url', [
    ['*', ['https://a.example/', 'x'], []],
    [
      'https://*.example.com/*',
      ['https://a.example.com/x/y?z#w', 'https://a.b.example.com/'],
      [
        'https://example.com/',
        'http://a.example.com/',
        'https://evil.net/.example.com/',
        'https://evil.net?.example.com/x',
        'https://evil.net#.example.com/',
        'https://u@a.example.com/',
        'https://evil.net\\.example.com/',
      ],
    ],
    [
      'https://example.com/*',
      ['https://example.com/', 'https://example.com/a'],
      ['https://example.com', 'https://example.com.evil.net/'],
    ],
    [
      '*://localhost:*/*',
      ['http://localhost:3000/', 'https://localhost:1/x'],
      ['http://localhost/', 'http://x/://localhost:1/'],
    ],
    ['https://a?.net/', ['https://ab.net/'], ['https://a.net/', 'https://a/.net/']],
    ['https://a*', ['https://ab.net'], ['https://a.net/x']],
    ['*example.com*', ['https://example.com/', 'https://x.net/?example.com'], ['https://example.net/']],
  ]);
});

test('names: a star is any text, slashes included', () => {
  check('name', [
    ['platform/*', ['platform/terraform', 'platform/aws/ec2', 'platform/'], ['platform', 'x/platform/y']],
    ['git *', ['git a'], ['git']],
    ['*', ['', 'a/b'], []],
  ]);
});

test('Claude Code commands: a colon star is a whole-word prefix, only a sole trailing star is optional', () => {
  check('claude-bash', [
    ['npm run:*', ['npm run', 'npm run build', 'npm  run'], ['npm running', 'npm']],
    ['npm *', ['npm', 'npm test'], ['npmx']],
    ['git * main *', ['git push main x'], ['git push main']],
    ['ls', ['ls', ' ls '], ['ls -a']],
    ['npm*', ['npm', 'npmx y'], ['np']],
    ['echo \\*', ['echo *'], ['echo a']],
    ['l?', ['l?'], ['ls']],
    ['a\\\\b', ['a\\b'], ['a\\\\b']],
    ['a\\x', ['a\\x'], ['ax']],
    ['*', ['', 'x y'], []],
  ]);
});

test('Claude Code paths: gitignore patterns, anchored where they hold a slash', () => {
  check('claude-path', [
    ['*.env', ['.env', 'a/b.env', 'x.env/y'], ['.env.local', '/etc/.env']],
    ['/src/**', ['src/a', 'src/a/b'], ['x/src/a', 'src']],
    ['src/*.ts', ['src/a.ts'], ['x/src/a.ts', 'src/b/a.ts']],
    ['./a', ['a', 'a/b'], ['x/a']],
    ['docs', ['docs', 'docs/a', 'x/docs/a'], ['docsx']],
    ['docs/', ['docs/a', 'x/docs/a/b'], ['docs']],
    ['**/x', ['x', 'a/x', 'a/x/y'], ['ax']],
    ['//etc/**', ['/etc/a'], ['etc/a']],
    ['~/.ssh', ['~/.ssh', '~/.ssh/id'], ['.ssh']],
    ['/[a-c]?', ['ab', 'c/'].slice(0, 1), ['da', 'a']],
    ['[!a]x', ['bx', 'y/bx'], ['ax', 'b/x/..']],
    ['\\*', ['*', 'y/*'], ['a']],
    ['**', ['a', 'a/b'], ['/a']],
    ['a./b', ['a./b'], ['ab']],
    ['src/**/', ['src/a/b'], ['src/a']],
  ]);
  for (const pattern of ['!x', '[a', '[[:alpha:]]', '[a\\b]'])
    expect(() => matches('claude-path', pattern, 'x'), pattern).toThrow(UnsupportedPattern);
});

test('Claude Code paths: as the library for gitignore files reads them, a match of a folder covering what is in it', () => {
  const chance = random(3);
  const pieces = [
    'a',
    'b',
    'a',
    '*',
    '**',
    '?',
    '/',
    '/',
    '[ab]',
    '[!a]',
    '[^b]',
    '[a-c]',
    '[a]',
    '[acz]',
    '[]a]',
    '[!]a]',
    '[a-]',
    ']',
  ];
  const escaped = ['\\a', '\\*', '\\[', '.', '-', '^'];
  const letters = ['a', 'b', 'a/', '/', '.', '*', '-', ']', '[', 'c', '^'];
  const some = (from: readonly string[], most: number): string =>
    Array.from({ length: 1 + chance(most) }, () => from[chance(from.length)]).join('');
  // What leads out of the project, and three stars at once, which git and the library read differently.
  const isOdd = (path: string): boolean => /\/\/|^\/?$|(?:^|\/)\.{1,2}(?:\/|$)|\*{3}/.test(path);
  for (let at = 0; at < soak(2_500); at += 1) {
    const pattern = some([...pieces, ...escaped], 5);
    if (isOdd(pattern)) continue;
    const library = ignore().add(pattern);
    for (let again = 0; again < 10; again += 1) {
      const path = some(letters, 5).replace(/^\/+|\/+$/g, '');
      if (isOdd(path)) continue;
      expect([pattern, path, matches('claude-path', pattern, path)]).toEqual([pattern, path, library.ignores(path)]);
    }
  }
});

test('patterns that say the same twice make the same automaton, so that they cost no more', () => {
  const same: readonly (readonly [Dialect, string, string])[] = [
    ['path', 'a/**/**/**/b', 'a/**/b'],
    ['path', 'a***b', 'a*b'],
    ['claude-path', 'a/**/**/b', 'a/**/b'],
    ['name', 'a**b', 'a*b'],
    ['claude-bash', 'a**b', 'a*b'],
    ['regexp', 'a[^\\s\\S]|b', 'b'],
    ['url', 'https://a/**', 'https://a/*'],
  ];
  for (const [dialect, long, short] of same)
    expect([long, compile(dialect, long)]).toEqual([long, compile(dialect, short)]);
});

test('Roo prefixes: whatever the case, without regard to words', () => {
  check('roo-prefix', [
    ['git', ['git', 'GIT push', ' gitk'], ['gi', 'xgit']],
    ['Npm Run', ['npm run build'], ['npm test']],
    ['*', ['', 'x'], []],
    ['kill', ['\u212aill x', 'KILL'], []],
    ['ß', ['ß', 'ẞ'], ['s', 'S', 'ss']],
    ['ı', ['ı'], ['I', 'i']],
    ['😀a', ['😀a', '😀A'], ['\ud83da']],
  ]);
});

test('opencode patterns: as the reference algorithm reads them, on strings of every kind', () => {
  const chance = random(5);
  const letters = ['a', 'b', ' ', '/', '\\', '*', '?', '.', '[', '(', '\n', '$', 'é'];
  const some = (most: number): string =>
    Array.from({ length: chance(most + 1) }, () => letters[chance(letters.length)]).join('');
  for (let at = 0; at < soak(1_500); at += 1) {
    const pattern = some(6) + ['', '', ' *', '*'][chance(4)]!;
    const rule = { dialect: 'opencode', pattern, decision: 'allow' } as const;
    for (let again = 0; again < 12; again += 1) {
      const text = again % 3 === 0 ? pattern.replace(/\*/g, () => some(2)).replace(/\?/g, 'b') : some(7);
      expect([pattern, text, matches('opencode', pattern, text)]).toEqual([pattern, text, naiveMatch(rule, text)]);
    }
  }
});

describe('regular expressions', () => {
  test('match what JavaScript matches', () => {
    const chance = random(11);
    const letters = ['a', 'b', ' ', '/', '_', '\n', 'é'];
    for (let at = 0; at < soak(1_500); at += 1) {
      const pattern = regexpOf(chance);
      const expression = new RegExp(pattern);
      for (let again = 0; again < 15; again += 1) {
        const text = Array.from({ length: chance(7) }, () => letters[chance(letters.length)]).join('');
        expect([pattern, text, matches('regexp', pattern, text)]).toEqual([pattern, text, expression.test(text)]);
      }
    }
  });

  test('of the kinds that mode files hold', () => {
    check('regexp', [
      ['\\.md$', ['a.md', 'x/y.md'], ['a.mdx', 'md']],
      ['^(src|lib)/.*\\.[jt]sx?$', ['src/a.ts', 'lib/x/y.jsx'], ['asrc/a.ts', 'src/a.css']],
      ['(?:^|/)docs/', ['docs/a', 'x/docs/a'], ['xdocs/a']],
      ['', ['', 'a'], []],
      ['a{2,3}b', ['aab', 'xaaab', 'aaaab'], ['ab']],
      ['^$', [''], ['a', '\n']],
      ['\\bfoo\\b', ['foo', 'a foo b', 'x/foo.ts'], ['food', 'afoo', '_foo']],
      ['[^]\\u0041\\x42', ['\nAB'], ['AB']],
      ['\\p', ['p'], ['q']],
    ]);
  });

  test('that have no exact automaton are refused, and so are those that are too large', () => {
    const refused: readonly (readonly [string, string])[] = [
      ['a(?=b)', 'it looks ahead or behind'],
      ['(?<!a)b', 'it looks ahead or behind'],
      ['(a)\\1', 'it has a backreference'],
      ['(?i:a)', 'it changes flags within'],
      ['(', 'Invalid regular expression: /(/: Unterminated group'],
      ['a{1001}', 'it repeats more than 1000 times'],
      ['a{2,1001}', 'it repeats more than 1000 times'],
      ['a{1001,}', 'it repeats more than 1000 times'],
      ['(a{900}){900}', 'it is too large'],
      [`${'('.repeat(101)}${')'.repeat(101)}`, 'it is nested deeper than 100'],
      ['a'.repeat(4_001), 'it is longer than 4000 characters'],
      ['((((){1000}){1000}){1000})', 'it is too large'],
    ];
    for (const [pattern, because] of refused)
      expect(() => compile('regexp', pattern)).toThrow(new UnsupportedPattern(pattern, because));
    expect(new UnsupportedPattern('a'.repeat(99), 'it is odd').message).toBe(
      `The pattern "${'a'.repeat(80)}" can't be decided: it is odd.`,
    );
    for (const pattern of [
      'a'.repeat(4_000),
      `${'('.repeat(100)}${')'.repeat(100)}`,
      '()'.repeat(150),
      'a{1000}',
      'a{2,}',
    ])
      expect(() => compile('regexp', pattern)).not.toThrow();
  });

  test('stay fast where backtracking would not', () => {
    expect(matches('regexp', '^(a+)+$', `${'a'.repeat(5_000)}b`)).toBe(false);
  });
});

test('a path in its normal form has no detours', () => {
  const forms: Record<string, string> = {
    '': '.',
    '.': '.',
    './': '.',
    'a/..': '.',
    'a//b/': 'a/b',
    './a/./b': 'a/b',
    'a\\b': 'a/b',
    'a/../../b': '../b',
    '../../a': '../../a',
    '/a/../..': '/',
    '/': '/',
    '//x': '/x',
    '/a/b/..': '/a',
    '~': '~',
    '~/': '~',
    '~/a/..': '~',
    '~/..': '..',
    '~/a/../../b': '../b',
    '~x/a': '~x/a',
    'C:\\a\\..\\b': 'C:/b',
    'c:': 'c:',
    'C:/..': 'C:',
    'a/b/../../../c': '../c',
    '...': '...',
  };
  for (const [path, normal] of Object.entries(forms)) expect([path, normalizePath(path)]).toEqual([path, normal]);
  for (const normal of Object.values(forms)) expect(normalizePath(normal)).toBe(normal);
});

test('blanks outside quotes count as one', () => {
  const forms: Record<string, string> = {
    ' git\t push ': 'git push',
    'a "b  c"  d': 'a "b  c" d',
    "a  'b  c": "a 'b  c",
    'a\\  b': 'a\\  b',
    'a\\ ': 'a\\ ',
    'a " ': 'a " ',
    '  ': '',
    'a\\"  b': 'a\\" b',
  };
  for (const [command, squeezed] of Object.entries(forms)) expect(squeezeBlanks(command)).toBe(squeezed);
});

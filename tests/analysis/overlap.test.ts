import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayMatch, type Overlap, onlyArgument, overlap } from '../../src/analysis/overlap.ts';
import { lastMatches, plainUse, restOf } from '../../src/analysis/plain-use.ts';
import { isPlausible } from '../../src/analysis/plausible.ts';
import { matches } from '../../src/pattern/decide.ts';
import { type Domain, isInDomain } from '../../src/pattern/domain.ts';
import { findCall } from '../../src/pattern/find.ts';
import type { Decision, Dialect, PatternRule } from '../../src/pattern/policy.ts';

type Case = readonly [dialect: Dialect, pattern: string, other: string, found: Overlap];

const CASES: readonly Case[] = [
  ['command', '*', '*push*', 'covers'],
  ['command', 'git *', 'git *', 'covers'],
  ['command', 'git *', 'git', 'covers'],
  ['command', 'git *', 'git push *', 'covers'],
  ['command', 'git *', 'git push', 'covers'],
  ['command', 'git *', 'git push --force*', 'covers'],
  ['command', 'git*', 'gitk *', 'covers'],
  ['command', 'git push*', 'git push --force', 'covers'],
  ['command', 'git push *--force*', 'git push --force', 'covers'],
  ['command', 'git *s*-f*', 'git push -f', 'covers'],
  ['command', 'git *', 'npm *', 'apart'],
  ['command', 'git *', 'gitk', 'apart'],
  ['command', 'git *', 'gitk *', 'apart'],
  ['command', 'git push', 'git push --force', 'apart'],
  ['command', 'git push --force', 'git push', 'apart'],
  ['command', 'git push --force', 'git push -f *', 'apart'],
  ['command', 'git *--force*', 'git push', 'apart'],
  ['command', 'git push', 'git *--force*', 'apart'],
  ['command', 'git *-f*s*', 'git push -f', 'apart'],
  ['command', 'git push *', 'git *', 'unclear'],
  ['command', 'git', 'git *', 'unclear'],
  ['command', 'git push', 'git *pu*', 'unclear'],
  ['command', 'g?t *', 'git *', 'unclear'],
  ['path', 'src/**', 'src/app/**', 'covers'],
  ['path', 'src/**', 'src/a.ts', 'covers'],
  ['path', 'src/**', 'src/*.ts', 'unclear'],
  ['path', 'src/**', 'src/app/*.ts', 'covers'],
  ['path', 'src/a.ts', 'src/a.ts', 'covers'],
  ['path', 'src/**', 'docs/**', 'apart'],
  ['path', 'src/**', 'srcs/a', 'apart'],
  ['path', 'src/a', 'src/ab', 'apart'],
  ['path', '~/notes/**', '/etc/**', 'apart'],
  ['path', '.env', '.envrc', 'apart'],
  ['path', 'src/app/**', 'src/**', 'unclear'],
  ['path', 'src/*', 'src/a', 'unclear'],
  ['path', './src/**', 'docs/**', 'unclear'],
  ['path', 'src/../docs/**', 'src/**', 'unclear'],
  ['path', 'C:/x', '/c/x', 'unclear'],
  ['name', 'git/*', 'git/push', 'covers'],
  ['name', '*push*', 'git-push-all', 'covers'],
  ['name', '*sh*pu*', 'push', 'apart'],
  ['name', 'git/*', 'npm/*', 'apart'],
  ['name', 'git/push', 'git/*', 'unclear'],
  ['url', 'https://a.example/*', 'https://a.example/*', 'covers'],
  ['url', 'https://a.example/', 'https://b.example/', 'apart'],
  ['url', 'https://a.example/*', 'https://b.example/*', 'apart'],
  ['url', 'https://a.example/x', 'https://a.example/*', 'unclear'],
  ['regexp', 'a', 'b', 'unclear'],
];

const DOMAINS: Readonly<Partial<Record<Dialect, readonly Domain[]>>> = {
  path: ['path', 'outside-path'],
  command: ['command'],
  name: ['name'],
  url: ['url'],
};

/** Calls by which what is said of two patterns is not so. */
function against(said: Overlap, dialect: Dialect, pattern: string, other: string) {
  if (said === 'unclear') return [];
  const [decision, otherwise] = said === 'covers' ? (['deny', 'allow'] as const) : (['allow', 'deny'] as const);
  const policy = { lists: [{ rules: [{ dialect, pattern, decision }], otherwise }] };
  const within = [{ dialect, pattern: other }];
  return (DOMAINS[dialect] ?? [])
    .map((domain) => findCall(policy, { within, decisions: ['allow'], domain }))
    .filter((found) => found !== 'none');
}

describe('Two patterns', () => {
  test.each(CASES)('as a %s, %j and %j: the first against the second is %s', (dialect, pattern, other, expected) => {
    expect(overlap(dialect, pattern, other)).toBe(expected);
    expect(against(expected, dialect, pattern, other)).toEqual([]);
  });

  test.each<[Dialect, readonly string[]]>([
    [
      'command',
      [
        '*',
        'git',
        'git ',
        'git *',
        ' git *',
        'git  push *',
        "git 'push' *",
        'git push *',
        'git push',
        'git push  -f',
        'git p*',
        'g*',
        'gitk',
        '* x',
        '*push*',
        'n?m *',
        'git *  -f*',
        'git *-f',
        'git *-f* -q',
        'git *push*-f*',
      ],
    ],
    [
      'path',
      [
        '*',
        '**',
        'a',
        'a/**',
        'a/*',
        'a/b',
        './a/b',
        'a/../b',
        'a//b',
        'a/./b/**',
        'b',
        '**/b',
        '/a',
        '/**',
        '~/a/**',
        'C:/a',
        'C:/**',
        '.',
        '..',
        '../a',
        '.env',
        '-a',
        'b a/../c',
        'a/',
      ],
    ],
    ['name', ['*', 'a', 'a/*', 'a/b', 'a*', '*b', 'a?', '*b*', 'a*b*', '*a*b', 'a*b*c']],
    [
      'url',
      [
        '*',
        'https://a.b/*',
        'https://a.b/',
        'https://A.b/',
        'https://*.b/*',
        'https://a.b/c',
        'https://a.b/c*',
        'https://a*',
        'http://a.b/',
      ],
    ],
  ])('as a %s are said to be apart, or one to cover the other, only where they are', (dialect, patterns) => {
    const pairs = patterns.flatMap((pattern) => patterns.map((other) => [pattern, other] as const));
    const shown = { covers: 0, apart: 0, unclear: 0 };
    for (const [pattern, other] of pairs) {
      const found = overlap(dialect, pattern, other);
      shown[found]++;
      expect([pattern, found, other, against(found, dialect, pattern, other)]).toEqual([pattern, found, other, []]);
    }
    expect(Math.min(shown.covers, shown.apart)).toBeGreaterThan(5);
  });

  test('of which the first has no star match one argument at most', () => {
    expect(onlyArgument('command', 'git push')).toBe('git push');
    expect(onlyArgument('path', 'src/a.ts')).toBe('src/a.ts');
    for (const pattern of ['*', 'git *', 'git p?', 'git  push'])
      expect(onlyArgument('command', pattern)).toBeUndefined();
    expect(onlyArgument('path', './a')).toBeUndefined();
    expect(onlyArgument('regexp', 'a')).toBeUndefined();
  });
});

describe('A pattern', () => {
  const texts = fc
    .array(fc.constantFrom('git', 'push', 'g', '*', '?', ' ', 'a', '/', '.', 'src/', '**'), { maxLength: 5 })
    .map((parts) => parts.join(''));
  const plain = fc.array(fc.constantFrom('git', 'push', 'g', 'a', 'src'), { minLength: 1, maxLength: 4 });

  test('may match every argument of plain words that it matches', () => {
    const seen = { may: 0, not: 0 };
    for (const [dialect, glue] of [
      ['command', ' '],
      ['path', '/'],
      ['name', '/'],
    ] as const)
      fc.assert(
        fc.property(texts, plain, (pattern, words) => {
          const argument = words.join(glue);
          const may = mayMatch(dialect, pattern, argument);
          seen[may ? 'may' : 'not']++;
          if (matches(dialect, pattern, argument)) expect(may).toBe(true);
        }),
        { numRuns: 300 },
      );
    expect(Math.min(seen.may, seen.not)).toBeGreaterThan(50);
    expect(mayMatch('command', 'git *', 'npm test')).toBe(false);
    expect(mayMatch('command', '*', 'npm test')).toBe(true);
  });

  test('says what it asks for behind its first star', () => {
    expect(['git *', '**/*.ts', 'git *--force*', '*', 'git', 'a*b**c*', 'git * push '].map(restOf)).toEqual([
      '',
      'x.ts',
      '--force',
      '',
      '',
      'bxc',
      'push',
    ]);
  });
});

describe('An argument of plain words', () => {
  test('is a call of its kind wherever that is said at once', () => {
    const signs = fc.array(
      fc.constantFrom(...['git', 'sh', 'if', 'x', 'a.b', '~', '.', '..', '-f', ...'/ :&$*=@%,+\t\'"']),
      { maxLength: 5 },
    );
    let said = 0;
    for (const [dialect, domains] of Object.entries(DOMAINS) as [Dialect, readonly Domain[]][])
      fc.assert(
        fc.property(fc.constantFrom('', 'https://', 'http://a.example/'), signs, (begin, parts) => {
          const argument = begin + parts.join('');
          if (!isPlausible(dialect, argument)) return;
          said++;
          expect(domains.map((domain) => [argument, isInDomain(domain, argument)])).toContainEqual([argument, true]);
        }),
        { numRuns: 300 },
      );
    expect(said).toBeGreaterThan(100);
    for (const [dialect, argument] of [
      ['command', 'git push'],
      ['path', 'src/a.ts'],
      ['name', 'git/push'],
      ['url', 'https://a.example/b'],
    ] as const)
      expect(isPlausible(dialect, argument)).toBe(true);
    expect(isPlausible('regexp', 'a')).toBe(false);
  });
});

describe('A rule as plain examples show it', () => {
  const rules = (...texts: readonly string[]): readonly PatternRule[] =>
    texts.map((text) => {
      const [decision, ...words] = text.split(' ');
      return { dialect: 'command', decision: decision as Decision, pattern: words.join(' ') };
    });

  test('is live, decides, or is idle by the rules that come first', () => {
    const use = (at: number, ...texts: readonly string[]) => plainUse(rules(...texts), at, 'ask');
    expect(use(0, 'allow git *')).toBe('live');
    expect(use(0, 'ask git *')).toBe('decides');
    expect(use(0, 'allow git *', 'deny *')).toBeUndefined();
    expect(use(0, 'allow git push')).toBe('live');
    expect(use(0, 'ask git push')).toEqual({ status: 'redundant', others: [] });
    expect(use(1, 'deny git *', 'deny git push')).toEqual({ status: 'redundant', others: [0] });
    expect(use(1, 'allow git *', 'deny git push', 'ask git p*')).toEqual({ status: 'dead', others: [2] });
    expect(use(0, 'deny *')).toBe('live');
    expect(use(1, 'allow git *', 'ask *--force*')).toBe('live');
    expect(use(1, 'allow git *x*', 'ask git *--force*')).toBe('live');
    expect(use(1, 'allow *x*', 'ask git *--force*')).toBe('live');
    expect(use(0, 'allow "git"')).toBeUndefined();
  });

  test('stands behind the last two that match', () => {
    const list = rules('allow git *', 'deny npm *', 'ask git push *', 'deny *');
    expect(lastMatches(list, 'git push')).toEqual([3, 2]);
    expect(lastMatches(list.slice(0, 3), 'git push')).toEqual([2, 0]);
    expect(lastMatches(list.slice(0, 3), 'git log')).toEqual([0]);
    expect(lastMatches(list.slice(0, 3), 'make')).toEqual([]);
  });
});

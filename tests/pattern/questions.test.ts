import { describe, expect, test } from 'vitest';
import { atoms } from '../../src/pattern/atoms.ts';
import { compare } from '../../src/pattern/compare.ts';
import { decide } from '../../src/pattern/decide.ts';
import { decideCommand } from '../../src/pattern/decide-command.ts';
import { type Domain, isInDomain } from '../../src/pattern/domain.ts';
import { UnsupportedPattern } from '../../src/pattern/expression.ts';
import { findCall } from '../../src/pattern/find.ts';
import { liveness, minimise } from '../../src/pattern/liveness.ts';
import { normalizePath, squeezeBlanks } from '../../src/pattern/normal.ts';
import type { Decision, Dialect, Policy, RuleList } from '../../src/pattern/policy.ts';
import { samplesFor } from '../../src/pattern/samples.ts';
import { splitCommand } from '../../src/pattern/split-command.ts';

type Short = readonly [Decision, string];

function list(dialect: Dialect, otherwise: Decision, ...rules: readonly Short[]): RuleList {
  return { rules: rules.map(([decision, pattern]) => ({ dialect, pattern, decision })), otherwise };
}

const only = (one: RuleList): Policy => ({ lists: [one] });

describe('comparing', () => {
  const ours = only(list('command', 'deny', ['allow', 'npm *'], ['ask', 'git *'], ['deny', 'git push *']));

  test('a policy with itself is equal, with an example of each decision', () => {
    expect(compare(ours, ours, { domain: 'command' })).toMatchObject({
      verdict: 'equal',
      cells: [{ witness: 'git push' }, { witness: 'git status' }, { witness: 'npm test' }],
    });
  });

  test('with one that lacks a rule shows a command that a person knows', () => {
    const theirs = only(list('command', 'deny', ['allow', 'npm *'], ['ask', 'git *']));
    expect(compare(ours, theirs, { domain: 'command' })).toMatchObject({
      verdict: 'looser',
      cells: expect.arrayContaining([
        {
          from: 'deny',
          to: 'ask',
          witness: 'git push',
          rules: [
            { decision: 'deny', list: 0, rule: 2 },
            { decision: 'ask', list: 0, rule: 1 },
          ],
        },
      ]),
    });
    expect(compare(theirs, ours, { domain: 'command' }).verdict).toBe('stricter');
  });

  test('where no known command fits makes one up, the shortest', () => {
    const theirs = only(list('command', 'deny', ['allow', 'npm*'], ['ask', 'git *'], ['deny', 'git push *']));
    const [difference] = compare(ours, theirs, { domain: 'command' }).cells.filter(({ from, to }) => from !== to);
    expect(difference?.witness).toBe('npm-check');
    const frob = only(list('command', 'deny', ['allow', 'frob *']));
    const frobs = only(list('command', 'deny', ['allow', 'frob*']));
    expect(compare(frob, frobs, { domain: 'command' }).cells[1]?.witness).toBe('frobx');
  });

  test('paths with the patterns of opencode, whose star crosses slashes', () => {
    const segments = only(list('path', 'deny', ['allow', 'src/*.ts']));
    const crossing = only(list('opencode', 'deny', ['allow', 'src/*.ts']));
    const fixed = only(list('opencode', 'deny', ['allow', 'src/*.ts'], ['deny', 'src/*/*.ts']));
    expect(compare(segments, crossing, { domain: 'path' })).toMatchObject({
      verdict: 'looser',
      cells: expect.arrayContaining([
        expect.objectContaining({ from: 'deny', to: 'allow', witness: 'src/utils/format.ts' }),
      ]),
    });
    expect(compare(segments, fixed, { domain: 'path' }).verdict).toBe('equal');
  });

  test('paths with regular expressions, as modes of Roo have them', () => {
    const globs = only(list('path', 'deny', ['allow', 'docs/**'], ['allow', '*.md']));
    const loose = only(list('regexp', 'deny', ['allow', '^docs/|\\.md$']));
    const exact = only(list('regexp', 'deny', ['allow', '^docs/|^[^/]*\\.md$']));
    expect(compare(globs, loose, { domain: 'path' }).verdict).toBe('looser');
    expect(compare(globs, exact, { domain: 'path' }).verdict).toBe('equal');
  });

  test('our commands with those of Claude Code and opencode', () => {
    const platforms: readonly [Dialect, readonly Short[]][] = [
      [
        'claude-bash',
        [
          ['allow', 'npm:*'],
          ['ask', 'git *'],
          ['deny', 'git push:*'],
        ],
      ],
      [
        'opencode',
        [
          ['allow', 'npm *'],
          ['ask', 'git *'],
          ['deny', 'git push *'],
        ],
      ],
    ];
    for (const [dialect, rules] of platforms)
      expect([dialect, compare(ours, only(list(dialect, 'deny', ...rules)), { domain: 'command' }).verdict]).toEqual([
        dialect,
        'equal',
      ]);
  });

  test('a conjunction of lists with the list that says the same', () => {
    const two: Policy = {
      lists: [
        list('command', 'allow', ['deny', 'git push *']),
        list('command', 'deny', ['allow', 'npm *'], ['ask', 'git *']),
      ],
    };
    expect(compare(ours, two, { domain: 'command' }).verdict).toBe('equal');
    expect(compare({ lists: [] }, only(list('name', 'allow')), { domain: 'any' }).verdict).toBe('equal');
  });

  test('outside the project only what begins with a slash, or a lone star, matters', () => {
    const inside = only(list('path', 'ask', ['allow', '**']));
    expect(compare(inside, only(list('path', 'ask')), { domain: 'outside-path' }).verdict).toBe('equal');
    expect(compare(inside, only(list('path', 'ask', ['allow', '*'])), { domain: 'outside-path' }).verdict).toBe(
      'looser',
    );
    expect(compare(inside, only(list('path', 'ask', ['allow', '*'])), { domain: 'path' }).verdict).toBe('equal');
  });

  test('patterns without an exact automaton throws, so that the caller can say so', () => {
    const odd = only(list('regexp', 'deny', ['allow', '(?=a)']));
    expect(() => compare(ours, odd, { domain: 'path' })).toThrow(UnsupportedPattern);
  });

  test('tells its cells from the strictest to the loosest, whichever was found first', () => {
    const loose = only(list('name', 'allow', ['ask', 'aa'], ['deny', 'aaa']));
    const { cells } = compare(only(list('name', 'deny')), loose, { domain: 'any' });
    expect(cells.map(({ from, to, witness }) => [from, to, witness])).toEqual([
      ['deny', 'deny', 'aaa'],
      ['deny', 'ask', 'aa'],
      ['deny', 'allow', ''],
    ]);
  });

  test('with too small a budget ends undecided, never equal', () => {
    const few = only(list('name', 'deny', ['allow', '*a*A*x0'], ['allow', '*b*B*x1'], ['allow', '*c*C*x2']));
    const [rules] = few.lists;
    const more: Policy = { lists: [...few.lists, list('name', 'allow')] };
    expect(compare(few, more, { domain: 'any' }).verdict).toBe('equal');
    expect(compare(few, more, { domain: 'any', budget: 50 })).toEqual({ verdict: 'undecided', cells: [] });
    expect(findCall(few, { decisions: ['ask'], domain: 'any', budget: 50 })).toBe('undecided');
    expect(atoms([few, more], 'any', 50)).toBe('undecided');
    expect(minimise(rules!, 'any', 50)).toEqual(rules);
    expect(liveness(rules!, 'any', 50)[0]).toEqual({ status: 'undecided' });
  });
});

describe('deciding', () => {
  test('names the list that is strictest, the first of several, and the rule in it', () => {
    const allows = list('name', 'ask', ['deny', 'b'], ['allow', 'a']);
    const denies = list('name', 'deny', ['deny', 'a']);
    expect(decide(only(allows), 'a')).toEqual({ decision: 'allow', list: 0, rule: 1 });
    expect(decide({ lists: [allows, denies, denies] }, 'a')).toEqual({ decision: 'deny', list: 1, rule: 0 });
    expect(decide({ lists: [denies, allows] }, 'c')).toEqual({ decision: 'deny', list: 0, rule: undefined });
    expect(decide({ lists: [] }, 'a')).toEqual({ decision: 'allow', list: 0, rule: undefined });
  });
});

describe('the rules of a list', () => {
  test('are live, redundant or dead, and the dead know why', () => {
    const rules = list(
      'command',
      'ask',
      ['allow', 'git push origin'],
      ['allow', 'git *'],
      ['deny', 'git push *'],
      ['deny', 'git push --force *'],
      ['deny', 'a && b'],
      ['ask', 'ls'],
    );
    expect(liveness(rules, 'command')).toEqual([
      { status: 'dead', shadowedBy: [2] },
      { status: 'live', witness: 'git status' },
      { status: 'live', witness: 'git push' },
      { status: 'redundant', witness: 'git push --force' },
      { status: 'dead', shadowedBy: [] },
      { status: 'redundant', witness: 'ls' },
    ]);
    expect(minimise(rules, 'command').rules.map(({ pattern }) => pattern)).toEqual(['git *', 'git push *']);
  });

  test('are taken out one by one where not all of those that seem idle can go', () => {
    const rules: RuleList = {
      rules: [
        { dialect: 'regexp', pattern: '^(?:[^a]|bb)$', decision: 'allow' },
        { dialect: 'name', pattern: '?', decision: 'allow' },
        { dialect: 'name', pattern: 'a', decision: 'allow' },
      ],
      otherwise: 'deny',
    };
    expect(liveness(rules, 'any').map(({ status }) => status)).toEqual(['live', 'redundant', 'redundant']);
    expect(minimise(rules, 'any').rules.map(({ pattern }) => pattern)).toEqual(['^(?:[^a]|bb)$', 'a']);
  });

  test('name all that shadow them, in their order', () => {
    const rules = list('name', 'ask', ['allow', 'x*'], ['deny', 'x?*'], ['deny', 'x'], ['deny', 'y']);
    expect(liveness(rules, 'any')[0]).toEqual({ status: 'dead', shadowedBy: [1, 2] });
  });

  test('that decide otherwise only in a longer call are not called redundant before it is found', () => {
    const rules = list('name', 'deny', ['allow', 'a'], ['allow', '?*']);
    expect(liveness(rules, 'any')[1]).toEqual({ status: 'live', witness: 'b' });
    for (let budget = 1; budget < 200; budget += 1)
      expect(['live', 'undecided']).toContain(liveness(rules, 'any', budget)[1]!.status);
  });

  test('are said to be the same with little work, or not at all', () => {
    const rules = list(
      'command',
      'ask',
      ['allow', 'git push x'],
      ['allow', 'git *'],
      ['deny', 'git push *'],
      ['deny', 'git push -f'],
      ['ask', 'ls'],
    );
    const exact = liveness(rules, 'command').map(({ status }) => status);
    const seen = new Set<string>();
    for (let budget = 1; budget < 100_000; budget *= 1.5)
      for (const [at, { status }] of liveness(rules, 'command', budget).entries()) {
        expect([budget, at, ['undecided', exact[at]]]).toEqual([budget, at, expect.arrayContaining([status])]);
        seen.add(`${at} ${status}`);
      }
    expect(
      [...exact.entries()].every(([at, status]) => seen.has(`${at} ${status}`) && seen.has(`${at} undecided`)),
    ).toBe(true);
  });

  test('that stand twice as one object are told apart', () => {
    const rule = { dialect: 'name', pattern: 'a', decision: 'deny' } as const;
    const twice: RuleList = { rules: [rule, { ...rule, decision: 'allow' }, rule], otherwise: 'ask' };
    expect(minimise(twice, 'name').rules).toEqual([rule]);
  });
});

describe('finding a call', () => {
  const shell = only(list('command', 'deny', ['allow', 'go *'], ['allow', 'terraform plan *']));

  test('inside a pattern, one that is decided so', () => {
    const inside = (pattern: string) => [{ dialect: 'command', pattern } as const];
    expect(findCall(shell, { within: inside('terraform *'), decisions: ['allow', 'ask'], domain: 'command' })).toEqual({
      witness: 'terraform plan',
    });
    expect(findCall(shell, { within: inside('go*'), decisions: ['deny'], domain: 'command' })).toEqual({
      witness: 'google-chrome',
    });
    expect(findCall(shell, { within: inside('go *'), decisions: ['deny'], domain: 'command' })).toBe('none');
    expect(findCall(shell, { decisions: ['ask'], domain: 'command' })).toBe('none');
  });

  test('that the patterns spell out rather than one that is made up, else the shortest', () => {
    const made = only(list('command', 'deny', ['allow', 'zig * fast']));
    expect(findCall(made, { decisions: ['allow'], domain: 'command' })).toEqual({ witness: 'zig x fast' });
    const within = [{ dialect: 'command', pattern: 'zag * slow' }] as const;
    expect(findCall(made, { within, decisions: ['deny'], domain: 'command' })).toEqual({ witness: 'zag x slow' });
    const short = only(list('name', 'deny', ['allow', 'b'], ['ask', 'aaa']));
    expect(findCall(short, { decisions: ['allow', 'ask'], domain: 'any' })).toEqual({ witness: 'b' });
  });

  test('in every domain, of a kind that is in its normal form', () => {
    const domains: readonly [Domain, Dialect][] = [
      ['command', 'command'],
      ['path', 'path'],
      ['outside-path', 'path'],
      ['url', 'url'],
      ['name', 'name'],
      ['any', 'name'],
    ];
    for (const [domain, dialect] of domains) {
      const found = findCall(only(list(dialect, 'allow')), { decisions: ['allow'], domain });
      expect([domain, found]).toEqual([domain, { witness: expect.any(String) }]);
    }
    const made = findCall(only(list('path', 'deny', ['allow', 'zz/**'], ['deny', 'zz/x'])), {
      decisions: ['allow'],
      domain: 'path',
    });
    expect(made).toEqual({ witness: 'zz/a' });
  });
});

describe('the atoms of a team', () => {
  test('are the classes on which all decide alike', () => {
    const coordinator = only(list('command', 'deny', ['allow', 'git status *']));
    const developer = only(list('command', 'ask', ['allow', 'npm *'], ['allow', 'git *']));
    expect(atoms([coordinator, developer, coordinator], 'command')).toEqual(
      [
        { witness: 'npx tsc --noEmit', decisions: ['deny', 'ask', 'deny'] },
        { witness: 'npm test', decisions: ['deny', 'allow', 'deny'] },
        { witness: 'git status', decisions: ['allow', 'allow', 'allow'] },
      ].map((atom) => ({ ...atom, witness: expect.any(String) })),
    );
  });
});

test('each domain holds the calls that people make, and no others', () => {
  const arguments_: Readonly<Record<Domain, readonly [yes: readonly string[], no: readonly string[]]>> = {
    command: [
      ['git push', './a "b c" d', '['],
      ['', ' a', 'a; b', 'a  b', 'A=1 b', 'eval a', 'sh -c a', 'a "', 'if a'],
    ],
    path: [
      ['a', 'a/b', '.a/b', '~a'],
      ['', '.', '/a', '../a', '~/a', 'C:/a'],
    ],
    'outside-path': [
      ['/a', '../a', '~/a', 'C:/a'],
      ['', 'a', './a'],
    ],
    url: [
      ['https://a.example/', 'http://localhost:1/x'],
      ['', 'a', 'ftp://a/', 'https://'],
    ],
    name: [
      ['a', 'a/b', 'a-b'],
      ['', '\n'],
    ],
    any: [['', 'a', '\n'], []],
  };
  for (const [domain, [yes, no]] of Object.entries(arguments_))
    expect([domain, [...yes, ...no].filter((one) => isInDomain(domain as Domain, one))]).toEqual([domain, yes]);
  const within = [{ dialect: 'command', pattern: 'zig "*' }] as const;
  const found = findCall({ lists: [] }, { within, decisions: ['allow'], domain: 'command' });
  expect(typeof found === 'object' && isInDomain('command', found.witness)).toBe(true);
});

test('what a pattern spells out is tried, without its stars and with a word for each', () => {
  const spelled = (dialect: Dialect, pattern: string) => samplesFor('name', [{ dialect, pattern, decision: 'deny' }]);
  expect(spelled('command', 'npm run *')).toEqual(['npm run', 'npm run x']);
  expect(spelled('command', 'a** b* c?d *')).toEqual(['a b cad', 'ax bx cad x']);
  expect(spelled('command', 'git push *--force*')).toEqual(['git push --force', 'git push x--forcex']);
  expect(spelled('command', 'npm **')).toEqual(['npm', 'npm x']);
  expect(spelled('path', 'src/**')).toEqual(['src/', 'src/x']);
  expect(spelled('claude-bash', 'git:*')).toEqual(['git']);
  expect(spelled('claude-bash', 'a:*b')).toEqual(['a:b', 'a:xb']);
  expect(spelled('claude-bash', 'a\\*')).toEqual(['a', 'ax']);
  expect(spelled('regexp', 'a')).toEqual([]);
  expect(spelled('roo-prefix', 'a')).toEqual([]);
  expect(samplesFor('any', [{ dialect: 'name', pattern: 'a', decision: 'deny' }])).toEqual([]);
});

describe('the bundled examples', () => {
  test('of commands are simple commands', () => {
    const everything = only(list('command', 'allow'));
    for (const command of samplesFor('command', [])) {
      expect([command, splitCommand(command)]).toEqual([
        command,
        { parts: [expect.objectContaining({ text: command, assignments: '' })], writes: [] },
      ]);
      expect([command, inDomain('command', command)]).toEqual([command, true]);
      expect(decideCommand(everything, command).decision).toBe('allow');
      expect(squeezeBlanks(command)).toBe(command);
    }
  });

  test('of paths and URLs are in their domains', () => {
    for (const domain of ['path', 'outside-path', 'url'] as const)
      for (const sample of samplesFor(domain, [])) expect([sample, inDomain(domain, sample)]).toEqual([sample, true]);
    for (const path of [...samplesFor('path', []), ...samplesFor('outside-path', [])])
      expect(normalizePath(path)).toBe(path);
  });

  test('and what is not a simple command is not in their domain', () => {
    const lines = [
      'A=1 x',
      'a;b',
      'a > b',
      'a  b',
      ' a',
      'a ',
      'a\nb',
      '$x',
      'echo $(x)',
      'echo "$(x)"',
      'echo `x`',
      'sh -c x',
      '/bin/bash -lc x',
      'eval x',
      'if x',
      '! x',
      'a "b',
      '',
      'a #b',
      '{ a',
      '[[ a ]]',
    ];
    for (const line of lines) expect([line, inDomain('command', line)]).toEqual([line, false]);
    const fine = [
      'sh run.sh',
      'shc -c x',
      'a b#c',
      'echo "$x"',
      'echo $x',
      "git log --format='%h;%s'",
      'grep foo$',
      '[ -f a ]',
      'a\\ b c',
      'x=y-z'.replace('=', '-'),
    ];
    for (const line of fine) expect([line, inDomain('command', line)]).toEqual([line, true]);
    for (const path of ['a/../b', './a', '/a', '~/a', '', 'a//b', 'a/', '..', 'C:/a'])
      expect([path, inDomain('path', path)]).toEqual([path, false]);
    for (const path of ['a', '../', 'b/c']) expect([path, inDomain('outside-path', path)]).toEqual([path, false]);
  });
});

/** Whether an argument is in a domain: a policy that allows only it has then something to allow. */
function inDomain(domain: Domain, argument: string): boolean {
  const source = argument.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const policy = only(list('regexp', 'deny', ['allow', `^${source}$`]));
  expect(decide(policy, argument).decision).toBe('allow');
  return findCall(policy, { decisions: ['allow'], domain }) !== 'none';
}

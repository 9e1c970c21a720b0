import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freshPatience, type Use, useOf } from '../../src/analysis/rule-use.ts';
import { compare } from '../../src/pattern/compare.ts';
import type { Domain } from '../../src/pattern/domain.ts';
import { liveness } from '../../src/pattern/liveness.ts';
import type { Decision, Dialect, PatternRule } from '../../src/pattern/policy.ts';
import { TOOLS, type Tool } from '../../src/team/tools.ts';

const SOAK = Number(process.env['TEAMC_SOAK'] ?? 1);

/** Rules from texts such as `deny git *`, read as the calls of a tool. */
function rulesOf(tool: Tool, texts: readonly string[]): readonly PatternRule[] {
  return texts.map((text) => {
    const [decision, ...words] = text.split(' ');
    return { dialect: TOOLS[tool], decision: decision as Decision, pattern: words.join(' ') };
  });
}

function useIn(tool: Tool, texts: readonly string[], at: number, patience = freshPatience()): Use {
  return useOf(rulesOf(tool, texts), at, 'ask', tool, patience);
}

/** Rules whose automaton is too large to be searched, on the names of tools. */
function intricate(mark: string): readonly string[] {
  return Array.from({ length: 20 }, (_, at) => {
    const [small, large] = [String.fromCharCode(97 + at), String.fromCharCode(65 + at)];
    return `${at % 2 === 0 ? 'allow' : 'deny'} *${small}*${large}*${mark}${at}`;
  });
}

/** What the automata say of a rule in the whole list; nothing where it matches nothing. */
function exactly(rules: readonly PatternRule[], at: number, domains: readonly Domain[]) {
  const found = domains.map((domain) => liveness({ rules, otherwise: 'ask' }, domain)[at]!.status);
  return (['live', 'redundant', 'dead'] as const).find((status) => found.includes(status));
}

/** Whether anything is decided otherwise without a rule. */
function changes(rules: readonly PatternRule[], at: number, domains: readonly Domain[]): boolean {
  const [all, without] = [rules, rules.filter((_, other) => other !== at)].map((some) => ({
    lists: [{ rules: some, otherwise: 'ask' as const }],
  }));
  return domains.some((domain) => compare(all!, without!, { domain }).verdict !== 'equal');
}

/** The rules that are named for an idle one stand above it and decide all that it matches, or stand under it and say the same. */
function expectOthers(found: Use, rules: readonly PatternRule[], at: number, domains: readonly Domain[]): void {
  if (found.status === 'dead') {
    expect(found.others.filter((other) => other <= at)).toEqual([]);
    const those = [rules[at]!, ...found.others.map((other) => rules[other]!)];
    expect(['dead', undefined]).toContain(exactly(those, 0, domains));
  }
  if (found.status === 'redundant') {
    expect(found.others.filter((other) => other >= at || rules[other]!.decision !== rules[at]!.decision)).toEqual([]);
    if (found.others.length === 0) expect(rules[at]!.decision).toBe('ask');
  }
}

describe('A permission rule', () => {
  test.each<[string, Tool, readonly string[], number, Use]>([
    ['decides what no other does', 'shell', ['deny *', 'allow git *'], 1, { status: 'live' }],
    [
      'is taken back by a later one for all',
      'shell',
      ['allow git *', 'deny npm *', 'deny *'],
      0,
      { status: 'dead', others: [2] },
    ],
    ['is taken back twice', 'shell', ['allow git *', 'deny git *', 'ask *'], 0, { status: 'dead', others: [2] }],
    [
      'of one command is decided by the last',
      'shell',
      ['allow git push', 'ask git push *', 'deny git *'],
      0,
      { status: 'dead', others: [2] },
    ],
    ['is what the default is', 'shell', ['ask git *'], 0, { status: 'redundant', others: [] }],
    [
      'says what a wider one says',
      'shell',
      ['deny *', 'allow git *', 'allow git push *'],
      2,
      { status: 'redundant', others: [1] },
    ],
    [
      'says what all of it said before',
      'shell',
      ['deny git *', 'deny git push *', 'deny git push --force'],
      2,
      { status: 'redundant', others: [1] },
    ],
    [
      'says it again behind others that touch it',
      'shell',
      ['ask git *', 'ask git *x', 'ask git *y'],
      2,
      { status: 'redundant', others: [0] },
    ],
    [
      'of one path says what its folder says',
      'edit',
      ['allow src/**', 'allow src/a.ts'],
      1,
      { status: 'redundant', others: [0] },
    ],
    [
      'of one path is taken by its folder',
      'edit',
      ['allow src/a.ts', 'deny src/**'],
      0,
      { status: 'dead', others: [1] },
    ],
    [
      'is covered by two together',
      'edit',
      ['allow src/*.ts', 'deny src/**/*.ts', 'ask src/**'],
      0,
      { status: 'dead', others: [2] },
    ],
  ])('that %s', (_, tool, texts, at, expected) => {
    expect(useIn(tool, texts, at)).toEqual(expected);
  });

  test('that the letters alone do not place is placed by the automata, with the rules that count', () => {
    expect(useIn('edit', ['deny docs/**', 'allow **/a?.ts', 'deny **/*.ts', 'ask **'], 1)).toEqual({
      status: 'dead',
      others: [3],
    });
    expect(useIn('edit', ['deny docs/**', 'allow **/a?.ts', 'deny **/*.ts'], 1)).toEqual({
      status: 'dead',
      others: [2],
    });
    expect(useIn('edit', ['deny docs/x', 'deny **/*.ts', 'deny **/a?.ts'], 2)).toEqual({
      status: 'redundant',
      others: [1],
    });
    expect(useIn('fetch', ['deny https://docs.example/**x'], 0)).toEqual({ status: 'live' });
    expect(useIn('edit', ['allow a/../../..'], 0)).toEqual({ status: 'unmatched' });
  });

  test('among rules too intricate to be searched is undecided, ten times for a team and then at once', () => {
    const patience = freshPatience();
    expect(patience).toEqual({ left: 10 });
    const rules = ['allow *q*Q*', ...intricate('x'), 'deny *q*', 'deny *Q?*'];
    expect(useIn('mcp', rules, 0, patience)).toEqual({ status: 'undecided' });
    expect(patience).toEqual({ left: 9 });
    expect(useIn('mcp', rules, 0, patience)).toEqual({ status: 'undecided' });
    expect(patience).toEqual({ left: 9 });
    expect(useIn('mcp', ['deny *z', 'deny *y*z', 'deny *?z'], 2, { left: 1 })).toEqual({
      status: 'redundant',
      others: [0],
    });
    expect(useIn('mcp', ['deny *v', 'deny *y*v', 'deny *?v'], 2, { left: 0 })).toEqual({ status: 'undecided' });
  });

  const pools: Readonly<Record<string, readonly string[]>> = {
    shell: [
      '*',
      'git *',
      'git',
      'git push *',
      'git push',
      'git p*',
      'g*',
      '*push*',
      'git *--force*',
      'npm *',
      'n?m *',
      'git push --force',
    ],
    edit: ['*', '**', 'a/**', 'a', 'a/*', 'a/b', '**/b', 'a/**/b', 'a?', '/a', '~/a/**', '*/b', 'a/b*'],
    mcp: ['*', 'a', 'a/*', 'a*', '*b', 'a?', 'ab', 'a*b*', '*b*', 'a/b*'],
  };

  test.each(Object.entries(pools))('for %s is idle by the rules that are named for it', (tool, patterns) => {
    const named = TOOLS[tool as Tool];
    const domains: readonly Domain[] = named === 'path' ? ['path', 'outside-path'] : [named];
    const anyRule = fc.record({
      dialect: fc.constant<Dialect>(named),
      pattern: fc.constantFrom(...patterns),
      decision: fc.constantFrom<Decision>('allow', 'ask', 'deny'),
    });
    const seen = { live: 0, dead: 0, redundant: 0, unmatched: 0, undecided: 0 };
    fc.assert(
      fc.property(fc.array(anyRule, { minLength: 1, maxLength: 6 }), fc.nat(), (rules, pick) => {
        const at = pick % rules.length;
        const found = useOf(rules, at, 'ask', tool as Tool, freshPatience());
        seen[found.status]++;
        const status = exactly(rules, at, domains);
        expect(status === 'live').toBe(changes(rules, at, domains));
        if (status) expect([found, found.status]).toEqual([found, status]);
        expectOthers(found, rules, at, domains);
      }),
      { numRuns: 200 * SOAK },
    );
    expect(Math.min(seen.live, seen.dead, seen.redundant)).toBeGreaterThan(10 * SOAK);
    expect(seen.undecided).toBe(0);
  });
});

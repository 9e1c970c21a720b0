import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPlainlyPermitted, permittedCalls } from '../../src/analysis/permitted.ts';
import { decide, matches } from '../../src/pattern/decide.ts';
import { findCall } from '../../src/pattern/find.ts';
import type { PatternRule } from '../../src/pattern/policy.ts';
import { policyOf, type ToolPolicy } from '../../src/team/policy.ts';
import { TOOLS, type Tool } from '../../src/team/tools.ts';
import { loadText } from '../memory.ts';

const SOAK = Number(process.env['TEAMC_SOAK'] ?? 1);

/** What a role may do with a tool by rules such as `deny src/**`. */
function policy(tool: Tool, ...rules: readonly string[]): ToolPolicy {
  const said = rules.map((rule) => {
    const [decision, ...pattern] = rule.split(' ');
    return { [decision!]: pattern.join(' ') };
  });
  const role = { description: 'Works.', tools: [tool], permissions: [{ [tool]: said }] };
  const { team } = loadText(JSON.stringify({ teamc: 1, name: 'shop', roles: { dev: role } }));
  return policyOf(team.roles.get('dev')!, tool);
}

/** The same with one more list, of a rule that no automaton can read. */
function odd(one: ToolPolicy): ToolPolicy {
  const rule: PatternRule = { dialect: 'regexp', pattern: '(?=a)', decision: 'deny' };
  return { ...one, lists: [...one.lists, { rules: [rule], otherwise: 'allow' }] };
}

describe('A call that a role may make', () => {
  const find = permittedCalls();

  test('is found with what the role may do, also where people are asked, and none where all is denied', () => {
    const shell = policy('shell', 'deny *', 'allow npm *', 'ask terraform *');
    expect(find(shell, 'npm test')).toEqual({ witness: 'npm test', decision: 'allow' });
    expect(find(shell, 'terraform *')).toMatchObject({ decision: 'ask' });
    expect(find(shell, 'git *')).toBe('none');
    expect(find(policy('shell', 'deny git p*'), 'git push *')).toBe('none');
  });

  test('may lie out of the project, where the pattern is for all or says so', () => {
    const outside = policy('edit', 'deny *', 'allow /etc/app/*');
    expect(find(outside, '*')).toMatchObject({ witness: expect.stringMatching(/^\/etc\/app\//), decision: 'allow' });
    expect(find(outside, '/etc/**')).toMatchObject({ witness: expect.stringMatching(/^\/etc\/app\//) });
    expect(find(outside, 'etc/**')).toBe('none');
    const home = policy('read', 'deny *', 'ask ~/notes/*');
    expect(find(home, '~/**')).toMatchObject({ witness: expect.stringMatching(/^~\/notes\//), decision: 'ask' });
  });

  test('is undecided, and not none, where a pattern has no automaton or the automata grow too large', () => {
    expect(find(odd(policy('shell', 'allow git *')), 'git *')).toBe('undecided');
    const many = Array.from({ length: 20 }, (_, at) => {
      const [small, large] = [String.fromCharCode(97 + at), String.fromCharCode(65 + at)];
      return `allow *${small}*${large}*x${at}`;
    });
    expect(find(policy('mcp', 'deny *', ...many, 'deny *x*'), '*')).toBe('undecided');
  });
});

describe('That a role may do something', () => {
  test.each([
    ['a file is named that no rule denies', 'edit', ['deny lib/**'], 'src/app.ts'],
    ['a folder is named that no rule denies', 'edit', ['deny lib/**'], 'src/**'],
    ['a file in a folder is allowed', 'edit', ['deny **', 'allow src/*'], 'src/**'],
    ['a rule spells out a command of the pattern', 'shell', ['deny *', 'ask git push *'], 'git *'],
    ['only one of two rules is taken back', 'shell', ['deny *', 'allow git *', 'allow npm *', 'deny git *'], '*'],
    ['an address is allowed', 'fetch', ['deny *', 'allow https://docs.example/*'], 'https://docs.example/*'],
  ] as const)('is seen at once where %s', (_, tool, rules, pattern) => {
    expect(isPlainlyPermitted(policy(tool, ...rules), pattern)).toBe(true);
  });

  test.each([
    ['all is denied', 'edit', ['deny *'], 'src/**'],
    ['what is allowed is denied again', 'shell', ['allow git *', 'deny git *'], 'git *'],
    ['what is allowed lies elsewhere', 'edit', ['deny **', 'allow docs/**'], 'src/**'],
    ['what a rule spells out is denied', 'shell', ['deny git*'], 'git *'],
  ] as const)('is not seen where %s', (_, tool, rules, pattern) => {
    expect(isPlainlyPermitted(policy(tool, ...rules), pattern)).toBe(false);
    expect(permittedCalls()(policy(tool, ...rules), pattern)).toBe('none');
  });

  test('is not seen by rules that no automaton can read, and nothing breaks', () => {
    expect(isPlainlyPermitted(odd(policy('edit', 'allow src/**')), 'src/**')).toBe(false);
    expect(isPlainlyPermitted(odd(policy('shell', 'allow git *')), 'git *')).toBe(false);
  });

  test.each([
    ['shell', ['command'], ['*', 'git *', 'git push *', 'git push', 'npm test', 'n?m *', '*--force*', 'git *x']],
    [
      'edit',
      ['path', 'outside-path'],
      ['*', '**', 'src/**', 'src/*', 'src/a.ts', './src/*', 'src/../b', '/etc/*', '~/x', '**/a.ts', '.env', 'a?'],
    ],
  ] as const)('and a call is found, only where the automata find one for %s', (tool, domains, patterns) => {
    const seen = { plainly: 0, found: 0, none: 0 };
    const pattern = fc.constantFrom(...patterns);
    const rule = fc.tuple(fc.constantFrom('allow', 'ask', 'deny'), pattern).map((words) => words.join(' '));
    const within = (asked: string) => [{ dialect: TOOLS[tool], pattern: asked }];
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), pattern, (rules, asked) => {
        const asks = policy(tool, ...rules);
        const exact = domains.map((domain) =>
          findCall(asks, { within: within(asked), decisions: ['allow', 'ask'], domain }),
        );
        const found = permittedCalls()(asks, asked);
        expect(found === 'none').toBe(exact.every((one) => one === 'none'));
        seen[found === 'none' ? 'none' : 'found']++;
        const plainly = isPlainlyPermitted(asks, asked);
        if (plainly) seen.plainly++;
        expect(plainly && found === 'none').toBe(false);
        if (typeof found !== 'object') return;
        expect(matches(TOOLS[tool], asked, found.witness)).toBe(true);
        expect(decide(asks, found.witness).decision).toBe(found.decision);
      }),
      { numRuns: 150 * SOAK },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(5 * SOAK);
  });
});

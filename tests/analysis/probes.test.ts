import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { domainsOf, exampleOf, fullPurse, insideOf, type Probe, search } from '../../src/analysis/probe-search.ts';
import { type Found, probesOf } from '../../src/analysis/probes.ts';
import { decide } from '../../src/pattern/decide.ts';
import { findCall } from '../../src/pattern/find.ts';
import type { Decision, PatternRule, Policy } from '../../src/pattern/policy.ts';
import { policyOf } from '../../src/team/policy.ts';
import { TOOLS, type Tool } from '../../src/team/tools.ts';
import { loadText } from '../memory.ts';

const SOAK = Number(process.env['TEAMC_SOAK'] ?? 1);

/** Rules from texts such as `deny git *`, read as the calls of a tool. */
function rulesOf(tool: Tool, texts: readonly string[]): readonly PatternRule[] {
  return texts.map((text) => {
    const [decision, ...words] = text.split(' ');
    return { dialect: TOOLS[tool], decision: decision as Decision, pattern: words.join(' ') };
  });
}

function policyBy(tool: Tool, ...texts: readonly string[]): Policy {
  return { lists: [{ rules: rulesOf(tool, texts), otherwise: 'ask' }] };
}

/** Patterns that make a large automaton together, all of which begin and end in the same way. */
function intricate(count: number, begin = '', end = 'x'): readonly string[] {
  return Array.from({ length: count }, (_, at) => {
    const [small, large] = [String.fromCharCode(97 + at), String.fromCharCode(65 + at)];
    return `${begin}*${small}*${large}*${end}${at}`;
  });
}

/** A team whose roles have one tool, each with rules of its own. */
function rolesOf(tool: string, rules: Readonly<Record<string, readonly string[]>>) {
  const [name] = tool.split(':') as [Tool];
  const roles = Object.entries(rules).map(([id, texts]) => {
    const said = rulesOf(name, texts).map(({ decision, pattern }) => ({ [decision]: pattern }));
    return [id, { description: 'Works.', tools: [tool], permissions: [{ [name]: said }] }];
  });
  return [
    ...loadText(JSON.stringify({ teamc: 1, name: 'shop', roles: Object.fromEntries(roles) })).team.roles.values(),
  ];
}

describe('A question about calls', () => {
  test('is about those inside its pattern, and outside of what is left out', () => {
    expect(insideOf({ tool: 'shell', pattern: 'git *' })).toEqual({
      rules: rulesOf('shell', ['allow git *']),
      otherwise: 'deny',
    });
    expect(insideOf({ tool: 'edit', pattern: '**', except: ['docs/**'] })).toEqual({
      rules: rulesOf('edit', ['allow **', 'deny docs/**']),
      otherwise: 'deny',
    });
  });

  test('is about paths out of the project where its pattern is for all or begins there', () => {
    const domains = (pattern: string) => domainsOf({ tool: 'edit', pattern });
    expect(domains('*')).toEqual(['path', 'outside-path']);
    for (const pattern of ['/etc/**', '~/notes', '~', 'C:/x', 'c:x'])
      expect(domains(pattern)).toEqual(['outside-path']);
    for (const pattern of ['**', 'src/**', '~notes/**', 'src/~/a', 'a/C:/x', '1:/a'])
      expect(domains(pattern)).toEqual(['path']);
    expect(domainsOf({ tool: 'shell', pattern: '*' })).toEqual(['command']);
    expect(domainsOf({ tool: 'mcp', pattern: '/x' })).toEqual(['name']);
  });

  test('has an example, none, or is too intricate for either', () => {
    const purse = fullPurse();
    expect(exampleOf({ tool: 'shell', pattern: 'git *' }, purse)).toMatch(/^git/);
    expect(exampleOf({ tool: 'edit', pattern: '*', except: ['**'] }, purse)).toMatch(/^[~/]/);
    expect(exampleOf({ tool: 'shell', pattern: 'git *', except: ['git*'] }, purse)).toBe('none');
    expect(purse).toEqual(fullPurse());
    expect(exampleOf({ tool: 'shell', pattern: 'git *' }, { left: 0 })).toBe('undecided');
    expect(exampleOf({ tool: 'edit', pattern: '*' }, { left: 0 })).toBe('undecided');
  });
});

/** The first of some decisions that rules give to any call in question. */
function strongest(lists: Policy['lists'], probe: Probe, decisions: readonly ('allow' | 'ask')[]) {
  const policy = { lists: [...lists, insideOf(probe)] };
  const exists = (decision: Decision) =>
    domainsOf(probe).some((domain) => findCall(policy, { decisions: [decision], domain }) !== 'none');
  return decisions.find(exists) ?? 'none';
}

function expectFound(found: Found, expected: string, lists: Policy['lists'], probe: Probe): void {
  expect(typeof found === 'object' ? found.decision : found).toBe(expected);
  if (typeof found !== 'object') return;
  expect(decide({ lists: [insideOf(probe)] }, found.witness).decision).toBe('allow');
  expect(decide({ lists }, found.witness).decision).toBe(expected);
}

describe('What roles may do inside a pattern', () => {
  const patterns = {
    shell: ['*', 'git *', 'git push *', 'git push', 'git p*', 'g*', '*push*', 'git *--force*', 'npm *', 'n?m *'],
    edit: ['*', '**', 'a/**', 'a', 'a/*', 'a/b', '**/b', 'a/**/b', 'a?', '/a', '~/a/**', '/**'],
    mcp: ['*', 'a/*', 'a/b', 'b/*', 'b/a*', '*/a', '*/*b*'],
  } as const;

  test.each(Object.keys(patterns) as (keyof typeof patterns)[])('with %s is what the automata find there', (tool) => {
    const pattern = fc.constantFrom(...patterns[tool]);
    const rule = fc.tuple(fc.constantFrom('allow', 'ask', 'deny'), pattern).map((words) => words.join(' '));
    const asked = fc.record({ pattern, except: fc.array(pattern, { maxLength: 2 }) });
    const seen = { allow: 0, ask: 0, none: 0 };
    const rules = fc.array(fc.array(rule, { maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rules, asked, fc.boolean(), (all, calls, unasked) => {
        const roles = rolesOf(tool, Object.fromEntries(all.map((texts, at) => [`r${at}`, texts])));
        const probe: Probe = { tool, ...calls };
        const probes = probesOf();
        const answers = [unasked, !unasked].map((one) => [one, probes.answers(roles, probe, one)] as const);
        expect(probes.example(probe) === 'none').toBe(strongest([], probe, ['allow']) === 'none');
        for (const role of roles)
          for (const [one, answer] of answers) {
            const { lists } = policyOf(role, tool);
            const expected = strongest(lists, probe, one ? ['allow'] : ['allow', 'ask']);
            seen[expected]++;
            expectFound(answer(role), expected, lists, probe);
          }
      }),
      { numRuns: 100 * SOAK },
    );
    expect(Math.min(seen.allow, seen.ask, seen.none)).toBeGreaterThan(40 * SOAK);
  });

  test('is nothing where the pattern leaves nothing, even for who may do all', () => {
    const roles = rolesOf('shell', { dev: ['allow *'], ops: [] });
    const answer = probesOf().answers(roles, { tool: 'shell', pattern: 'git *', except: ['git*'] }, false);
    expect(roles.map(answer)).toEqual(['none', 'none']);
  });

  test('is seen at once where what makes it intricate is denied later, or is not theirs', () => {
    const hidden = ['deny *', ...intricate(20, 'q').map((one) => `allow ${one}`), 'deny q*'];
    const lacking = intricate(20).map((one) => `allow ${one}`);
    const [later] = rolesOf('web-search', { dev: hidden });
    const [part] = rolesOf('web-search:git *', { dev: lacking });
    const probes = probesOf();
    expect(probes.answers([later!], { tool: 'web-search', pattern: '*z' }, false)(later!)).toBe('none');
    expect(probes.answers([part!], { tool: 'web-search', pattern: 'npm *' }, false)(part!)).toBe('none');
  });
});

describe('Searching what policies say inside a pattern', () => {
  test('is done one by one where together they are too intricate', () => {
    const parts = [0, 1, 2, 3].map((part) => intricate(20).slice(5 * part, 5 * part + 5));
    const policies = parts.map((rules) => policyBy('mcp', 'deny *', ...rules.map((one) => `allow ${one}`)));
    const purse = fullPurse();
    const answers = search(policies, { tool: 'mcp', pattern: '*' }, purse);
    expect(purse).toEqual({ left: 15_000_000 });
    for (const [at, answer] of answers.entries()) {
      expect(Object.keys(answer)).toEqual(['allow']);
      expect(decide(policies[at]!, answer.allow!).decision).toBe('allow');
    }
  });

  test('ends undecided, and at last without a try, where each is too intricate', () => {
    const policy = policyBy('mcp', 'deny *', ...intricate(20).map((one) => `allow ${one}`), 'deny *x*');
    const purse = { left: 6_000_000 };
    expect(search([policy], { tool: 'mcp', pattern: '*' }, purse)).toEqual([{ undecided: true }]);
    expect(purse).toEqual({ left: 0 });
    expect(search([policyBy('mcp', 'allow *')], { tool: 'mcp', pattern: '*' }, purse)).toEqual([{ undecided: true }]);
  });

  test('gives an argument for each decision, of paths one inside the project before one outside', () => {
    const [answer] = search(
      [policyBy('edit', 'deny **', 'allow src/**', 'allow /etc/*')],
      { tool: 'edit', pattern: '*' },
      fullPurse(),
    );
    expect(answer!.allow).toMatch(/^src\//);
    expect(answer!.ask).toMatch(/^[~/]/);
    expect(decide(policyBy('edit', 'deny **', 'allow src/**'), answer!.deny!).decision).toBe('deny');
  });
});

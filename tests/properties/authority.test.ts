import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Authority } from '../../src/analysis/authority.ts';
import { doersOf } from '../../src/analysis/claims.ts';
import { analyze } from '../../src/analysis/facts.ts';
import { overlap } from '../../src/analysis/overlap.ts';
import { freshPatience, useOf } from '../../src/analysis/rule-use.ts';
import { decide, matches } from '../../src/pattern/decide.ts';
import type { Domain } from '../../src/pattern/domain.ts';
import { findCall } from '../../src/pattern/find.ts';
import { liveness } from '../../src/pattern/liveness.ts';
import type { Decision, PatternRule } from '../../src/pattern/policy.ts';
import { policyOf } from '../../src/team/policy.ts';
import type { Role, Team } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';

const decision = fc.constantFrom<Decision>('allow', 'ask', 'deny');
const commands = fc.constantFrom(
  ...['*', 'git *', 'git', 'git*', 'git push *', 'git push', 'git p*', 'gitk', 'npm test *', 'npm *', 'n?m *', '* x'],
  ...[
    'git  push *',
    'git *--force*',
    'git push *--force*',
    'npm',
    'g*',
    'git push --force',
    "git 'push' *",
    'git ',
    'git p?sh *',
  ],
  ...[
    'git *push*',
    'git *s*-f*',
    'git *sh*',
    'git log *',
    'npm *te*st*',
    'npm *',
    'git *log*',
    'git log',
    'g*ush*',
    '*push*',
  ],
);
const paths = fc.constantFrom(
  ...[
    '*',
    '**',
    'a/**',
    'a',
    'a/*',
    'a/b',
    './a/b',
    'a/../b',
    'b/**',
    '**/b',
    'a/**/b',
    'ab',
    'a?',
    '/a',
    '~/a',
    '.a/**',
    'a/',
  ],
  ...['a/b/**', 'a/b*', '.env', '**/.env', 'a/.env', '~/a/**', '/a/**', 'C:/a', '.', '..', '../a'],
);
const names = fc.constantFrom('*', 'a', 'a/*', 'a/b', 'a*', '*b', 'a?', 'ab', 'a*b*', '*b*', 'a/b*');
const urls = fc.constantFrom(
  '*',
  'https://a.b/*',
  'https://*.b/*',
  'https://a.b/c',
  'https://a.b/c*',
  'https://a*',
  'http://c.d/*',
  'https://c.d/e',
);

const kinds = [
  ['command', commands, ['command']],
  ['path', paths, ['path', 'outside-path']],
  ['name', names, ['name']],
  ['url', urls, ['url']],
] as const;

test.each(kinds)('what the letters of two %s patterns show holds for the automata', (dialect, patterns, domains) => {
  const shown = { covers: 0, apart: 0, unclear: 0 };
  fc.assert(
    fc.property(patterns, patterns, (pattern, other) => {
      const found = overlap(dialect, pattern, other);
      shown[found]++;
      if (found === 'unclear') return;
      const rule: PatternRule = { dialect, pattern, decision: found === 'covers' ? 'deny' : 'allow' };
      const otherwise = found === 'covers' ? 'allow' : 'deny';
      for (const domain of domains as readonly Domain[])
        expect(
          findCall(
            { lists: [{ rules: [rule], otherwise }] },
            { within: [{ dialect, pattern: other }], decisions: ['allow'], domain },
          ),
        ).toBe('none');
    }),
    { numRuns: 1500 },
  );
  expect(Math.min(shown.covers, shown.apart)).toBeGreaterThan(20);
});

test.each([
  ['shell', 'command', commands, ['command']],
  ['edit', 'path', paths, ['path', 'outside-path']],
] as const)(
  'what a rule of %s is good for is what the automata say of the whole list',
  (tool, dialect, patterns, domains) => {
    const rule = fc.record({ dialect: fc.constant(dialect), pattern: patterns, decision });
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 6 }), (rules) => {
        const states = domains.map((domain) => liveness({ rules, otherwise: 'ask' }, domain));
        for (const at of rules.keys()) {
          const exact = states.map((state) => state[at]!);
          const found = useOf(rules, at, 'ask', tool, freshPatience());
          const statuses = exact.map(({ status }) => status);
          if (statuses.includes('live')) expect(found.status).toBe('live');
          else if (statuses.includes('redundant')) expect(found.status).toBe('redundant');
          else expect(['dead', 'unmatched', 'redundant']).toContain(found.status);
        }
      }),
      { numRuns: 300 },
    );
  },
);

test('what a role may do inside a pattern is what the automata find there', () => {
  const seen = { none: 0, allow: 0, ask: 0 };
  const rules = fc.array(fc.tuple(decision, commands), { maxLength: 6 });
  fc.assert(
    fc.property(rules, commands, fc.boolean(), (list, pattern, unasked) => {
      const given = list.map(([what, rule]) => `{ ${what}: ${JSON.stringify(rule)} }`).join(', ');
      const { team } = loadText(
        `teamc: 1\nname: t\nroles:\n  r:\n    description: x\n    tools: [shell]\n    permissions: [{ shell: [${given}] }]\n`,
      );
      const role = team.roles.get('r')!;
      const found = analyze(team).authority.own([role], { tool: 'shell', pattern }, unasked)(role);
      const policy = policyOf(role, 'shell');
      const wanted: readonly Decision[] = unasked ? ['allow'] : ['allow', 'ask'];
      const exact = findCall(policy, {
        within: [{ dialect: 'command', pattern }],
        decisions: wanted,
        domain: 'command',
      });
      seen[typeof found === 'object' ? found.decision : 'none']++;
      expect(typeof found).toBe(typeof exact);
      if (typeof found !== 'object') return;
      expect(matches('command', pattern, found.witness)).toBe(true);
      expect(decide(policy, found.witness).decision).toBe(found.decision);
      expect(
        findCall(policy, {
          within: [{ dialect: 'command', pattern: found.witness }],
          decisions: wanted,
          domain: 'command',
        }),
      ).not.toBe('none');
    }),
    { numRuns: 600 },
  );
  expect(Math.min(seen.none, seen.allow, seen.ask)).toBeGreaterThan(40);
});

/** Arguments that tell the patterns below apart. */
const ARGUMENTS = [
  'git',
  'git push',
  'git push --force',
  'git log',
  'gitk',
  'npm',
  'npm test',
  'npm test x',
  'ls',
  'num x',
];
const some = fc.constantFrom('*', 'git *', 'git push *', 'npm *', 'npm test *', 'git*', 'git *--force*');
const sample = fc.record({
  roles: fc.array(
    fc.record({
      tools: fc.constantFrom('[]', '[shell]', '[shell, switch-role]', '["shell:git *"]'),
      rules: fc.array(fc.tuple(decision, some), { maxLength: 3 }),
      switching: fc.option(fc.tuple(decision, fc.constantFrom('*', 'r0', 'r1', 'r2')), { nil: undefined }),
      edges: fc.array(fc.record({ to: fc.nat(4), approval: fc.constantFrom('', 'boss', 'vendor') }), { maxLength: 2 }),
      delegating: fc.option(fc.tuple(decision, fc.constantFrom('*', 'r1', 'r3')), { nil: undefined }),
    }),
    { minLength: 2, maxLength: 5 },
  ),
  claim: fc.record({
    kind: fc.constantFrom('may', 'reaches'),
    pattern: some,
    unasked: fc.boolean(),
    except: fc.option(fc.nat(4), { nil: undefined }),
  }),
});
type Sample = typeof sample extends fc.Arbitrary<infer T> ? T : never;

function teamOf({ roles, claim }: Sample): Team {
  const lines = ['teamc: 1', 'name: t', 'people: { boss: { description: x }, vendor: { human: false } }', 'roles:'];
  for (const [at, { tools, rules, switching, edges, delegating }] of roles.entries()) {
    lines.push(`  r${at}:`, '    description: x', `    tools: ${tools}`, '    permissions:');
    lines.push(`      - shell: [${rules.map(([what, pattern]) => `{ ${what}: "${pattern}" }`).join(', ')}]`);
    if (switching) lines.push(`      - switch-role: [{ ${switching[0]}: "${switching[1]}" }]`);
    if (delegating) lines.push(`      - delegate: [{ ${delegating[0]}: "${delegating[1]}" }]`);
    const items = edges.map(
      ({ to, approval }) => `{ role: r${to % roles.length}, for: x${approval && `, approval: ${approval}`} }`,
    );
    lines.push(`    delegates-to: [${items.join(', ')}]`);
  }
  const { kind, pattern, unasked, except } = claim;
  const left = except === undefined ? '' : `, except: r${except % roles.length}`;
  const without = unasked ? ', without: approval' : '';
  lines.push('assertions:', `  - { never: { role: "*"${left}, ${kind}: { shell: "${pattern}" }${without} } }`);
  return loadText(lines.join('\n')).team;
}

/** Who may act for a role, step by step and by the words of the language. */
function walk(team: Team, from: Role, unasked: boolean): ReadonlySet<Role> {
  const fine = (said: Decision): boolean => said === 'allow' || (said === 'ask' && !unasked);
  const seen = new Set([from]);
  for (const role of seen) {
    for (const to of team.roles.values()) {
      const switched = role.grants.some(({ tool }) => tool === 'switch-role')
        ? decide(policyOf(role, 'switch-role'), to.id).decision
        : 'deny';
      const edges = role.edges.filter((edge) =>
        edge.to.some((reference) => reference.kind === 'role' && reference.role === to),
      );
      const free = edges.some(({ approval }) => approval?.kind !== 'person' || !approval.person.human);
      const ruled = decide({ lists: policyOf(role, 'delegate').lists.slice(1) }, to.id).decision;
      const delegated = edges.length > 0 && fine(ruled) && (free || !unasked);
      if (fine(switched) || delegated) seen.add(to);
    }
  }
  return seen;
}

test('reached authority is what a naive walk finds', () => {
  let paths = 0;
  fc.assert(
    fc.property(sample, fc.boolean(), (given, unasked) => {
      const team = teamOf(given);
      const { authority } = analyze(team);
      for (const role of team.roles.values()) {
        const walked = walk(team, role, unasked);
        expect(new Set(authority.actors(role, unasked))).toEqual(walked);
        for (const to of team.roles.values()) {
          const path = authority.path(role, to, unasked);
          expect(path !== undefined).toBe(walked.has(to));
          if (path && path.length > 1) paths++;
          checkPath(path ?? [], role, to, unasked);
        }
      }
    }),
    { numRuns: 300 },
  );
  expect(paths).toBeGreaterThan(100);
});

function checkPath(path: NonNullable<ReturnType<Authority['path']>>, from: Role, to: Role, unasked: boolean): void {
  if (path.length === 0) return;
  expect(path[0]!.from).toBe(from);
  expect(path.at(-1)!.to).toBe(to);
  for (const [at, step] of path.entries()) {
    if (at > 0) expect(step.from).toBe(path[at - 1]!.to);
    if (unasked) expect(step.asked).toBe(false);
  }
}

test('an assertion is refuted where a call breaks it, and only there', () => {
  const seen = { refuted: 0, proved: 0 };
  fc.assert(
    fc.property(sample, (given) => {
      const team = teamOf(given);
      const { roles, authority } = analyze(team);
      const [assertion] = team.assertions;
      if (assertion?.kind !== 'never') throw new Error('the assertion was not read');
      const { claim } = assertion;
      const { doers, undecided } = doersOf(claim, roles, authority);
      expect(undecided).toEqual([]);
      const [{ pattern, reached }] = claim.calls as [(typeof claim.calls)[number]];
      const may = (role: Role, argument: string): boolean => {
        const said = decide(policyOf(role, 'shell'), argument).decision;
        return said === 'allow' || (said === 'ask' && !claim.unasked);
      };
      const expected = roles.filter(
        (role) =>
          !claim.except.includes(role) &&
          [...(reached ? walk(team, role, claim.unasked) : [role])].some((actor) =>
            ARGUMENTS.some((argument) => matches('command', pattern, argument) && may(actor, argument)),
          ),
      );
      for (const { role, reach } of doers) {
        expect(matches('command', pattern, reach.call.witness)).toBe(true);
        expect(may(reach.by, reach.call.witness)).toBe(true);
        checkPath(reach.path, role, reach.by, claim.unasked);
      }
      // A made-up argument may be needed, so what was found may be more than what the examples show; each was checked above.
      for (const role of expected) expect(doers.map((doer) => doer.role)).toContain(role);
      seen[doers.length > 0 ? 'refuted' : 'proved']++;
    }),
    { numRuns: 300 },
  );
  expect(Math.min(seen.refuted, seen.proved)).toBeGreaterThan(20);
});

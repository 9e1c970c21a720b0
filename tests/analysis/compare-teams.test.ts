import { describe, expect, test } from 'vitest';
import { compareTeams, isLooser, type Side } from '../../src/analysis/compare-teams.ts';
import { rulings } from '../../src/analysis/ruling.ts';
import { teamSide } from '../../src/analysis/team-side.ts';
import type { Decision, PatternRule } from '../../src/pattern/policy.ts';
import type { Team } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';

function teamOf(roles: Readonly<Record<string, object>>): Team {
  const all = Object.entries(roles).map(([id, role]) => [id, { description: 'Works.', ...role }]);
  return loadText(JSON.stringify({ teamc: 1, name: 'shop', roles: Object.fromEntries(all) })).team;
}

/** How one team relates to another, and each call that shows it, with what decided it on both sides. */
function compared(a: Readonly<Record<string, object>> | Side, b: Readonly<Record<string, object>> | Side) {
  const side = (one: typeof a): Side =>
    'policy' in one && 'said' in one ? (one as Side) : teamSide(teamOf(one as Record<string, object>));
  const { changes, ...rest } = compareTeams(side(a), side(b));
  return {
    ...rest,
    changes: changes.map(
      ({ role, tool, from, to, witness, said }) =>
        `${role} ${tool} ${witness}: ${from} to ${to}, ${said.map((one) => one?.by ?? 'nobody').join(' and ')}`,
    ),
  };
}

/** A rule that no automaton can read. */
const ODD: PatternRule = { dialect: 'regexp', pattern: '(?=a)', decision: 'deny' };

const NOTHING = { undecided: [], added: [], removed: [] };

describe('Comparing teams', () => {
  test('finds what the roles may do more and what less', () => {
    const shell = (...rules: readonly object[]) => ({ dev: { tools: ['shell'], permissions: [{ shell: rules }] } });
    const strict = shell({ deny: '*' }, { allow: 'git *' });
    const loose = shell({ deny: '*' }, { allow: 'git *' }, { ask: 'npm *' });
    expect(compared(strict, strict)).toEqual({ ...NOTHING, verdict: 'equal', changes: [] });
    expect(compared(strict, shell({ deny: '*' }, { allow: 'git *' }, { deny: 'rm *' })).verdict).toBe('equal');
    expect(compared(strict, loose)).toEqual({
      ...NOTHING,
      verdict: 'looser',
      changes: ['dev shell npm test: deny to ask, rule and rule'],
    });
    expect(compared(loose, strict)).toEqual({
      ...NOTHING,
      verdict: 'stricter',
      changes: ['dev shell npm test: ask to deny, rule and rule'],
    });
    expect(compared(loose, shell({ deny: '*' }, { ask: 'git *' }, { allow: 'npm *' }))).toEqual({
      ...NOTHING,
      verdict: 'incomparable',
      changes: ['dev shell npm test: ask to allow, rule and rule', 'dev shell git status: allow to ask, rule and rule'],
    });
  });

  test('a role that is not there may do nothing', () => {
    const dev = { tools: ['edit'] };
    expect(compared({ dev }, { dev, ops: dev })).toEqual({
      ...NOTHING,
      verdict: 'looser',
      added: ['ops'],
      changes: ['ops edit README.md: deny to ask, nobody and default'],
    });
    expect(compared({ dev, ops: dev }, { dev })).toEqual({
      ...NOTHING,
      verdict: 'stricter',
      removed: ['ops'],
      changes: ['ops edit README.md: ask to deny, default and nobody'],
    });
  });

  test('each edge of delegation that comes or goes is a change', () => {
    const to = (...roles: readonly string[]) => ({ lead: { 'delegates-to': roles }, a: {}, b: {}, c: {} });
    expect(compared(to('a', 'b'), to('b', 'c'))).toEqual({
      ...NOTHING,
      verdict: 'incomparable',
      changes: ['lead delegate a: allow to deny, edge and no-edge', 'lead delegate c: deny to allow, no-edge and edge'],
    });
    expect(compared(to(), to('a', 'b')).changes).toEqual([
      'lead delegate a: deny to allow, no-tool and edge',
      'lead delegate b: deny to allow, no-tool and edge',
    ]);
  });

  test('of switching, the first role shows each difference', () => {
    const lead = (...rules: readonly object[]) => ({
      lead: { tools: ['switch-role'], permissions: [{ 'switch-role': rules }] },
      a: {},
      b: {},
      c: {},
    });
    expect(
      compared(lead({ allow: '*' }), lead({ allow: '*' }, { deny: 'b' }, { deny: 'c' }, { ask: 'a' })).changes,
    ).toEqual(['lead switch-role a: allow to ask, rule and rule', 'lead switch-role b: allow to deny, rule and rule']);
  });

  test('of one tool the strictest beginning is shown first, then the strictest end', () => {
    const shell = (...rules: readonly object[]) => ({ dev: { tools: ['shell'], permissions: [{ shell: rules }] } });
    const before = shell(
      { allow: 'git *' },
      { allow: 'go *' },
      { ask: 'npm *' },
      { ask: 'make *' },
      { deny: 'rm *' },
      { deny: 'curl *' },
    );
    const after = shell(
      { ask: 'git *' },
      { deny: 'go *' },
      { allow: 'npm *' },
      { deny: 'make *' },
      { allow: 'rm *' },
      { ask: 'curl *' },
    );
    expect(
      compared(before, after).changes.map((line) => line.replace(/^dev shell (\w+).*: (\w+ to \w+),.*$/, '$1: $2')),
    ).toEqual([
      'curl: deny to ask',
      'rm: deny to allow',
      'make: ask to deny',
      'npm: ask to allow',
      'go: allow to deny',
      'git: allow to ask',
    ]);
  });

  test('of delegation, roles that only one side names are compared once, and every other by its first', () => {
    const side = (otherwise: Decision, ...rules: readonly (readonly [Decision, string])[]): Side => {
      const own = teamSide(teamOf({ lead: { 'delegates-to': ['a'] }, a: {}, b: {}, c: {} }));
      const list = {
        rules: rules.map(([decision, pattern]) => ({ dialect: 'name' as const, pattern, decision })),
        otherwise,
      };
      return {
        ...own,
        policy: (role, tool) =>
          role.id === 'lead' && tool === 'delegate' ? { policy: { lists: [list] } } : own.policy(role, tool),
      };
    };
    const told = (a: Side, b: Side) => compared(a, b).changes.map((line) => line.replace(/,.*/, ''));
    expect(told(side('deny', ['allow', 'a']), side('ask', ['deny', 'b']))).toEqual([
      'lead delegate a: allow to ask',
      'lead delegate lead: deny to ask',
    ]);
    expect(told(side('ask'), side('deny', ['allow', 'a'], ['ask', 'c']))).toEqual([
      'lead delegate a: ask to allow',
      'lead delegate lead: ask to deny',
    ]);
    expect(told(side('allow'), side('ask', ['deny', 'b']))).toEqual([
      'lead delegate lead: allow to ask',
      'lead delegate b: allow to deny',
    ]);
    expect(told(side('deny'), side('deny', ['ask', 'b'], ['allow', 'b']))).toEqual(['lead delegate b: deny to allow']);
    const none: Side = { ...side('deny'), policy: () => ({ policy: { lists: [] } }) };
    expect(told(side('deny', ['allow', 'a']), none).filter((line) => line.startsWith('lead delegate'))).toEqual([
      'lead delegate lead: deny to allow',
    ]);
  });

  test('paths out of the project are compared apart, by a policy of their own where a side has one', () => {
    const team = teamOf({ dev: { tools: ['read'] } });
    const own = teamSide(team);
    const walled: Side = {
      ...own,
      policy: (role, tool) => ({
        ...own.policy(role, tool),
        outside: { lists: [{ rules: [], otherwise: tool === 'read' ? 'ask' : 'deny' }] },
      }),
    };
    expect(compared(own, walled)).toEqual({
      ...NOTHING,
      verdict: 'stricter',
      changes: ['dev read /etc/passwd: allow to ask, default and default'],
    });
    const unread: Side = {
      ...own,
      policy: (role, tool) => ({
        ...own.policy(role, tool),
        ...(tool === 'read' ? { outside: { lists: [{ rules: [ODD], otherwise: 'allow' }] } } : {}),
      }),
    };
    expect(compared(own, unread)).toEqual({
      ...NOTHING,
      verdict: 'undecided',
      undecided: [{ role: 'dev', tool: 'read' }],
      changes: [],
    });
  });

  test('what no automaton can decide is told, and is not called equal', () => {
    const team = teamOf({ dev: { tools: ['shell', 'delegate'], 'delegates-to': ['dev'] } });
    const own = teamSide(team);
    const odd: Side = {
      ...own,
      policy: (role, tool) =>
        tool === 'shell' || tool === 'delegate'
          ? {
              policy: {
                lists: [{ rules: [ODD], otherwise: 'allow' }],
              },
            }
          : own.policy(role, tool),
    };
    expect(compared(own, odd)).toEqual({
      ...NOTHING,
      verdict: 'undecided',
      undecided: [
        { role: 'dev', tool: 'shell' },
        { role: 'dev', tool: 'delegate' },
      ],
      changes: [],
    });
  });

  test('a change is looser where more is allowed than before', () => {
    const all = ['deny', 'ask', 'allow'] as const;
    expect(all.map((from) => all.filter((to) => isLooser({ from, to })))).toEqual([['ask', 'allow'], ['allow'], []]);
  });
});

describe('The ruling on a call', () => {
  const team = teamOf({
    dev: {
      tools: ['shell', 'edit'],
      permissions: [
        { shell: [{ deny: '*' }, { allow: 'git *' }, { ask: 'npm *' }] },
        { edit: [{ deny: '*' }, { allow: 'out/*' }] },
      ],
    },
  });
  const dev = team.roles.get('dev')!;
  const ruling = rulings();
  const told = (line: string) => {
    const { decision, said, parts, worst } = ruling(dev, 'shell', line);
    return [
      decision,
      said?.by,
      parts.indexOf(worst!),
      ...parts.map(
        (part) =>
          `${part.kind} ${part.text}: ${part.decision}${part.said ? ` by ${part.said.by} ${part.said.pattern}` : ''}`,
      ),
    ];
  };

  test('is on every part of a command line, and the least allowed decides', () => {
    expect(told('git log && npm test > out/a; A=1 git log')).toEqual([
      'ask',
      'rule',
      1,
      'part git log: allow by rule git *',
      'part npm test: ask by rule npm *',
      'part git log: allow by rule git *',
      'assignment git log: ask',
      'write out/a: allow by rule out/*',
    ]);
    expect(told('git log > a')).toEqual([
      'deny',
      'rule',
      1,
      'part git log: allow by rule git *',
      'write a: deny by rule *',
    ]);
    expect(told('git "log')).toEqual([
      'ask',
      undefined,
      2,
      'part git "log: allow by rule git *',
      'part git log: allow by rule git *',
      'unsplittable a quote is never closed: ask',
    ]);
  });

  test('is what the role says of the call with any other tool', () => {
    expect(ruling(dev, 'edit', 'out/a')).toMatchObject({
      role: dev,
      tool: 'edit',
      argument: 'out/a',
      decision: 'allow',
      said: { by: 'rule', pattern: 'out/*' },
      parts: [],
    });
    expect(ruling(dev, 'read', 'out/a')).toMatchObject({ decision: 'deny', said: { by: 'no-tool' } });
  });
});

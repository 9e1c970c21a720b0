import { describe, expect, test } from 'vitest';
import { compareTeams, isLooser, type Side } from '../../src/analysis/compare-teams.ts';
import { rulings } from '../../src/analysis/ruling.ts';
import { teamSide } from '../../src/analysis/team-side.ts';
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
                lists: [{ rules: [{ dialect: 'regexp', pattern: '(?=a)', decision: 'deny' }], otherwise: 'allow' }],
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

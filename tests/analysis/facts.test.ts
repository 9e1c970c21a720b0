import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/analysis/facts.ts';
import { handOvers } from '../../src/analysis/hand-over.ts';
import type { Team } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';

function teamOf(roles: Readonly<Record<string, object>>, fields: object = {}): Team {
  const all = Object.entries(roles).map(([id, role]) => [id, { description: 'Works.', ...role }]);
  return loadText(JSON.stringify({ teamc: 1, name: 'shop', ...fields, roles: Object.fromEntries(all) })).team;
}

const people = { people: { boss: { description: 'Decides.' }, vendor: { description: 'Sells.', human: false } } };

describe('Rings of delegation', () => {
  const rings = (back: object, fields: object = people) =>
    analyze(
      teamOf({ a: { 'delegates-to': ['b'] }, b: { 'delegates-to': [{ role: 'a', ...back }] } }, fields),
    ).delegationCycles.map((arcs) => arcs.map(({ from, to }) => `${from.id} to ${to.id}`));

  test('are told unless rounds or an approval bound them', () => {
    expect(rings({})).toEqual([['a to b', 'b to a']]);
    expect(rings({ 'max-rounds': 3 })).toEqual([]);
    expect(rings({ approval: 'boss' })).toEqual([]);
  });

  test('are of delegation between different roles', () => {
    expect(analyze(teamOf({ a: { 'delegates-to': ['a'] } })).delegationCycles).toEqual([]);
    expect(analyze(teamOf({ a: { 'escalates-to': ['b'] }, b: { 'delegates-to': ['a'] } })).delegationCycles).toEqual(
      [],
    );
  });
});

describe('A relation', () => {
  test('has an arc for each role that an edge of its type leads to, and is worked out once', () => {
    const facts = analyze(
      teamOf({
        a: { 'delegates-to': [['b', 'c'], 'b'].flat(), 'escalates-to': ['c'] },
        b: {},
        c: { 'reports-to': 'a' },
      }),
    );
    const arcs = (type: Parameters<typeof facts.relation>[0]) =>
      facts.relation(type).arcs.map(({ from, to }) => `${from.id} to ${to.id}`);
    expect(arcs('delegates-to')).toEqual(['a to b', 'a to c', 'a to b']);
    expect(arcs('escalates-to')).toEqual(['a to c']);
    expect(arcs('reports-to')).toEqual(['c to a']);
    expect(facts.relation('delegates-to')).toBe(facts.relation('delegates-to'));
    expect(facts.roles.map(facts.indexOf)).toEqual([0, 1, 2]);
    expect(facts.indexOf({ ...facts.roles[0]! })).toBe(-1);
  });
});

describe('Work gets to a role', () => {
  const reached = (team: Team): readonly string[] => {
    const facts = analyze(team);
    return facts.roles.filter(facts.isReachable).map(({ id }) => id);
  };

  test('from the entry over delegation, escalation and switching, and where people start it', () => {
    const team = teamOf(
      {
        lead: { 'delegates-to': ['dev'] },
        dev: { 'escalates-to': ['ops'], 'collaborates-with': ['off'] },
        ops: { tools: ['switch-role'], permissions: [{ 'switch-role': [{ deny: '*' }, { ask: 'qa' }] }] },
        qa: {},
        off: {},
        ask: { mode: 'primary' },
        any: { mode: 'all' },
        sub: { mode: 'subagent' },
      },
      { entry: 'lead' },
    );
    expect(reached(team)).toEqual(['lead', 'dev', 'ops', 'qa', 'ask', 'any']);
  });

  test('whose name is misspelt where work is handed on, because that is told already', () => {
    const team = teamOf(
      {
        lead: { 'delegates-to': ['reviwer', 'nobody-of-the-sort'] },
        reviewer: { 'delegates-to': ['dev'] },
        dev: {},
        far: {},
      },
      { entry: 'lead' },
    );
    expect(reached(team)).toEqual(['lead', 'reviewer', 'dev']);
  });

  test('that everyone may switch to, from those that have the tool only', () => {
    const team = teamOf(
      { a: { tools: ['switch-role'] }, b: { tools: ['switch-role'] }, c: {}, d: { 'delegates-to': ['a'] } },
      { entry: 'c' },
    );
    expect(reached(team)).toEqual(['c']);
    expect(reached(teamOf({ a: { tools: ['switch-role'] }, b: {} }, { entry: 'a' }))).toEqual(['a', 'b']);
  });
});

describe('A hand-over', () => {
  const told = (team: Team, unasked = false) => {
    const roles = [...team.roles.values()];
    const over = handOvers(roles, (role) => roles.indexOf(role), unasked);
    return over.arcs.flatMap((_, arc) =>
      over.graph.to[arc]! < roles.length
        ? over
            .along([arc])
            .map(
              ({ from, to, by, asked, at }) =>
                `${from.id} ${by} ${to.id}${asked ? ' asking' : ''} ${at.pointer.slice(2).join('.')}`,
            )
        : [],
    );
  };

  test('over an edge asks where a human has to approve, or a rule asks, and is none where a rule denies', () => {
    const team = teamOf(
      {
        a: {
          'delegates-to': ['b', { role: 'c', approval: 'boss' }, { role: 'd', approval: 'vendor' }, 'e', 'f'],
          permissions: [{ delegate: [{ allow: '*' }, { ask: 'e' }, { deny: 'f' }] }],
        },
        b: {},
        c: {},
        d: {},
        e: {},
        f: {},
      },
      people,
    );
    expect(told(team)).toEqual([
      'a delegates-to b delegates-to.0',
      'a delegates-to c asking delegates-to.1',
      'a delegates-to d delegates-to.2',
      'a delegates-to e asking delegates-to.3',
    ]);
    expect(told(team, true)).toEqual(['a delegates-to b delegates-to.0', 'a delegates-to d delegates-to.2']);
  });

  test('by switching goes to whom the rules let, and names the tool', () => {
    const team = teamOf({
      a: {
        tools: ['read', 'switch-role'],
        permissions: [{ 'switch-role': [{ deny: '*' }, { allow: 'b' }, { ask: 'c' }] }],
      },
      b: {},
      c: {},
    });
    const path = (to: string, unasked: boolean) =>
      analyze(team)
        .authority.path(team.roles.get('a')!, team.roles.get(to)!, unasked)
        ?.map(({ from, to: end, by, asked, at }) => [from.id, by, end.id, asked, at.pointer.slice(2)]);
    expect(path('b', false)).toEqual([['a', 'switch-role', 'b', false, ['tools', 1]]]);
    expect(path('c', false)).toEqual([['a', 'switch-role', 'c', true, ['tools', 1]]]);
    expect(path('b', true)).toEqual([['a', 'switch-role', 'b', false, ['tools', 1]]]);
    expect(path('c', true)).toBeUndefined();
    expect(path('a', true)).toEqual([]);
  });
});

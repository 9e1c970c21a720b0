import { describe, expect, test } from 'vitest';
import { escalationOf } from '../../src/analysis/escalation.ts';
import { analyze } from '../../src/analysis/facts.ts';
import type { Team } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';

function load(team: object): Team {
  return loadText(JSON.stringify({ teamc: 1, name: 'shop', ...team })).team;
}

const role = { description: 'Works.' };

describe('Escalation', () => {
  test('speaks of the classes of the ladder, then of those of the edges, each once', () => {
    const team = load({
      escalation: [{ by: 'self', when: ['stuck', 'denied'] }, { by: { person: 'user' } }],
      roles: {
        dev: {
          ...role,
          'escalates-to': [{ role: 'lead', when: ['broken', 'stuck'] }],
          'delegates-to': [{ role: 'lead', when: ['urgent'] }],
        },
        lead: role,
      },
    });
    expect(escalationOf(team).classes).toEqual(['stuck', 'denied', 'broken']);
    expect(escalationOf(team).edges(team.roles.get('dev')!, 'urgent')).toEqual([]);
  });

  test.each([
    ['an edge', { dev: { ...role, 'delegates-to': [{ role: 'lead', gate: 'tests-green' }] }, lead: role }],
    ['a workflow', { dev: { ...role, workflow: [{ do: 'Build.', gate: 'tests-green' }] } }],
    ['a playbook', { dev: { ...role, playbooks: { ship: [{ do: 'Build.', gate: 'tests-green' }] } } }],
    [
      'an example',
      { dev: { ...role, examples: [{ request: 'Ship it', tasks: [{ do: 'Build.', gate: 'tests-green' }] }] } },
    ],
  ])('knows of failed gates where %s has one', (_, roles) => {
    expect(escalationOf(load({ gates: { 'tests-green': { description: 'All tests pass.' } }, roles })).classes).toEqual(
      ['gate-failed'],
    );
    expect(escalationOf(load({ roles: { dev: role } })).classes).toEqual([]);
  });

  test('goes over the edges that name a class, else over those without one', () => {
    const team = load({
      roles: {
        dev: {
          ...role,
          'escalates-to': [{ role: 'lead', when: ['stuck'] }, 'boss', { role: 'peer', when: ['stuck', 'denied'] }],
        },
        lead: { ...role, 'escalates-to': [{ role: 'boss', when: ['stuck'] }] },
        boss: role,
        peer: role,
      },
    });
    const { edges } = escalationOf(team);
    const to = (from: string, failure: string) =>
      edges(team.roles.get(from)!, failure).flatMap((edge) =>
        edge.to.map((one) => (one.kind === 'role' ? one.role.id : one.kind)),
      );
    expect(to('dev', 'stuck')).toEqual(['lead', 'peer']);
    expect(to('dev', 'denied')).toEqual(['peer']);
    expect(to('dev', 'broken')).toEqual(['boss']);
    expect(to('lead', 'broken')).toEqual([]);
    expect(to('boss', 'stuck')).toEqual([]);
  });

  test('enters the ladder at the first step that names the class, else at the first that takes any', () => {
    const ladder = (...steps: readonly object[]) => escalationOf(load({ escalation: steps, roles: { dev: role } }));
    const user = { person: 'user' };
    const taken = ladder({ by: 'self', when: ['a'] }, { by: user, when: ['b'] }, { by: 'self', when: ['c'] });
    expect(['a', 'b', 'c', 'd'].map((one) => [taken.isTaken(one), taken.endsAtPerson(one)])).toEqual([
      [true, false],
      [true, true],
      [true, false],
      [false, false],
    ]);
    const later = ladder({ by: user }, { by: 'self', when: ['a'] });
    expect([later.endsAtPerson('a'), later.endsAtPerson('b'), later.isTaken('b')]).toEqual([false, true, true]);
    const on = ladder({ by: 'self', when: ['a'] }, { by: user });
    expect([on.endsAtPerson('a'), on.endsAtPerson('b')]).toEqual([true, true]);
    expect(ladder({ by: 'peers' }).endsAtPerson('a')).toBe(false);
    expect(ladder({ by: { role: 'dev' } }).endsAtPerson('a')).toBe(false);
  });

  test('a ring that several classes go round in is told once, with all of them', () => {
    const team = load({
      roles: {
        a: {
          ...role,
          'escalates-to': [
            { role: 'b', when: ['x'] },
            { role: 'b', when: ['y'] },
            { role: 'c', when: ['z'] },
          ],
        },
        b: { ...role, 'escalates-to': ['a'] },
        c: { ...role, 'escalates-to': ['c', { role: 'a', when: ['z'] }] },
      },
    });
    const { escalationCycles } = analyze(team);
    expect(escalationCycles.map(({ arcs, failures }) => [arcs.map(({ from }) => from.id), failures])).toEqual([
      [
        ['a', 'b'],
        ['x', 'y'],
      ],
      [['a', 'c'], ['z']],
    ]);
  });

  test('a role that may also turn to a name that nobody knows is not told of, one that has peers only is', () => {
    const up = (...to: readonly string[]) => ({ ...role, 'escalates-to': to });
    const team = load({
      entry: 'boss',
      roles: { boss: role, one: up('ghost', 'quiet'), two: up('self', 'mute'), quiet: role, mute: role },
    });
    expect(analyze(team).deadEnds.map((end) => end.role.id)).toEqual(['mute']);
  });

  test('a chain that ends at nobody is told with the classes for which it does', () => {
    const team = load({
      entry: 'boss',
      escalation: [{ by: { person: 'user' }, when: ['w'] }],
      roles: {
        boss: role,
        dev: {
          ...role,
          'escalates-to': [
            { role: 'qa', when: ['x', 'w'] },
            { role: 'boss', when: ['y'] },
            { role: 'qa', when: ['z'] },
          ],
        },
        qa: role,
        ops: { ...role, 'escalates-to': [{ role: 'qa', when: ['x'] }, { person: 'user' }] },
        night: { ...role, 'escalates-to': ['delegator', 'qa'] },
      },
    });
    expect(analyze(team).deadEnds.map((end) => [end.role.id, end.arc.from.id, end.failures])).toEqual([
      ['qa', 'dev', ['x', 'z']],
    ]);
  });
});

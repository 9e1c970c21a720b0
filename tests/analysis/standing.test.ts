import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delegatesOf, reachedFrom } from '../../src/analysis/delegates.ts';
import { delegationDepth } from '../../src/analysis/depth.ts';
import { levelsOf } from '../../src/analysis/levels.ts';
import { rootsOf, unassigned } from '../../src/analysis/roots.ts';
import type { Role, Team } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';

const ids = (roles: Iterable<Role>): readonly string[] => [...roles].map(({ id }) => id);

function teamOf(fields: object, roles: Readonly<Record<string, object>>): Team {
  const all = Object.entries(roles).map(([id, role]) => [id, { description: 'Works.', ...role }]);
  return loadText(JSON.stringify({ teamc: 1, name: 'shop', ...fields, roles: Object.fromEntries(all) })).team;
}

/** A team whose roles r0 to r4 delegate as the arcs say. */
function delegating(arcs: readonly (readonly [from: number, to: number])[], fields: object = {}): Team {
  const roles = [0, 1, 2, 3, 4].map((from) => [
    `r${from}`,
    { 'delegates-to': arcs.filter(([tail]) => tail === from).map(([, to]) => `r${to}`) },
  ]);
  return teamOf(fields, Object.fromEntries(roles));
}

const anyArcs = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 9 });

/** A team that uses another one, which has levels and hands work on. */
function shopWithPlatform(): Team {
  const used = {
    teamc: 1,
    name: 'platform',
    levels: ['top', 'base'],
    roles: { ops: { description: 'Runs.', level: 'top' } },
  };
  const own = {
    teamc: 1,
    name: 'shop',
    uses: { platform: './platform' },
    levels: ['top', 'base'],
    roles: {
      dev: { description: 'Works.', level: 'base', 'delegates-to': ['platform/ops'] },
      lead: { description: 'Leads.', level: 'top', 'delegates-to': ['dev'] },
      boss: { description: 'Leads too.', level: 'top' },
      guest: { description: 'Helps.' },
      lost: { description: 'Is nowhere.', level: 'middle' },
    },
  };
  return loadText({ 'team.yaml': JSON.stringify(own), 'platform/team.yaml': JSON.stringify(used) }).team;
}

describe('The levels of a team', () => {
  test('are counted from the highest, for its own roles on levels that it knows', () => {
    const { roles, ...team } = shopWithPlatform();
    const levels = levelsOf({ roles, ...team });
    expect(Object.fromEntries([...roles].map(([id, role]) => [id, levels.of(role)]))).toEqual({
      dev: 1,
      lead: 0,
      boss: 0,
      guest: undefined,
      lost: undefined,
      'platform/ops': undefined,
    });
    expect([0, 1, 2].map((level) => levels.holder(level)?.id)).toEqual(['lead', 'dev', undefined]);
  });
});

describe('The roles with a person at hand', () => {
  test('are the entries and those that only people start', () => {
    const team = teamOf(
      { entry: 'lead' },
      { lead: { 'delegates-to': ['dev'] }, dev: {}, ask: { mode: 'primary' }, all: { mode: 'all' } },
    );
    expect(ids(rootsOf(team))).toEqual(['lead', 'ask']);
  });

  test('are, without an entry, the own roles that nobody else hands work to', () => {
    const team = teamOf(
      {},
      {
        one: { 'delegates-to': ['two'], 'escalates-to': ['three'] },
        two: { mode: 'primary' },
        three: { 'delegates-to': ['three'] },
      },
    );
    expect(ids(unassigned(team))).toEqual(['one', 'three']);
    expect(ids(rootsOf(team))).toEqual(['one', 'three', 'two']);
    expect(ids(unassigned(shopWithPlatform()))).toEqual(['lead', 'boss', 'guest', 'lost']);
  });
});

describe('Delegation', () => {
  test('leads to each role once, never to oneself, nearest first, and nowhere that no walk leads', () => {
    fc.assert(
      fc.property(anyArcs, fc.nat(4), (arcs, start) => {
        const role = delegating(arcs).roles.get(`r${start}`)!;
        const ahead = (from: number): readonly number[] => [
          ...new Set(arcs.filter(([tail]) => tail === from).map(([, to]) => to)),
        ];
        expect(ids(delegatesOf(role))).toEqual(
          ahead(start)
            .filter((to) => to !== start)
            .map((to) => `r${to}`),
        );
        const walked = new Set([start]);
        for (const node of walked) for (const to of ahead(node)) walked.add(to);
        expect(ids(reachedFrom(role))).toEqual([...walked].slice(1).map((node) => `r${node}`));
      }),
    );
  });

  test('is as deep as the longest path without repeats where it has no rings', () => {
    const longest = (arcs: readonly (readonly [number, number])[], from: number): number =>
      Math.max(0, ...arcs.filter(([tail]) => tail === from).map(([, to]) => 1 + longest(arcs, to)));
    const forward = anyArcs.map((arcs) => arcs.filter(([from, to]) => from < to));
    fc.assert(
      fc.property(forward, (arcs) => {
        expect(delegationDepth(delegating(arcs))).toBe(Math.max(...[0, 1, 2, 3, 4].map((node) => longest(arcs, node))));
      }),
    );
  });

  test('goes once around a ring', () => {
    expect(delegationDepth(delegating([[0, 0]]))).toBe(0);
    expect(
      delegationDepth(
        delegating([
          [0, 1],
          [1, 0],
        ]),
      ),
    ).toBe(1);
    expect(
      delegationDepth(
        delegating([
          [0, 1],
          [1, 2],
          [2, 1],
          [2, 3],
        ]),
      ),
    ).toBe(3);
    expect(
      delegationDepth(
        delegating([
          [2, 1],
          [1, 0],
          [0, 2],
          [3, 2],
          [1, 4],
        ]),
      ),
    ).toBe(4);
    expect(delegationDepth(teamOf({}, { a: { 'escalates-to': ['b'] }, b: {} }))).toBe(0);
  });
});

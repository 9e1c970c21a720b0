import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANY_OTHER } from '../../src/analysis/escalation.ts';
import { analyze, type Facts } from '../../src/analysis/facts.ts';
import { loadText } from '../memory.ts';

fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: 500 });

const SIZE = 5;
const CLASSES = ['a', 'b', ANY_OTHER];

/** An escalation edge: to a role by number or to a person, for some classes or for all. */
interface Up {
  readonly to: number | 'person';
  readonly when: readonly string[];
}

interface Plan {
  readonly up: readonly (readonly Up[])[];
  readonly down: readonly (readonly number[])[];
  readonly ladder: readonly (readonly string[])[];
}

const number = fc.nat({ max: SIZE - 1 });
const up: fc.Arbitrary<Up> = fc.record({
  to: fc.oneof({ weight: 6, arbitrary: number }, { weight: 1, arbitrary: fc.constant('person' as const) }),
  when: fc.subarray(['a', 'b'], { maxLength: 2 }),
});
const plans: fc.Arbitrary<Plan> = fc.record({
  up: fc.array(fc.array(up, { maxLength: 3 }), { minLength: SIZE, maxLength: SIZE }),
  down: fc.array(fc.array(number, { maxLength: 2 }), { minLength: SIZE, maxLength: SIZE }),
  ladder: fc.array(fc.subarray(['a', 'b'], { maxLength: 2 }), { maxLength: 2 }),
});

describe('Escalation', () => {
  test('a knot of every class is told by one of its shortest rings, and every ring that is told is one', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { escalationCycles } = factsOf(plan);
        for (const failure of CLASSES) {
          const steps = stepsOf(plan, failure);
          const distance = distances(steps);
          const rings = escalationCycles
            .filter(({ failures }) => failures.includes(failure))
            .map(({ arcs }) => arcs.map(({ from, to }) => [numberOf(from.id), numberOf(to.id)] as const));
          for (const [from, to] of rings.flat()) expect(steps[from]).toContain(to);
          const knots = range.filter((v) => distance[v]![v]! < Infinity && v === knotOf(distance, v)[0]);
          expect(rings.map((ring) => ring.length).sort()).toEqual(
            knots.map((v) => Math.min(...knotOf(distance, v).map((w) => distance[w]![w]!))).sort(),
          );
        }
      }),
    );
  });

  test('a dead end is where a chain stops although no chain from its start gets to a person or a root', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { deadEnds } = factsOf(plan);
        for (const failure of CLASSES) {
          const told = deadEnds
            .filter(({ failures }) => failures.includes(failure))
            .map(({ role }) => numberOf(role.id));
          expect(told.sort()).toEqual(ladderEndsAtPerson(plan, failure) ? [] : vainEnds(plan, failure));
        }
      }),
    );
  });
});

test('work gets to the roles that a chain of hand-overs from the entry leads to, and to no others', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const facts = factsOf(plan);
      const all = plan.up.map((edges, from) => [
        ...plan.down[from]!,
        ...edges.flatMap(({ to }) => (to === 'person' ? [] : to)),
      ]);
      const distance = distances(all);
      const reached = facts.roles.filter((role) => facts.isReachable(role)).map(({ id }) => numberOf(id));
      expect(reached).toEqual(range.filter((v) => v === 0 || distance[0]![v]! < Infinity));
    }),
  );
});

const range = Array.from({ length: SIZE }, (_, at) => at);

/** The facts of the team that a plan describes; its first role is the entry. */
function factsOf({ up: edges, down, ladder }: Plan): Facts {
  const roles = edges.map((list, from) => [
    `r${from}`,
    {
      description: 'A role.',
      'delegates-to': down[from]!.map((to) => `r${to}`),
      'escalates-to': list.map(({ to, when }) => ({
        ...(to === 'person' ? { person: 'user' } : { role: `r${to}` }),
        ...(when.length > 0 ? { when } : {}),
      })),
    },
  ]);
  const escalation = ladder.map((when) => ({ by: { person: 'user' }, ...(when.length > 0 ? { when } : {}) }));
  const team = {
    teamc: 1,
    entry: 'r0',
    roles: Object.fromEntries(roles),
    escalation: [{ by: 'self', when: ['a'] }, { by: 'escalates-to', when: ['b'] }, ...escalation],
  };
  return analyze(loadText(JSON.stringify(team)).team);
}

function numberOf(id: string): number {
  return Number(id.slice(1));
}

/** The edges that a role uses for a class. */
function used(plan: Plan, from: number, failure: string): readonly Up[] {
  const named = plan.up[from]!.filter(({ when }) => when.includes(failure));
  return named.length > 0 ? named : plan.up[from]!.filter(({ when }) => when.length === 0);
}

/** For each role, the other roles that it turns to. */
function stepsOf(plan: Plan, failure: string): readonly (readonly number[])[] {
  return range.map((from) => used(plan, from, failure).flatMap(({ to }) => (to === 'person' || to === from ? [] : to)));
}

/** The lengths of the shortest walks of at least one step, by Floyd and Warshall. */
function distances(steps: readonly (readonly number[])[]): number[][] {
  const distance = range.map((from) => range.map((to) => (steps[from]!.includes(to) ? 1 : Infinity)));
  for (const via of range)
    for (const from of range)
      for (const to of range)
        distance[from]![to] = Math.min(distance[from]![to]!, distance[from]![via]! + distance[via]![to]!);
  return distance;
}

/** The roles that a role reaches and that reach it. */
function knotOf(distance: number[][], v: number): readonly number[] {
  return range.filter((w) => distance[v]![w]! < Infinity && distance[w]![v]! < Infinity);
}

/** The ladder's first steps take `a` and `b` and end at nobody; behind them stand only persons. */
function ladderEndsAtPerson({ ladder }: Plan, failure: string): boolean {
  return ladder.some((when) => when.length === 0 || when.includes(failure));
}

function vainEnds(plan: Plan, failure: string): readonly number[] {
  const distance = distances(stepsOf(plan, failure));
  const chain = (from: number): readonly number[] => range.filter((v) => v === from || distance[from]![v]! < Infinity);
  const goesOn = (v: number): boolean => used(plan, v, failure).length > 0;
  const answers = (v: number): boolean => v === 0 || used(plan, v, failure).some(({ to }) => to === 'person');
  const vain = range.filter((from) => goesOn(from) && !chain(from).some(answers)).flatMap(chain);
  return range.filter((v) => !goesOn(v) && vain.includes(v));
}

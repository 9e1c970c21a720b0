import fc from 'fast-check';
import { expect, test } from 'vitest';
import { begun, choiceOf, step } from '../../src/simulate/kernel.ts';
import { seededMind } from '../../src/simulate/minds/seeded.ts';
import { copyOf, type State } from '../../src/simulate/state.ts';
import { Station } from '../../src/simulate/station.ts';
import { Task } from '../../src/simulate/task.ts';
import { worldFrom } from './played.ts';
import { randomPlay, worldFor } from './random.ts';

/** Random teams: 40 on every run of the tests, 1 000 and more when they soak. */
const numRuns = Math.max(40, 20 * Number(process.env['TEAMC_SOAK'] ?? 0));

/** Everything that a state holds, by value. */
function held(state: State): unknown {
  const { edition: _, tasks, stations, agenda, held, names, ...rest } = state;
  return structuredClone({
    ...rest,
    tasks: tasks.map(({ edition: __, name, job, line, owner, role, edge, parts, ...task }) => ({
      ...task,
      name: name.text,
      job: JSON.stringify([job.id, job.source, job.to.length, job.needs, job.gates]),
      line: line.role?.id,
      owner: owner?.id,
      role: role?.id,
      edge: edge?.at.pointer,
      parts: parts?.parts.length,
    })),
    stations: stations.map(({ edition: __, queue, ...station }) => ({ ...station, queue: [...queue] })),
    agenda: agenda.sorted(),
    held: [...held],
    names: [...names].map(({ text }) => text),
  });
}

test('a step changes nothing of the state that it begins with, and another step from there comes to the same', () => {
  fc.assert(
    fc.property(randomPlay, (random) => {
      const world = worldFor(random);
      const mind = seededMind('s', 1);
      let { state } = begun(world);
      for (let steps = 0; state.agenda.first && !state.over && steps < 150; steps++) {
        const before = held(state);
        const choice = choiceOf(world, state);
        const pick = choice && mind.pick(choice);
        const next = step(world, state, pick);
        expect(held(state)).toEqual(before);
        expect(held(step(world, state, pick).state)).toEqual(held(next.state));
        state = next.state;
      }
    }),
    { numRuns, seed: 20261123 },
  );
});

test('a copy of a state holds the same, under an edition of its own', () => {
  fc.assert(
    fc.property(randomPlay, (random) => {
      const world = worldFor(random);
      let { state } = begun(world);
      for (let steps = 0; state.agenda.first && !state.over && steps < 60; steps++) {
        const choice = choiceOf(world, state);
        ({ state } = step(world, state, choice && seededMind('s', 2).pick(choice)));
      }
      const copy = copyOf(state);
      expect(held(copy)).toEqual(held(state));
      expect(copy.edition).toBeGreaterThan(state.edition);
    }),
    { numRuns, seed: 20261124 },
  );
});

/** Gives every field of a thing a value that no other has. */
function filled<T extends object>(thing: T): T {
  const fields = thing as Record<string, unknown>;
  for (const name of Object.keys(fields)) if (name !== 'edition') fields[name] = `the ${name}`;
  return thing;
}

test('a copied task or station has every field of the one that it was copied from', () => {
  const world = worldFrom('name: x\nentry: a\nroles: { a: { description: Works., tools: [edit] } }', 'request: Go');
  const [task] = begun(world).state.tasks;
  const whole = filled(task!.copy(1));
  const names = Object.keys(whole).filter((name) => name !== 'edition');
  expect(whole.copy(7)).toEqual({ ...whole, edition: 7 });
  expect(whole.copy(7)).toBeInstanceOf(Task);
  expect(names.length).toBeGreaterThan(20);
  const station = filled(new Station(1));
  expect(station.copy(7)).toEqual({ ...station, edition: 7 });
  expect(new Station(3)).toMatchObject({ edition: 3, busy: 0, turns: 0, booked: 0, worked: 0, tasks: 0, warned: 0 });
});

test('a task is called as the plan calls it, and what is passed on also by the role that gets it', () => {
  const team = `name: x
entry: a
roles:
  a: { description: Leads., tools: [read], delegates-to: b }
  b: { description: Works., tools: [read], delegates-to: c }
  c: { description: Works., tools: [edit] }
`;
  const world = worldFrom(
    team,
    'request: Go\ntasks: { b: { do: it, to: b }, x: { do: it, to: b }, y: { do: it, to: c } }',
  );
  let { state } = begun(world);
  while (state.agenda.first && !state.over) ({ state } = step(world, state, undefined));
  expect(state.tasks.map(({ key }) => key)).toEqual(['request', 'b', 'x', 'y', 'y/c']);
});

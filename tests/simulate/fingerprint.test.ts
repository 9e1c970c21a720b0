import { expect, test } from 'vitest';
import type { Climb } from '../../src/simulate/climb.ts';
import { Fingerprint } from '../../src/simulate/fingerprint.ts';
import { begun, choiceOf, step } from '../../src/simulate/kernel.ts';
import { Queue } from '../../src/simulate/queue.ts';
import { rulebook } from '../../src/simulate/rulebook.ts';
import { copyOf, type State } from '../../src/simulate/state.ts';
import type { Station } from '../../src/simulate/station.ts';
import type { Task } from '../../src/simulate/task.ts';
import { type World, worldOf } from '../../src/simulate/world.ts';
import { readTeam } from '../../src/team/read.ts';
import { readScenario } from '../../src/team/scenario-read.ts';
import { memory } from '../memory.ts';

const TEAM = `teamc: 1
name: shop
entry: lead
people: { boss: Decides }
escalation: [{ by: self, retries: 2 }, { by: escalates-to }, { by: { person: boss }, timeout: 2h }]
roles:
  lead: { description: Leads., tools: [read], delegates-to: dev, escalates-to: { person: boss } }
  dev: { description: Works., tools: [shell], escalates-to: lead }
`;

const SCENARIO = `teamc: 1
request: Go
tasks:
  first: { do: it, to: dev }
  work: { do: it too, to: dev }
  late: { do: the rest, to: dev, needs: [first, work] }
outcomes: { dev: [red, red, red, ok] }
`;

function worldWith(more = '', team = TEAM): World {
  const files = memory({ 'team.yaml': team, 'scenario.yaml': SCENARIO + more });
  const loaded = readTeam('team.yaml', files);
  const read = readScenario('scenario.yaml', files, loaded);
  expect([...loaded.problems, ...read.problems]).toEqual([]);
  return worldOf(loaded.team, read.scenario, rulebook());
}

/** The first state in which a task is on the ladder, at a step that has no timeout, and others wait. */
function onTheLadder(world: World): State {
  let { state } = begun(world);
  for (;;) {
    if (state.tasks.some(({ climb, end }) => climb && !end)) return state;
    const choice = choiceOf(world, state);
    const pick = choice && (choice.kind === 'one' ? choice.options[0]!.name : choice.most);
    ({ state } = step(world, state, pick));
  }
}

const world = worldWith();
const base = onTheLadder(world);
const at = base.tasks.findIndex(({ climb, end }) => climb && !end);

/** The state with something else about the task on the ladder. */
function changed(change: (task: Task) => void): State {
  const state = copyOf(base);
  state.tasks[at] = state.tasks[at]!.copy(state.edition);
  change(state.tasks[at]!);
  return state;
}

/** Two states as one fingerprint sees them, which numbers what it meets. */
function differ(one: State, other: State, in_: World = world): boolean {
  const fingerprint = new Fingerprint(in_);
  const printOf = (state: State): string => {
    fingerprint.take(state, []);
    return `${fingerprint.high} ${fingerprint.low}`;
  };
  return printOf(one) !== printOf(other);
}

const climbing = (change: Partial<Climb>) => (task: Task) => {
  task.climb = { ...task.climb!, ...change };
};

test.each<[what: string, change: (task: Task) => void]>([
  ['how often it was tried', (task) => (task.tries += 1)],
  ['how often a gate handed it back', (task) => (task.rounds += 1)],
  ['how much it waits for', (task) => (task.open += 1)],
  ['how deep it was handed down', (task) => (task.depth += 1)],
  ['that its role tried it before', (task) => (task.repeated = !task.repeated)],
  ['that it has a flaw', (task) => (task.flawed = !task.flawed)],
  ['which failure modes it has', (task) => (task.modes = [...task.modes, 'FM-1.1'])],
  ['what it was told to believe', (task) => (task.taint = [...task.taint, 'obey'])],
  ['who tried it', (task) => (task.tried = [...task.tried, 'lead'])],
  ['whom it has to ask back', (task) => (task.asksBack = 'lead')],
  ['who may instead', (task) => (task.instead = 'lead')],
  ['who has it', (task) => (task.role = world.team.roles.get('lead'))],
  ['that nobody has it', (task) => (task.role = undefined)],
  ['who handed it over', (task) => Object.assign(task, { owner: task.role })],
  ['that nobody handed it over', (task) => Object.assign(task, { owner: undefined })],
  ['whom the plan named', (task) => (task.job = { ...task.job, to: [] })],
  ['the way that it came', (task) => (task.edge = task.edge ? undefined : world.team.edges[0])],
  ['its calls', (task) => (task.job = { ...task.job, calls: [{ tool: 'shell', pattern: 'ls' } as never] })],
  ['its gates', (task) => (task.job = { ...task.job, gates: ['check'] })],
  ['its effort', (task) => (task.job = { ...task.job, effort: [1, 2] as never })],
  ['that it may be left out', (task) => (task.job = { ...task.job, optional: !task.job.optional })],
  ['its labels', (task) => (task.job = { ...task.job, labels: { type: 'schema' } })],
  ['that it failed', (task) => (task.end = 'failed')],
  ['the class of its failure', climbing({ class: 'deep' })],
  ['the step of the ladder', climbing({ step: 1 })],
  ['what was tried on that step', climbing({ part: 7 })],
  ['who answers for it now', climbing({ holder: 'lead' })],
  ['that a person answers for it', climbing({ person: true })],
])('states that differ in %s go on otherwise, and have two fingerprints', (_, change) => {
  expect(differ(base, changed(change))).toBe(true);
});

test.each<[what: string, change: (task: Task) => void]>([
  ['why it was given to its role', (task) => (task.why = 'because')],
  ['a note about it', (task) => (task.note = 'a note')],
  ['how long it waited', (task) => (task.waited += 1000)],
  ['how long it was worked on', (task) => (task.worked += 1000)],
  ['when it was queued', (task) => (task.queuedAt += 1)],
  ['what the steps below came to', climbing({ passed: ['told'] })],
  ['since when it is on a step without timeout', climbing({ since: -5 })],
])('states that differ in nothing but %s go on alike, and have one fingerprint', (_, change) => {
  expect(differ(base, changed(change))).toBe(false);
});

test('how long a task is on a step counts where the step has a timeout', () => {
  expect(differ(changed(climbing({ step: 2, since: 0 })), changed(climbing({ step: 2, since: -5 })))).toBe(true);
  const [one, other] = [changed(climbing({ step: 2, since: 100 })), changed(climbing({ step: 2, since: 400 }))];
  shift(other, 300);
  expect(differ(one, other)).toBe(false);
});

test('what is due more than seven weeks apart is not due at once', () => {
  const later = copyOf(base);
  shift(later, 2 ** 32);
  later.now -= 2 ** 32;
  expect(differ(base, later)).toBe(true);
});

test('what differs in a call, in the way that it came or in who was meant makes as many fingerprints as there are ways', () => {
  const fingerprint = new Fingerprint(world);
  const different = (...changes: readonly ((task: Task) => void)[]): number => {
    const prints = changes.map((change) => {
      fingerprint.take(changed(change), []);
      return `${fingerprint.high} ${fingerprint.low}`;
    });
    return new Set(prints).size;
  };
  const called = (tool: string, pattern: string) => (task: Task) => {
    task.job = { ...task.job, calls: [{ tool, pattern } as never] };
  };
  expect(different(called('shell', 'ls'), called('shell', 'rm'), called('edit', 'ls'))).toBe(3);
  const came = [undefined, ...world.team.edges].map((edge) => (task: Task) => (task.edge = edge));
  expect(came.length).toBeGreaterThan(3);
  expect(different(...came)).toBe(came.length);
  const owned = [undefined, ...world.roles].map((owner) => (task: Task) => Object.assign(task, { owner }));
  expect(different(...owned)).toBe(owned.length);
  const held = [undefined, ...world.roles].map((role) => (task: Task) => (task.role = role));
  expect(different(...held)).toBe(held.length);
  const meant = world.roles.map((role) => (task: Task) => {
    task.job = { ...task.job, to: [{ kind: 'role', role } as never] };
  });
  expect(different((task) => (task.job = { ...task.job, to: [] }), ...meant)).toBe(3);
});

test('of what is over only counts how it ended', () => {
  const ended = (end: 'done' | 'failed', tries: number): State =>
    changed((task) => Object.assign(task, { end, tries, climb: undefined }));
  expect(differ(ended('done', 1), ended('done', 3))).toBe(false);
  expect(differ(ended('done', 1), ended('failed', 1))).toBe(true);
});

test.each<[what: string, change: (state: State) => void]>([
  ['which part of the work is due', (state) => put(state, { part: 9 })],
  ['what is due', (state) => put(state, { kind: 'gate' })],
  ['when it is due', (state) => put(state, { at: state.agenda.first!.at + 1 })],
  ['whose work is due', (state) => put(state, { task: state.agenda.first!.task === 0 ? 1 : 0 })],
  ['who is held', (state) => (state.held = Queue.empty<number>().with(1))],
  ['in which order they are held', (state) => (state.held = Queue.empty<number>().with(2).with(1))],
  ['how many tasks a role is on', (state) => station(state, (each) => (each.busy += 1))],
  ['which role is on a task', (state) => station(state, (each) => (each.busy += 1), 0)],
  ['who waits for a role', (state) => station(state, (each) => (each.queue = each.queue.with(1)))],
  ['how high a load was told of', (state) => station(state, (each) => (each.warned = 1))],
  ['which load was told of', (state) => (state.told = ['load lead'])],
  ['what was told already', (state) => (state.told = [...state.told, 'load lead'])],
])('states that differ in %s go on otherwise', (what, change) => {
  const [one, other] = [copyOf(base), copyOf(base)];
  if (what.startsWith('in which order')) one.held = Queue.empty<number>().with(1).with(2);
  if (what.startsWith('which load')) one.told = ['load dev'];
  if (what.startsWith('which role')) station(one, (each) => (each.busy += 1), 1);
  change(other);
  expect(differ(one, other)).toBe(true);
});

/** Something else about a role's work. */
function station(state: State, change: (station: Station) => void, at = 1): void {
  const own = state.stations[at]!.copy(state.edition);
  change(own);
  state.stations[at] = own;
}

test('who waits for a role, and how high its load was told of, counts also where nobody is at work', () => {
  const resting = (change: (station: Station) => void): State => {
    const state = copyOf(base);
    station(state, (each) => {
      each.busy = 0;
      change(each);
    });
    return state;
  };
  const nothing = resting(() => {});
  const states = [
    resting((each) => (each.queue = each.queue.with(1))),
    resting((each) => (each.queue = each.queue.with(2))),
    resting((each) => (each.warned = 1)),
    resting((each) => (each.warned = 2)),
  ];
  for (const [at, state] of states.entries())
    for (const other of [nothing, ...states.slice(0, at)]) expect(differ(state, other)).toBe(true);
});

test('in whatever order loads were told of, and whatever a role did before, states go on alike', () => {
  const [one, other] = [copyOf(base), copyOf(base)];
  one.told = ['load dev', 'load lead'];
  other.told = ['load lead', 'load dev'];
  station(other, (each) => {
    each.worked += 5;
    each.tasks += 1;
    each.turns += 1;
  });
  expect(differ(one, other)).toBe(false);
});

test('how far a role has come counts where its turns are limited, or how busy it is expected to be', () => {
  const turned = copyOf(base);
  station(turned, (each) => (each.turns += 1));
  const worked = copyOf(base);
  station(worked, (each) => (each.worked += 5));
  const limited = worldWith('limits: { turns: 9 }\n');
  const expected = worldWith('expect: [{ utilization: dev, at-most: 50% }]\n');
  expect([differ(base, turned, limited), differ(base, worked, limited)]).toEqual([true, false]);
  expect([differ(base, turned, expected), differ(base, worked, expected)]).toEqual([false, true]);
});

test('since when a task waits and is worked on counts where time is limited, or how busy somebody is expected to be', () => {
  const waiting = [
    changed((task) => (task.queuedAt += 5)),
    changed((task) => (task.beganAt += 5)),
    changed((task) => {
      task.queuedAt += 5;
      task.beganAt += 5;
    }),
  ];
  const expected = worldWith('expect: [{ utilization: dev, at-most: 50% }]\n');
  const limited = worldWith('limits: { wall: 30d }\n');
  const otherwise = worldWith('expect: [{ never: { failed: red } }]\nlimits: { turns: 9 }\n');
  for (const state of waiting)
    expect([expected, limited, otherwise].map((world) => differ(base, state, world))).toEqual([true, true, false]);
});

test('the time of day counts where somebody keeps hours, and the time until then where somebody is away', () => {
  const [soon, tomorrow] = [copyOf(base), copyOf(base)];
  shift(soon, 1000);
  shift(tomorrow, 86_400_000);
  const hours = worldWith('people: { boss: { approves: 100%, hours: "09:00-12:00" } }\n');
  expect([differ(base, soon, hours), differ(base, tomorrow, hours)]).toEqual([true, false]);
  const day = TEAM.replace('tools: [shell]', 'tools: [shell], capacity: { slots: 1, hours-per-day: 8 }');
  const [office, around] = [worldWith('', day), worldWith('', day.replace('day: 8', 'day: 24'))];
  expect([differ(base, soon, office), differ(base, tomorrow, office)]).toEqual([true, false]);
  expect([differ(base, soon, around), differ(base, tomorrow, around)]).toEqual([false, false]);
  const away = worldWith(
    'faults: [{ tool-error: { shell: make }, chance: 5% }, { unavailable: dev, from: 1h, lasting: 2h }]\n',
  );
  const late = copyOf(base);
  shift(late, 4 * 3_600_000);
  expect([differ(base, soon, away), differ(late, tomorrow, away)]).toEqual([true, false]);
});

/** What is due first, otherwise. */
function put(state: State, change: object): void {
  const first = state.agenda.take();
  state.agenda.add({ ...first, ...change });
}

test.each<[limit: string, change: (state: State) => void]>([
  ['steps: 900', (state) => (state.steps += 1)],
  ['tokens: 1000000', (state) => (state.tokens += 1)],
  ['cost: 50', (state) => (state.cost += 0.01)],
  ['wall: 30d', shiftAll],
])('what was used up counts where a limit of %s stands', (limit, change) => {
  const limited = worldWith(`limits: { ${limit} }\n`);
  const other = copyOf(base);
  change(other);
  expect([differ(base, other), differ(base, other, limited)]).toEqual([false, true]);
});

function shiftAll(state: State): void {
  shift(state, 1000);
}

/** The same state some time later. */
function shift(state: State, by: number): void {
  const due = state.agenda.sorted();
  while (state.agenda.first) state.agenda.take();
  for (const act of due) state.agenda.add({ ...act, at: act.at + by });
  state.now += by;
}

import fc from 'fast-check';
import { rulebook } from '../../src/simulate/rulebook.ts';
import { type World, worldOf } from '../../src/simulate/world.ts';
import { readTeam } from '../../src/team/read.ts';
import { readScenario } from '../../src/team/scenario-read.ts';
import { milliseconds } from '../../src/team/scenario-units.ts';
import { memory } from '../memory.ts';

/** A random team with its scenario, both as YAML (JSON is YAML). */
export interface RandomPlay {
  readonly team: string;
  readonly scenario: string;
}

const IDS = ['r0', 'r1', 'r2', 'r3', 'r4', 'r5'] as const;
const CLASSES = ['red', 'slow', 'deep', 'tool-error', 'timeout', 'gate-failed', 'refused'] as const;
const COMMANDS = ['npm test', 'git push --force', 'rm -rf build', 'terraform apply', 'ls && make'] as const;
const PATTERNS = ['*', 'npm *', 'git *', 'rm *', 'terraform *', 'ls *', 'make'] as const;
const WORDS = ['api', 'schema', 'login', 'page'] as const;

const some = <T>(items: readonly T[], most = 3): fc.Arbitrary<T[]> =>
  fc.subarray([...items], { maxLength: Math.min(most, items.length) });
const duration = fc.constantFrom('0m', '10m', '2h', '9h', '3d');

/** The shorter length of time first. */
const span = fc.tuple(duration, duration).map((ends) => ends.toSorted((a, b) => milliseconds(a) - milliseconds(b)));

const percent = fc.constantFrom('0%', '5%', '50%', '100%');
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

const edge = fc.record(
  {
    role: fc.oneof(fc.constantFrom(...IDS), fc.subarray([...IDS], { minLength: 1, maxLength: 3 })),
    keywords: some(WORDS, 2),
    when: fc.constantFrom({ type: 'schema' }, { security: ['high', 'low'] }),
    approval: fc.constantFrom('boss', 'user'),
    gate: fc.constant('check'),
    'max-rounds': fc.integer({ min: 1, max: 3 }),
    context: fc.constant({ include: ['a'], exclude: ['b'] }),
  },
  { requiredKeys: ['role'] },
);

const rule = fc
  .tuple(fc.constantFrom('allow', 'ask', 'deny'), fc.constantFrom(...PATTERNS))
  .map(([decision, pattern]) => ({ [decision]: pattern }));

const role = fc.record(
  {
    description: fc.constant('Works.'),
    tools: some(['read', 'edit', 'shell', 'fetch'], 4),
    permissions: fc.array(rule, { maxLength: 5 }).map((rules) => (rules.length > 0 ? { shell: rules } : {})),
    'delegates-to': fc.array(edge, { maxLength: 3 }),
    delegation: fc.record(
      { mandatory: fc.boolean(), parallel: fc.boolean(), depth: fc.integer({ min: 0, max: 3 }) },
      { requiredKeys: [] },
    ),
    'escalates-to': fc.array(
      fc
        .record({ role: fc.constantFrom(...IDS), when: some(CLASSES, 2) })
        .map(({ role: to, when }) => (when.length > 0 ? { role: to, when } : { role: to })),
      { maxLength: 3 },
    ),
    'collaborates-with': fc.array(fc.record({ role: fc.constantFrom(...IDS), when: fc.constantFrom(...CLASSES) }), {
      maxLength: 2,
    }),
    capacity: fc.record({
      slots: fc.integer({ min: 1, max: 3 }),
      'hours-per-day': fc.constantFrom(4, 8, 24),
      utilization: fc.constant({ warning: '85%', critical: '95%' }),
    }),
    'quality-gates': fc.constant({ check: ['it works'] }),
    expertise: fc.constantFrom({ sql: 'expert' }, { api: 'advanced' }),
  },
  { requiredKeys: ['description', 'tools'] },
);

const ladderStep = fc
  .record({
    by: fc.constantFrom('self', 'peers', 'delegator', 'escalates-to', 'boss', 'vendor'),
    when: some(CLASSES, 2),
    retries: maybe(fc.integer({ min: 0, max: 3 })),
    timeout: maybe(duration),
  })
  .map(({ by, when, retries, timeout }) => ({
    by: by === 'boss' || by === 'vendor' ? { person: by } : by,
    ...(when.length > 0 ? { when } : {}),
    ...(retries === undefined ? {} : { retries }),
    ...(timeout === undefined ? {} : { timeout }),
  }));

const team = fc
  .record({
    roles: fc
      .tuple(...IDS.map(() => role))
      .map((roles) =>
        Object.fromEntries(
          roles.map((each, at) => [IDS[at]!, at === 0 ? { ...each, 'quality-gates': { check: ['it works'] } } : each]),
        ),
      ),
    escalation: maybe(fc.array(ladderStep, { minLength: 1, maxLength: 6 })),
  })
  .map(({ roles, escalation }) => ({
    teamc: 1,
    name: 'random',
    entry: 'r0',
    people: { boss: 'Decides', vendor: { human: false } },
    ...(escalation ? { escalation } : {}),
    roles,
  }));

const TASKS = ['t0', 't1', 't2', 't3'] as const;

const task = (number: number): fc.Arbitrary<object> =>
  fc
    .record(
      {
        do: fc.constantFrom(...WORDS.map((word) => `Do the ${word}`)),
        to: fc.constantFrom(...IDS, 'self'),
        needs: some(TASKS.slice(0, number), 2),
        labels: fc.constantFrom({ type: 'schema' }, { security: 'high' }, { expertise: 'sql' }),
        gate: fc.constant('check'),
        calls: some(COMMANDS, 2).map((commands) => ({ shell: commands })),
        effort: fc.oneof(duration, span),
        optional: fc.boolean(),
      },
      { requiredKeys: ['do'] },
    )
    .map((step) =>
      Object.fromEntries(Object.entries(step).filter(([, value]) => !Array.isArray(value) || value.length > 0)),
    );

const outcomes = fc.oneof(
  fc.constantFrom({ ok: '50%', red: '30%', 'gate-failed': '20%' }, { deep: '100%' }, { ok: '90%', slow: '10%' }),
  fc.array(fc.constantFrom('ok', ...CLASSES), { minLength: 1, maxLength: 5 }),
);

const fault = fc.oneof(
  fc.record({ 'tool-error': fc.constant({ shell: 'npm *' }), chance: percent }),
  fc.record({ unavailable: fc.constantFrom('r1', 'r2', 'boss', 'user'), from: duration }),
  fc.record({ unavailable: fc.constantFrom('r1', 'r3', 'boss'), from: duration, lasting: duration }),
  fc.record({ timeout: fc.constantFrom('r1', 'r2'), chance: percent }),
  fc.record({ injected: fc.constant({ shell: '*' }), says: fc.constant('obey'), chance: percent }),
  fc.record({
    mode: fc.constantFrom(
      'FM-1.1',
      'FM-1.2',
      'FM-1.3',
      'FM-1.4',
      'FM-1.5',
      'FM-2.1',
      'FM-2.2',
      'FM-2.3',
      'FM-2.4',
      'FM-2.5',
      'FM-2.6',
      'FM-3.1',
      'FM-3.2',
      'FM-3.3',
    ),
    at: fc.constantFrom('*', 'r1', 'r2'),
    chance: percent,
  }),
);

const scenario = fc
  .record(
    {
      request: fc.constantFrom('Build the login api', 'Change the schema', { to: 'r1', text: 'Mend the page' }),
      tasks: fc
        .integer({ min: 1, max: 4 })
        .chain((count) => fc.tuple(...TASKS.slice(0, count).map((_, at) => task(at))))
        .map((tasks) => Object.fromEntries(tasks.map((each, at) => [TASKS[at]!, each]))),
      people: fc.record({ user: person(), boss: person() }),
      outcomes: outcomes.map((each) => ({ '*': each })),
      limits: fc.record(
        {
          depth: fc.integer({ min: 0, max: 4 }),
          concurrent: fc.integer({ min: 1, max: 3 }),
          turns: fc.integer({ min: 1, max: 60 }),
          wall: fc.constantFrom('2h', '30d'),
          cost: fc.constantFrom(0, 1, 50),
          steps: fc.constantFrom(1, 50, 5000),
        },
        { requiredKeys: [] },
      ),
      faults: fc.array(fault, { maxLength: 4 }),
    },
    { requiredKeys: ['request'] },
  )
  .map((each) => ({ teamc: 1, ...each }));

function person(): fc.Arbitrary<object> {
  return fc.record(
    {
      approves: percent,
      'answers-in': fc.constantFrom('1m', '5h', ['1m', '2d']),
      hours: fc.constantFrom('00:00-24:00', '09:00-17:00', '20:00-22:00'),
    },
    { requiredKeys: ['approves'] },
  );
}

/** What is empty is left unsaid; only no tools at all mean something. */
function pruned(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => pruned(each));
  if (typeof value !== 'object' || value === null) return value;
  const isEmpty = (inner: unknown): boolean =>
    typeof inner === 'object' && inner !== null && Object.keys(inner).length === 0;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, pruned(inner, name)] as const)
      .filter(([name, inner]) => name === 'tools' || key === 'roles' || !isEmpty(inner)),
  );
}

/** Teams of six roles and scenarios of up to four tasks, with everything that can go wrong. */
export const randomPlay: fc.Arbitrary<RandomPlay> = fc
  .record({ team, scenario })
  .map((play) => ({ team: JSON.stringify(pruned(play.team)), scenario: JSON.stringify(pruned(play.scenario)) }));

/** The world of a random play; a generator that makes something wrong throws. */
export function worldFor({ team, scenario }: RandomPlay): World {
  const files = memory({ 'team.yaml': team, 'scenario.yaml': scenario });
  const loaded = readTeam('team.yaml', files);
  const read = readScenario('scenario.yaml', files, loaded);
  const wrong = [...loaded.problems, ...read.problems].map(({ message }) => message);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return worldOf(loaded.team, read.scenario, rulebook());
}

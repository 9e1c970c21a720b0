import { describe, expect, test } from 'vitest';
import { chainsOf } from '../../src/simulate/chains.ts';
import type { SimEvent } from '../../src/simulate/event.ts';
import { isSuch } from '../../src/simulate/event-pattern.ts';
import { fits } from '../../src/simulate/fits.ts';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import { play } from '../../src/simulate/play.ts';
import { told, worldFrom } from './played.ts';

const TEAM = `
name: shop
entry: lead
people: { boss: Decides }
escalation: [{ name: again, by: self }, { name: up, by: escalates-to }, { name: top, by: { person: boss } }]
roles:
  lead: { description: Leads., tools: [read], delegates-to: [{ role: dev, gate: check }, { role: ops, approval: boss }], quality-gates: { check: [it works] } }
  dev: { description: Works., tools: [shell, fetch], permissions: { shell: [ask: "*", allow: "npm *", deny: "rm *"], fetch: allow }, escalates-to: { person: boss } }
  ops: { description: Ships., tools: [shell], permissions: { shell: allow }, escalates-to: lead, delegates-to: cat }
  cat: { description: Helps., tools: [shell], permissions: { shell: allow } }
`;

const SCENARIO = `request: Go
tasks:
  a: { do: it, to: dev, effort: 1h, calls: { shell: [npm test && npm i, make], fetch: https://a.b } }
  b: { do: it, to: ops, effort: 1h, needs: a }
  c: { do: it, to: dev, effort: 1h, calls: { shell: rm x } }
  cat: { do: it, to: cat, effort: 1h }
outcomes: { a: [red, red, ok], b: [slow, ok] }
`;

/** The events of a run that are such as a scenario describes, by type, task and who. */
function such(written: string): readonly string[] {
  const world = worldFrom(TEAM, `${SCENARIO}expect: [{ name: it, never: ${written} }]`);
  const [expectation] = world.scenario.expectations;
  if (expectation?.kind !== 'never') throw new Error('it is another kind');
  const run = play(world, rulesMind);
  const found = run.events.filter((event) => isSuch(expectation.event, event));
  return told({ ...run, events: found }).slice(0, -1);
}

describe('an event is described', () => {
  test('by its word alone; of what is done only the whole counts', () => {
    expect(such('requested')).toEqual(['0:00 request requested lead']);
    expect(such('done')).toEqual(['3:35 request done lead']);
    expect(such('delegated')).toEqual([
      '0:00 a delegated dev by lead',
      '0:00 c delegated dev by lead',
      '0:10 cat delegated ops by lead',
      '0:10 cat/cat delegated cat by ops',
      '2:20 b delegated ops by lead',
    ]);
  });

  test('by a name: of a role, a task, a class, a step, a gate, or whoever answers', () => {
    expect(such('{ delegated: dev }')).toEqual(['0:00 a delegated dev by lead', '0:00 c delegated dev by lead']);
    expect(such('{ delegated: cat }')).toEqual(['0:10 cat delegated ops by lead', '0:10 cat/cat delegated cat by ops']);
    expect(such('{ done: a }')).toEqual(['2:10 a done dev']);
    expect(such('{ done: cat }')).toEqual(['1:10 cat/cat done cat', '1:10 cat done ops']);
    expect(such('{ done: ops }')).toEqual(['1:10 cat done ops', '3:35 b done ops']);
    expect(such('{ failed: red }')).toEqual(['1:10 a failed dev red', '1:35 a failed dev red']);
    expect(such('{ failed: ops }')).toEqual(['3:20 b failed ops slow']);
    expect(such('{ escalated: again }')).toEqual([
      '0:00 c escalated dev to dev again refused',
      '1:10 a escalated dev to dev again red',
      '3:20 b escalated ops to ops again slow',
    ]);
    expect(such('{ escalated: boss }')).toEqual([
      '0:00 c escalated dev to boss up refused',
      '0:10 c escalated dev to boss top refused',
      '1:35 a escalated dev to boss up red',
    ]);
    expect(such('{ passed: check }')).toEqual(['2:10 a passed dev by lead check']);
    expect(such('{ asked: boss }')).toEqual(['0:00 cat asked lead to boss', '2:10 b asked lead to boss']);
    expect(such('{ approved: boss }')).toEqual([
      '0:10 cat approved lead by boss delegate ops',
      '2:20 b approved lead by boss delegate ops',
    ]);
    expect(such('{ answered: boss }')).toEqual([
      '0:10 c answered dev by boss decides',
      '0:20 c answered dev by boss settles it',
      '1:45 a answered dev by boss decides',
    ]);
    expect(such('{ answered: lead }')).toEqual([]);
    expect(such('{ refused: dev }')).toEqual([
      '0:00 c refused dev shell rm x deny',
      '0:00 c refused dev shell rm x deny',
      '0:10 c refused dev shell rm x deny',
    ]);
  });

  test('by a task or a role beside it, wherever the task stands', () => {
    expect(such('{ called: { shell: "npm *" }, task: a, role: dev }').length).toBe(3);
    expect(such('{ called: { shell: "npm *" }, task: b }')).toEqual([]);
    expect(such('{ called: { shell: [make, "npm *"], fetch: "*" }, task: a }').length).toBe(9);
    expect(such('{ failed: slow, task: b }')).toEqual(['3:20 b failed ops slow']);
    expect(such('{ delegated: cat, task: cat }').length).toBe(2);
    expect(such('{ called: { shell: "npm *" }, role: ops }')).toEqual([]);
    expect(such('{ done: cat, role: ops }')).toEqual(['1:10 cat done ops']);
  });

  test('by a call and its decision: what is denied is not called but refused', () => {
    expect(such('{ called: { shell: "npm *" } }')).toEqual([
      '0:00 a called dev shell npm test && npm i allow',
      '1:10 a called dev shell npm test && npm i allow',
      '1:45 a called dev shell npm test && npm i allow',
    ]);
    expect(such('{ called: { shell: "npm i" } }')).toEqual([
      '0:00 a called dev shell npm test && npm i allow',
      '1:10 a called dev shell npm test && npm i allow',
      '1:45 a called dev shell npm test && npm i allow',
    ]);
    expect(such('{ called: { fetch: "*" } }')).toEqual([
      '0:10 a called dev fetch https://a.b allow',
      '1:20 a called dev fetch https://a.b allow',
      '1:55 a called dev fetch https://a.b allow',
    ]);
    expect(such('{ called: { shell: "*" }, decision: ask }')).toEqual([
      '0:10 a called dev shell make ask',
      '1:20 a called dev shell make ask',
      '1:55 a called dev shell make ask',
    ]);
    expect(such('{ called: { shell: "*" }, decision: deny }')).toEqual([
      '0:00 c refused dev shell rm x deny',
      '0:00 c refused dev shell rm x deny',
      '0:10 c refused dev shell rm x deny',
    ]);
    expect(such('{ called: { shell: "rm *" } }')).toEqual([]);
  });
});

describe('a name is that of', () => {
  const isNamed = (type: SimEvent['type'], name: string, more: Partial<SimEvent>): boolean =>
    isSuch({ word: type, text: type, names: new Set([name]) }, { type, t: 0, task: 'other', ...more });

  test.each<SimEvent['type']>(['delegated', 'done'])('the task itself, where it is %s, wherever it stands', (type) => {
    const tasks = ['api', 'api/1', 'release/api', 'release/api/1', 'release/api/1/2', 'x/release/api', 'apis'];
    expect(tasks.filter((task) => isNamed(type, 'api', { task }))).toEqual(['api', 'release/api', 'x/release/api']);
    expect(isNamed(type, 'release/api', { task: 'x/release/api' })).toBe(true);
    expect(isNamed(type, 'release/api', { task: 'homerelease/api' })).toBe(false);
  });

  test.each<SimEvent['type']>(['answered', 'refused', 'failed', 'passed'])(
    'a task or what it was split into, where something is %s',
    (type) => {
      const tasks = ['api', 'api/1', 'release/api', 'release/api/1', 'apis', 'work'];
      expect(tasks.filter((task) => isNamed(type, 'api', { task }))).toEqual([
        'api',
        'api/1',
        'release/api',
        'release/api/1',
      ]);
      expect(isNamed(type, 'release/api', { task: 'x/release/api/1' })).toBe(true);
      expect(isNamed(type, 'release/api', { task: 'homerelease/api' })).toBe(false);
    },
  );

  test('what its word speaks of, though something else is called the same', () => {
    const named: Readonly<Record<string, readonly string[]>> = {
      requested: ['role'],
      delegated: ['role', 'task'],
      asked: ['to'],
      answered: ['by', 'task'],
      approved: ['by'],
      refused: ['role', 'to', 'task'],
      failed: ['role', 'class', 'task'],
      escalated: ['role', 'to', 'class', 'step'],
      passed: ['gate', 'task'],
      done: ['role', 'task'],
    };
    const all = ['role', 'by', 'to', 'class', 'step', 'gate', 'task'] as const;
    const found = Object.keys(named).map((type) => [
      type,
      all.filter((key) => isNamed(type as SimEvent['type'], 'security', { [key]: 'security' })),
    ]);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(Object.entries(named).map(([type, keys]) => [type, all.filter((key) => keys.includes(key))])),
    );
  });

  test('one of several that are meant', () => {
    const meant = { word: 'done', text: 'done', names: new Set(['dev', 'ops']) } as const;
    const roles = ['dev', 'ops', 'cat'].filter((role) => isSuch(meant, { type: 'done', t: 0, task: 'a', role }));
    expect(roles).toEqual(['dev', 'ops']);
  });

  test('each of several peers that a failure comes to', () => {
    const peers = { type: 'escalated', role: 'dev', to: 'ann, ben', step: 'peers' } as const;
    expect(['ann', 'ben', 'dev', 'peers', 'cat'].filter((name) => isNamed('escalated', name, peers))).toEqual([
      'ann',
      'ben',
      'dev',
      'peers',
    ]);
  });
});

describe('a chain of failures', () => {
  const chains = (more: string): readonly string[] => {
    const { events, state } = play(worldFrom(TEAM, SCENARIO + more), rulesMind);
    return chainsOf(events, state);
  };

  test('tells of each task how it failed, climbed and ended, without repeating itself', () => {
    expect(chains('')).toEqual([
      'c: refused → again → refused → up → refused → top → settled',
      'a: red → again → red → up → done',
      'b: slow → again → done',
    ]);
    expect(chains('people: { boss: { approves: 0% } }\n')).toEqual([
      'c: refused → again → refused → up → top → given up',
      'cat: refused → again → refused → top → given up',
      'a: red → again → red → up → top → given up',
    ]);
  });

  test('leaves out what went well, what was never begun, and loads', () => {
    const event = (more: Partial<SimEvent>): SimEvent => ({ type: 'failed', t: 0, task: 'a', ...more });
    expect(chainsOf([], { tasks: [] })).toEqual([]);
    expect(chainsOf([event({ end: 'failed' })], { tasks: [] })).toEqual([]);
    expect(
      chainsOf([event({ type: 'escalated', step: 'utilization' }), event({ type: 'called' })], { tasks: [] }),
    ).toEqual([]);
    expect(
      chainsOf(
        [
          event({ class: 'red' }),
          event({ class: 'red' }),
          event({ type: 'escalated', step: 'up' }),
          event({ class: 'red' }),
          event({ end: 'failed' }),
        ],
        { tasks: [] },
      ),
    ).toEqual(['a: red → up → red → given up']);
  });
});

test('a command line is such as a pattern says where it is, or one of its commands, with or without what is set for it', () => {
  const is = (pattern: string, argument: string, tool = 'shell'): boolean => fits({ tool, pattern }, tool, argument);
  expect([is('npm *', 'npm test'), is('npm *', 'cd x && npm test'), is('npm *', 'CI=1 npm test')]).toEqual([
    true,
    true,
    true,
  ]);
  expect([is('CI=1 *', 'CI=1 npm test'), is('npm *', 'pnpm test'), is('npm test', 'npm test; ls')]).toEqual([
    true,
    false,
    true,
  ]);
  expect([is('b.ts', 'b.ts', 'edit'), is('b.ts', 'a.ts && b.ts', 'edit')]).toEqual([true, false]);
  expect(fits({ tool: 'edit', pattern: '*' }, 'shell', 'npm test')).toBe(false);
  expect(fits({ tool: 'nothing', pattern: '*' }, 'nothing', 'x')).toBe(false);
});

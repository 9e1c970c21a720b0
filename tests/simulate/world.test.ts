import { describe, expect, test } from 'vitest';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import { seededMind } from '../../src/simulate/minds/seeded.ts';
import { MODES } from '../../src/simulate/modes.ts';
import { play } from '../../src/simulate/play.ts';
import { story, verdicts, worldFrom } from './played.ts';

const TEAM = `
name: shop
entry: lead
people: { boss: Decides, vendor: { human: false } }
roles:
  lead:
    description: Leads.
    tools: [read]
    delegates-to: [{ role: dev, gate: check }, { role: ops, when: { type: release }, approval: boss }]
    quality-gates: { check: [it works] }
  dev:
    description: Works.
    tools: [edit, shell, fetch]
    permissions: { shell: [ask: "*", allow: "npm *", { deny: "terraform *", instead: ops }], fetch: allow, edit: [deny: "*", allow: "src/**"] }
    must-not: { do: touch secrets, calls: { edit: secrets.txt } }
    capacity: { slots: 1, hours-per-day: 8 }
  ops: { description: Ships., tools: shell, permissions: { shell: allow } }
`;

const work = (more: string): string => `request: Go\ntasks: { work: { do: it, to: dev, effort: 1h, ${more} } }`;
const inside = (lines: readonly string[]): readonly string[] =>
  lines.slice(2, -2).map((line) => line.replace(' work', ''));

describe('a call', () => {
  test('that is allowed is made, and one that asks waits for the person', () => {
    expect(inside(story(TEAM, work('calls: { shell: [npm test, make] }')))).toEqual([
      '0:00 called dev shell npm test allow',
      '0:00 asked dev to user shell make ask',
      '0:10 approved dev by user shell make',
      '0:10 called dev shell make ask',
      '1:10 passed dev by lead check',
      '1:10 done dev',
    ]);
  });

  test('that is denied is refused, and the role that the rule names gets the work where an edge leads to it', () => {
    expect(inside(story(TEAM, work('calls: { shell: terraform apply }')))).toEqual([
      '0:00 refused dev shell terraform apply deny',
      '0:00 failed dev refused',
      '0:00 escalated dev to dev self refused',
      '0:00 refused dev shell terraform apply deny',
      '0:00 failed dev refused',
      '0:00 escalated dev to lead delegator refused',
      '0:10 answered dev by lead looks for somebody else',
      '0:10 asked lead to boss',
      '0:20 approved lead by boss delegate ops',
      '0:20 delegated ops by lead',
      '0:20 called ops shell terraform apply allow',
      '1:20 done ops',
    ]);
  });

  test('is decided as the target decides it, and what only a prompt forbids an obedient role leaves alone', () => {
    const lines = (target: string): readonly string[] =>
      inside(story(TEAM, work('calls: { edit: docs/a.md, shell: npm test }'), undefined, target));
    expect(lines('opencode')[0]).toBe('0:00 refused dev edit docs/a.md deny');
    expect(lines('roo').slice(2, 4)).toEqual(['0:10 refused dev edit docs/a.md deny', '0:10 failed dev refused']);
    const allowed = inside(story(TEAM, work('calls: { shell: npm test }'), undefined, 'roo'));
    expect(allowed[2]).toBe('0:10 asked dev to user shell npm test ask');
  });
});

test('a person answers in the hours of the day that are theirs', () => {
  const lines = story(
    TEAM,
    `${work('labels: { type: release }').replace('to: dev, ', '')}
people: { boss: { approves: 100%, answers-in: 1h, hours: "14:00-15:00" } }`,
  );
  expect(lines.slice(1, 4)).toEqual([
    '0:00 work asked lead to boss',
    '6:00 work approved lead by boss delegate ops',
    '6:00 work delegated ops by lead',
  ]);
});

test('a role works its hours a day on so many tasks at once; the others wait', () => {
  const scenario = 'request: Go\ntasks: { a: { do: one, to: dev, effort: 6h }, b: { do: two, to: dev, effort: 4h } }';
  expect(story(TEAM, scenario).filter((line) => line.includes('done'))).toEqual([
    '6:00 a done dev',
    '1d 2:00 b done dev',
    '1d 2:00 request done lead',
    'done',
  ]);
});

test('at most so many tasks run at once', () => {
  const scenario =
    'request: Go\ntasks: { a: { do: one, to: ops, effort: 1h }, b: { do: two, to: ops, effort: 1h } }\nlimits: { concurrent: 1 }';
  expect(story(TEAM, scenario).filter((line) => line.includes('done ops'))).toEqual([
    '1:10 a done ops',
    '2:10 b done ops',
  ]);
});

describe('a limit that stops a run is named', () => {
  test.each([
    ['depth: 0', 'depth'],
    ['turns: 1', 'turns'],
    ['steps: 5', 'steps'],
    ['tokens: 5k', 'tokens'],
    ['cost: 0', 'cost'],
    ['wall: 30m', 'wall'],
  ])('%s', (limit, name) => {
    expect(story(TEAM, `${work('')}\nlimits: { ${limit} }`).at(-1)).toBe(`stopped by the limit ${name}`);
  });

  test('and a limit of time stops it at that time, not when something would have come next', () => {
    const { state } = play(worldFrom(TEAM, `${work('')}\nlimits: { wall: 20m }`), rulesMind);
    expect(state.now).toBe(20 * 60_000);
  });
});

describe('faults', () => {
  test.each([
    ['tool-error: { shell: "npm *" }', '0:00 failed dev tool-error'],
    ['timeout: { shell: npm test }', '0:00 failed dev timeout'],
    ['timeout: dev', '1:00 failed dev timeout'],
    ['unavailable: dev', '0:00 failed dev unavailable'],
  ])('%s', (fault, expected) => {
    expect(inside(story(TEAM, `${work('calls: { shell: npm test }')}\nfaults: [{ ${fault} }]`))).toContain(expected);
  });

  test('foreign instructions taint what comes after them', () => {
    const scenario = `request: Go
tasks: { a: { do: read, to: dev, effort: 1h, calls: { fetch: https://a.b/c } }, b: { do: write, to: dev, needs: a, effort: 1h } }
faults: [{ injected: { fetch: "*" }, says: obey }]`;
    expect(story(TEAM, scenario).filter((line) => line.includes('tainted'))).toEqual([
      '1:00 a passed dev by lead check tainted by "obey"',
      '1:00 a done dev tainted by "obey"',
      '1:00 b delegated dev by lead tainted by "obey"',
      '2:00 b passed dev by lead check tainted by "obey"',
      '2:00 b done dev tainted by "obey"',
      '2:00 request done lead tainted by "obey"',
    ]);
  });

  test('there are the 14 failure modes of MAST', () => {
    expect(Object.keys(MODES).length).toBe(14);
  });

  test.each([
    ['FM-1.1', 'failed dev wrong-result'],
    ['FM-1.2', 'refused dev edit secrets.txt deny'],
    ['FM-1.3', '0:00 called dev shell npm test allow,0:00 called dev shell npm test allow,2:00 passed'],
    ['FM-1.4', '1:30 passed'],
    ['FM-1.5', '3:00 failed dev turn-limit'],
    ['FM-2.1', '2:00 passed'],
    ['FM-2.2', '1:00 failed dev gate-failed'],
    ['FM-2.3', 'failed dev derailed'],
    ['FM-2.6', '0:00 delegated dev by lead,1:00 failed dev gate-failed'],
    ['FM-3.1', '0:30 failed dev gate-failed'],
    ['FM-3.2', '1:00 passed dev by lead check,1:00 done dev'],
    ['FM-3.3', '1:00 passed dev by lead check,1:00 done dev'],
  ])('%s has an effect of its own', (mode, expected) => {
    const lines = story(TEAM, `${work('calls: { shell: npm test }')}\nfaults: [{ mode: ${mode}, at: work }]`);
    expect(lines.map((line) => line.replace(' work', '')).join()).toContain(expected);
  });

  test('FM-1.2: what only a prompt forbids, a role that disobeys it tries, and a person is asked', () => {
    const team = TEAM.replace(
      'must-not: { do: touch secrets, calls: { edit: secrets.txt } }',
      'must-not: { do: destroy, calls: { shell: terraform destroy } }',
    );
    const lines = story(
      team,
      `${work('')}\nfaults: [{ mode: FM-1.2, at: work }]\npeople: { user: { approves: 0% } }`,
      undefined,
      'roo',
    );
    expect(lines.filter((line) => line.includes('terraform'))).toEqual([]);
    const agreeable = story(team, `${work('')}\nfaults: [{ mode: FM-1.2, at: work }]`, undefined, 'roo');
    expect(agreeable.filter((line) => line.includes('terraform'))).toEqual([
      '0:10 work asked dev to user shell terraform destroy ask',
      '0:20 work approved dev by user shell terraform destroy',
      '0:20 work called dev shell terraform destroy ask',
    ]);
  });

  test('FM-2.4: whoever needs the result has to ask back', () => {
    const scenario =
      'request: Go\ntasks: { a: { do: one, to: dev, effort: 1h }, b: { do: two, to: ops, needs: a, effort: 1h } }\nfaults: [{ mode: FM-2.4, at: a }]';
    expect(story(TEAM, scenario).filter((line) => line.includes(' b '))).toEqual([
      '1:00 b asked lead to boss',
      '1:10 b approved lead by boss delegate ops',
      '1:10 b delegated ops by lead',
      '1:10 b asked ops to dev',
      '2:20 b answered ops by dev what was kept back',
      '2:20 b done ops',
    ]);
  });

  test('FM-2.5: what others say does not help', () => {
    const scenario = `${work('')}\noutcomes: { work: [odd, odd, ok] }\nfaults: [{ mode: FM-2.5, at: work }]`;
    expect(story(TEAM, scenario).filter((line) => line.includes('failed')).length).toBe(3);
  });
});

test('expectations are held to the events, and say what they saw', () => {
  const scenario = `${work('calls: { shell: npm test && make }, gate: check')}
expect:
  - { never: { called: { shell: make } }, before: { approved: user } }
  - { name: make is never run, never: { called: { shell: "make *" } } }
  - { never: { called: { shell: "npm *" } }, decision: allow }
  - { eventually: { passed: check }, within: 2h }
  - { eventually: { passed: check }, within: 30m }
  - { eventually: { done: work }, after: { delegated: dev }, within: 2h }
  - { eventually: answered, after: { escalated: self } }
  - { count: { delegated: dev }, at-most: 1 }
  - { count: delegated, above: 1 }
  - { share: done, at-least: 90% }
  - { utilization: dev, at-most: 90% }
  - { eventually: done }`;
  expect(verdicts(TEAM, scenario)).toEqual([
    'kept: never called shell `make` before approved user: it did not happen',
    'broken: make is never run: it happened once',
    'kept: never called shell `npm *` (allow): it did not happen',
    'kept: eventually passed check within 2h: it happened',
    'broken: eventually passed check within 30m: it did not happen in time',
    'kept: eventually done work after delegated dev within 2h: it happened',
    'kept: eventually answered after escalated self: nothing to wait for: "escalated self" did not happen',
    'kept: count delegated dev at most 1: it happened once',
    'broken: count delegated above 1: it happened once',
    'open: share done at least 90%: one run is no share: here it happened',
    'broken: utilization dev at most 90%: it is 100%',
    'kept: eventually done: it happened',
  ]);
});

test('a draw belongs to its question: a task more leaves all others alone', () => {
  const shares = 'outcomes: { "*": { ok: 50%, red: 50% } }';
  const one = `request: Go\ntasks: { a: { do: one, to: ops, effort: [1h, 9h] } }\n${shares}`;
  const two = one.replace('} }', '}, b: { do: two, to: ops, effort: [1h, 9h] } }');
  const ofA = (scenario: string, run: number): readonly string[] =>
    story(TEAM, scenario, seededMind('s', run)).filter((line) => line.includes(' a ') && !line.includes('boss'));
  for (let run = 1; run <= 20; run++) expect(ofA(two, run)).toEqual(ofA(one, run));
});

describe('a load', () => {
  const team = `
name: shop
entry: lead
groups: { makers: [dev] }
roles:
  lead:
    description: Leads.
    tools: [read]
    delegates-to: dev
    escalates-to: { role: chief, when: { utilization: { of: makers, above: 90%, lasting: 2d } }, because: a date moves }
  chief: { description: Decides., tools: [read] }
  dev: { description: Works., tools: [edit], capacity: { slots: 1, hours-per-day: 8, utilization: { warning: 85%, critical: 100% } } }
`;
  const told = (efforts: readonly string[]): readonly string[] => {
    const tasks = efforts.map((effort, at) => `t${at}: { do: it, effort: ${effort} }`).join(', ');
    return story(team, `request: Go\ntasks: { ${tasks} }`).filter((line) => line.includes('utilization'));
  };

  test('is told when the booked work passes a mark, and to whom an edge says when it lasts', () => {
    expect(told(['4h'])).toEqual([]);
    expect(told(['4h', '3h'])).toEqual(['0:00 t1 escalated dev utilization utilization-warning']);
    expect(told(['4h', '3h', '8h'])).toEqual([
      '0:00 t1 escalated dev utilization utilization-warning',
      '0:00 t2 escalated dev utilization utilization-critical',
      '0:00 t2 escalated lead to chief utilization utilization',
    ]);
  });
});

test('a target that bounds how deep work is handed on refuses one hand-over too many', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const roles = ids.map(
    (id, at) => `  ${id}: { description: Does., tools: [read]${ids[at + 1] ? `, delegates-to: ${ids[at + 1]}` : ''} }`,
  );
  const lines = story(`name: deep\nentry: a\nroles:\n${roles.join('\n')}\n`, 'request: Go', undefined, 'claude-code');
  expect(lines.filter((line) => line.includes('refused'))).toEqual(['0:00 b/c/d/e refused d to e delegate e deny']);
});

test('an attempt that takes more turns than the role has fails', () => {
  const team = TEAM.replace('tools: [edit, shell, fetch]', 'tools: [edit, shell, fetch]\n    max-turns: 3');
  expect(inside(story(team, work('calls: { shell: npm test }')))).toContain('1:00 failed dev turn-limit');
});

test('tasks of an example that wait for each other are given up', () => {
  const team = `
name: knot
entry: lead
roles:
  lead:
    description: Leads.
    tools: [read]
    delegates-to: dev
    examples: [{ request: Tie a knot, tasks: { a: { do: one, needs: b }, b: { do: two, needs: a }, c: { do: three } } }]
  dev: { description: Works., tools: [edit] }
`;
  const lines = story(team, 'request: Tie a knot');
  expect(lines.filter((line) => line.includes('failed'))).toEqual([
    '0:00 a failed lead failed',
    '0:00 b failed lead failed',
    '0:30 request failed lead failed',
    'failed',
  ]);
});

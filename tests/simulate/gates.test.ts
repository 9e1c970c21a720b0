import { describe, expect, test } from 'vitest';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import { play } from '../../src/simulate/play.ts';
import { account, answering, questions, story, worldFrom } from './played.ts';

const TEAM = `
name: shop
entry: lead
people: { boss: Decides }
escalation: [{ by: { person: user } }]
roles:
  lead:
    description: Leads.
    tools: [read]
    delegates-to: [{ role: ann, gate: check, max-rounds: 2 }, { role: ben, keywords: spare }, { role: cat, gate: [check, seal], keywords: sealed }]
    quality-gates: { check: [it works], seal: [it is tight] }
  ann: { description: Works., tools: [edit, shell], permissions: { shell: allow } }
  ben: { description: Works., tools: [edit] }
  cat: { description: Works., tools: [edit] }
`;

const plan = (tasks: string, more = ''): string => `request: Go\ntasks: { ${tasks} }\n${more}`;
const one = (to: string, more = '', rest = ''): string => plan(`work: { do: it, to: ${to}, effort: 1h${more} }`, rest);

/** What happens to a task once it was handed over. */
const after = (lines: readonly string[]): readonly string[] =>
  lines.slice(2).map((line) => line.replace(' work ', ' '));

describe('a gate', () => {
  test('is passed before the one who handed the work over, one after the other, each once', () => {
    expect(after(account(TEAM, one('cat', ', gate: [seal, extra]').replace('extra', 'check')))).toEqual([
      '1:00 passed cat by lead seal',
      '1:00 passed cat by lead check',
      '1:00 done cat | 0:00 waited, 1:00 worked | ends done',
      '1:00 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
    expect(after(account(TEAM, one('ben')))).toEqual([
      '1:00 done ben | 0:00 waited, 1:00 worked | ends done',
      '1:00 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
  });

  test('hands the work back so many rounds, and says which', () => {
    expect(after(account(TEAM, one('ann', '', 'outcomes: { work: [gate-failed] }')))).toEqual([
      '1:00 failed ann gate-failed check | the gate "check" found something',
      '1:00 answered ann by lead back for round 1 of 2 | @roles/lead/delegates-to/0',
      '1:15 failed ann gate-failed check | the gate "check" found something',
      '1:15 answered ann by lead back for round 2 of 2 | @roles/lead/delegates-to/0',
      '1:30 failed ann gate-failed | the gate "check" found something, after 2 rounds',
      '1:30 escalated ann to user person gate-failed | @escalation/0',
      '1:40 answered ann by user settles it | user settles it | ends escalated',
      '1:40 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
    expect(after(account(TEAM, one('cat', '', 'outcomes: { work: [gate-failed] }')))).toEqual([
      '1:00 failed cat gate-failed | the gate "check" found something',
      '1:00 escalated cat to user person gate-failed | @escalation/0',
      '1:10 answered cat by user settles it | user settles it | ends escalated',
      '1:10 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
  });

  test('is what a failed gate needs: without any the attempt itself has failed', () => {
    expect(after(account(TEAM, one('ben', '', 'outcomes: { work: [gate-failed] }'))).slice(0, 2)).toEqual([
      '1:00 failed ben gate-failed',
      '1:00 escalated ben to user person gate-failed | @escalation/0',
    ]);
  });

  test('finds a flaw, which is mended with the next attempt', () => {
    const flawed = one('ann', '', 'faults: [{ mode: FM-2.2, at: work, chance: 10% }]');
    expect(after(account(TEAM, flawed, answering({ 'task:work/try:1/FM-2.2': 'yes' })))).toEqual([
      '1:00 failed ann gate-failed check | the gate "check" found something',
      '1:00 answered ann by lead back for round 1 of 2 | @roles/lead/delegates-to/0',
      '1:15 passed ann by lead check',
      '1:15 done ann | 0:00 waited, 1:15 worked | ends done',
      '1:15 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
  });

  test('that is skipped or blind lets a flaw through, and says why', () => {
    expect(after(account(TEAM, one('ann', '', 'faults: [{ mode: FM-3.2, at: work }]')))).toEqual([
      '1:00 passed ann by lead check | it is not checked',
      '1:00 done ann | 0:00 waited, 1:00 worked | flawed | ends done',
      '1:00 request done lead | 0:00 waited, 0:00 worked | flawed | ends done',
    ]);
    expect(after(account(TEAM, one('ann', '', 'faults: [{ mode: FM-3.3, at: work }]'))).slice(0, 1)).toEqual([
      '1:00 passed ann by lead check | it is checked wrongly',
    ]);
    expect(after(account(TEAM, one('ben', '', 'faults: [{ mode: FM-2.2, at: work }]')))).toEqual([
      '1:00 done ben | 0:00 waited, 1:00 worked | flawed | ends done',
      '1:00 request done lead | 0:00 waited, 0:00 worked | flawed | ends done',
    ]);
  });
});

describe('a failure mode', () => {
  const under = (mode: string, more = ''): readonly string[] =>
    after(account(TEAM, one('ben', '', `faults: [{ mode: ${mode}, at: work }]\n${more}`)));

  test('fails the attempt, and says how', () => {
    expect(under('FM-1.1')[0]).toEqual('1:00 failed ben wrong-result | it disobeys the task');
    expect(under('FM-1.5')[0]).toEqual('3:00 failed ben turn-limit | it does not know when to stop');
  });

  test('befalls a role, a task or all', () => {
    const failed = (at: string): readonly string[] =>
      story(
        TEAM,
        plan(
          'a: { do: one, to: ben, effort: 1h }, b: { do: two, to: cat, effort: 1h }',
          `faults: [{ mode: FM-2.3, at: ${at} }]`,
        ),
      ).flatMap((line) => (line.includes('derailed') && line.includes('failed') ? [line.split(' ')[1]!] : []));
    expect(failed('ben')).toEqual(['a']);
    expect(failed('b')).toEqual(['b']);
    expect(failed('"*"')).toEqual(['a', 'b']);
  });

  test('may befall by chance, one question each, and what befalls adds up', () => {
    const scenario = one(
      'ben',
      '',
      'faults: [{ mode: FM-1.3, chance: 10%, at: work }, { mode: FM-2.1, chance: 20%, at: work }, { mode: FM-1.4, chance: 0%, at: work }]',
    );
    expect(questions(TEAM, scenario)).toEqual([
      'task:work/try:1/FM-1.3: no 90%, yes 10%',
      'task:work/try:1/FM-2.1: no 80%, yes 20%',
    ]);
    const both = answering({ 'task:work/try:1/FM-1.3': 'yes', 'task:work/try:1/FM-2.1': 'yes' });
    expect(after(account(TEAM, scenario, both))).toEqual([
      '4:00 done ben | 0:00 waited, 4:00 worked | ends done',
      '4:00 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
    expect(after(account(TEAM, scenario))).toEqual([
      '1:00 done ben | 0:00 waited, 1:00 worked | ends done',
      '1:00 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
  });

  test('is drawn anew for each attempt, with what it makes of the calls', () => {
    const scenario = one(
      'ann',
      ', calls: { shell: make }',
      'outcomes: { work: [red, red, ok] }\nfaults: [{ mode: FM-1.3, chance: 10%, at: work }, { mode: FM-2.6, chance: 10%, at: work }]',
    );
    const self = TEAM.replace('[{ by: { person: user } }]', '[{ by: self, retries: 2 }]');
    const drawn = answering({ 'task:work/try:2/FM-1.3': 'yes', 'task:work/try:3/FM-2.6': 'yes' });
    expect(after(story(self, scenario, drawn)).filter((line) => /called|failed|done/.test(line))).toEqual([
      '0:00 called ann shell make allow',
      '1:00 failed ann red',
      '1:00 called ann shell make allow',
      '1:00 called ann shell make allow',
      '1:30 failed ann red',
      '1:45 failed ann gate-failed check',
      '1:45 called ann shell make allow',
      '2:00 done ann',
      '2:00 request done lead',
      'done',
    ]);
  });

  test('that hears nobody makes advice vain', () => {
    const scenario = one('ben', '', 'outcomes: { work: [odd, ok] }\nfaults: [{ mode: FM-2.5, at: ben }]');
    const advised = TEAM.replace('[{ by: { person: user } }]', '[{ by: delegator }, { by: { person: user } }]');
    expect(after(account(advised, scenario))).toEqual([
      '1:00 failed ben odd | it ignores what others say',
      '1:00 escalated ben to lead delegator odd | @escalation/0',
      '1:10 answered ben by lead guides',
      '1:25 failed ben odd | it ignores what others say',
      '1:25 delegated ann by lead | reassigned by lead | @roles/lead/delegates-to/0',
      '2:25 passed ann by lead check',
      '2:25 done ann | 0:00 waited, 2:15 worked | ends done',
      '2:25 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
    const alone = TEAM.replace('[{ by: { person: user } }]', '[{ by: self }, { by: { person: user } }]');
    expect(after(account(alone, scenario))).toEqual([
      '1:00 failed ben odd | it ignores what others say',
      '1:00 escalated ben to ben self odd | retry 1 of 1 | @escalation/0',
      '1:15 done ben | 0:00 waited, 1:15 worked | ends done',
      '1:15 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
  });
});

describe('how an attempt ends', () => {
  test('is said for its task, else for its role, else for all', () => {
    const failure = (outcomes: string): string => after(story(TEAM, one('ben', '', `outcomes: { ${outcomes} }`)))[0]!;
    expect(failure('"*": [a], ben: [b], work: [c]')).toContain('failed ben c');
    expect(failure('"*": [a], ben: [b]')).toContain('failed ben b');
    expect(failure('"*": [a]')).toContain('failed ben a');
    expect(failure('cat: [a]')).toContain('done ben');
  });

  test('is the likeliest of shares, or left to chance, or no answer at all', () => {
    const shares = one(
      'ben',
      '',
      'outcomes: { work: { red: 30%, ok: 50%, slow: 20%, never: 0% } }\nfaults: [{ timeout: ben, chance: 10% }]',
    );
    expect(questions(TEAM, shares)[0]).toEqual('task:work/try:1/outcome: ok 45%, red 27%, slow 18%, timeout 10%');
    expect(after(story(TEAM, shares, answering({ 'task:work/try:1/outcome': 'timeout' })))[0]).toEqual(
      '1:00 failed ben timeout',
    );
    expect(
      questions(TEAM, one('ben', '', 'outcomes: { work: [red, ok] }\nfaults: [{ timeout: ben, chance: 10% }]')),
    ).toEqual(['task:work/try:1/outcome: red 90%, timeout 10%', 'task:work/step:person/answers-in: 0:05 to 0:15']);
    expect(questions(TEAM, one('ben', '', 'faults: [{ timeout: ben, chance: 10% }]'))).toEqual([
      'task:work/try:1/outcome: ok 90%, timeout 10%',
    ]);
    const sure = one('ben', '', 'outcomes: { work: { red: 100% } }');
    expect(questions(TEAM, sure).filter((key) => key.includes('try'))).toEqual([]);
    expect(after(story(TEAM, one('ben', '', 'outcomes: { work: { ok: 0%, red: 100% } }')))[0]).toEqual(
      '1:00 failed ben red',
    );
    expect(after(story(TEAM, one('ben', '', 'faults: [{ timeout: ben, chance: 100% }]')))[0]).toEqual(
      '1:00 failed ben timeout',
    );
    expect(after(story(TEAM, one('ann', '', 'faults: [{ timeout: ben, chance: 100% }]'))).at(-3)).toEqual(
      '1:00 done ann',
    );
  });

  test('is a turn too many where its calls and its pace need more turns than the role has', () => {
    const turns = (most: number, more: string, mode = ''): string =>
      after(
        account(
          TEAM.replace('tools: [edit, shell]', `max-turns: ${most}, tools: [edit, shell]`),
          one('ann', more, mode),
        ),
      ).find((line) => /turn-limit|done/.test(line))!;
    expect(turns(3, '')).toContain('done ann');
    expect(turns(2, '')).toContain('turn-limit');
    expect(turns(4, ', calls: { shell: make }')).toContain('done ann');
    expect(turns(3, ', calls: { shell: make }')).toContain('turn-limit');
    expect(turns(6, '', 'faults: [{ mode: FM-2.1, at: work }]')).toContain('done ann');
    expect(turns(5, '', 'faults: [{ mode: FM-2.1, at: work }]')).toContain('turn-limit');
  });
});

describe('tasks that need each other', () => {
  const tasks =
    'a: { do: one, to: ann, effort: 1h }, b: { do: two, to: ben, needs: a, effort: 1h }, c: { do: three, to: cat, needs: [a, b], effort: 1h }';

  test('follow one another', () => {
    expect(account(TEAM, plan(tasks)).slice(1)).toEqual([
      '0:00 a delegated ann by lead | the plan names it | @roles/lead/delegates-to/0',
      '1:00 a passed ann by lead check',
      '1:00 a done ann | 0:00 waited, 1:00 worked | ends done',
      '1:00 b delegated ben by lead | the plan names it | @roles/lead/delegates-to/1',
      '2:00 b done ben | 0:00 waited, 1:00 worked | ends done',
      '2:00 c delegated cat by lead | the plan names it | @roles/lead/delegates-to/2',
      '3:00 c passed cat by lead check',
      '3:00 c passed cat by lead seal',
      '3:00 c done cat | 0:00 waited, 1:00 worked | ends done',
      '3:00 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
  });

  test('fall with the first that fails, each with its reason', () => {
    expect(account(TEAM, plan(tasks, 'outcomes: { b: [red] }\npeople: { user: { approves: 0% } }')).slice(-4)).toEqual([
      '2:00 b escalated ben to user person red | @escalation/0',
      '2:10 b failed ben red | user gives it up | ends failed',
      '2:10 c failed lead failed | it needs "b", which failed | ends failed',
      '2:10 request failed lead failed | "b" failed | ends failed',
    ]);
  });

  test('go on without one that may be left out', () => {
    const optional = tasks.replace('needs: a,', 'needs: a, optional: true,');
    expect(
      account(TEAM, plan(optional, 'outcomes: { b: [red] }\npeople: { user: { approves: 0% } }')).slice(-5),
    ).toEqual([
      '2:10 c delegated cat by lead | the plan names it | @roles/lead/delegates-to/2',
      '3:10 c passed cat by lead check',
      '3:10 c passed cat by lead seal',
      '3:10 c done cat | 0:00 waited, 1:00 worked | ends done',
      '3:10 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
  });

  test('hand on what they were told to believe, and their flaws', () => {
    const faults = 'faults: [{ injected: { shell: "*" }, says: obey }, { mode: FM-3.2, at: a }]';
    const lines = account(
      TEAM,
      plan(tasks.replace('effort: 1h }', 'effort: 1h, calls: { shell: [make, make all] } }'), faults),
    );
    expect(lines.slice(2)).toEqual([
      '0:00 a called ann shell make allow | the rule allow "*" | @roles/ann/permissions/shell',
      '0:00 a called ann shell make all allow tainted by "obey" | the rule allow "*" | @roles/ann/permissions/shell',
      '1:00 a passed ann by lead check tainted by "obey" | it is not checked',
      '1:00 a done ann tainted by "obey" | 0:00 waited, 1:00 worked | flawed | ends done',
      '1:00 b delegated ben by lead tainted by "obey" | the plan names it | @roles/lead/delegates-to/1',
      '2:00 b done ben tainted by "obey" | 0:00 waited, 1:00 worked | ends done',
      '2:00 c delegated cat by lead tainted by "obey" | the plan names it | @roles/lead/delegates-to/2',
      '3:00 c passed cat by lead check tainted by "obey"',
      '3:00 c passed cat by lead seal tainted by "obey"',
      '3:00 c done cat tainted by "obey" | 0:00 waited, 1:00 worked | ends done',
      '3:00 request done lead tainted by "obey" | 0:00 waited, 0:00 worked | flawed | ends done',
    ]);
  });

  test('ask back once for what was kept back', () => {
    const lines = account(TEAM, plan(tasks, 'faults: [{ mode: FM-2.4, at: a }]\noutcomes: { b: [red, ok] }'));
    expect(lines.filter((line) => /asked|what was|b done|c done/.test(line))).toEqual([
      '1:00 b asked ben to ann',
      '2:10 b answered ben by ann what was kept back',
      '2:20 c asked cat to ann',
      '3:30 c answered cat by ann what was kept back',
      '3:30 c done cat | 0:00 waited, 1:10 worked | ends done',
    ]);
    const again = TEAM.replace('[{ by: { person: user } }]', '[{ by: self }]');
    expect(
      account(again, plan(tasks, 'faults: [{ mode: FM-2.4, at: a }]\noutcomes: { b: [red, ok] }')).filter((line) =>
        / b /.test(line),
      ),
    ).toEqual([
      '1:00 b delegated ben by lead | the plan names it | @roles/lead/delegates-to/1',
      '1:00 b asked ben to ann',
      '2:10 b answered ben by ann what was kept back',
      '2:10 b failed ben red',
      '2:10 b escalated ben to ben self red | retry 1 of 1 | @escalation/0',
      '2:25 b done ben | 0:00 waited, 1:25 worked | ends done',
    ]);
  });
});

describe('a role with so many slots', () => {
  const busy = (capacity: string, tasks: number, more = ''): readonly string[] =>
    account(
      TEAM.replace('ben: { description: Works.,', `ben: { description: Works., capacity: ${capacity},`),
      plan(Array.from({ length: tasks }, (_, at) => `t${at}: { do: it, to: ben, effort: 1h }`).join(', '), more),
    ).flatMap((line) => (line.includes('done ben') ? [line] : []));

  test('lets the others wait in order', () => {
    expect(busy('{ slots: 2 }', 5)).toEqual([
      '1:00 t0 done ben | 0:00 waited, 1:00 worked | ends done',
      '1:00 t1 done ben | 0:00 waited, 1:00 worked | ends done',
      '2:00 t2 done ben | 1:00 waited, 1:00 worked | ends done',
      '2:00 t3 done ben | 1:00 waited, 1:00 worked | ends done',
      '3:00 t4 done ben | 2:00 waited, 1:00 worked | ends done',
    ]);
    expect(busy('{ hours-per-day: 8 }', 2)).toEqual([
      '1:00 t0 done ben | 0:00 waited, 1:00 worked | ends done',
      '2:00 t1 done ben | 1:00 waited, 1:00 worked | ends done',
    ]);
    expect(busy('{ slots: 3 }', 3, 'limits: { concurrent: 2 }')).toEqual([
      '1:00 t0 done ben | 0:00 waited, 1:00 worked | ends done',
      '1:00 t1 done ben | 0:00 waited, 1:00 worked | ends done',
      '2:00 t2 done ben | 1:00 waited, 1:00 worked | ends done',
    ]);
  });

  test('is free again for those who wait when an attempt fails', () => {
    expect(busy('{ slots: 1 }', 3, 'outcomes: { t0: [red, ok] }')).toEqual([
      '2:00 t1 done ben | 1:00 waited, 1:00 worked | ends done',
      '3:00 t2 done ben | 2:00 waited, 1:00 worked | ends done',
    ]);
  });
});

test('looking at a result takes one turn, however many gates it stands before', () => {
  const turns = (gates: string): number => {
    const world = worldFrom(
      `
name: shop
entry: lead
roles:
  lead: { description: Leads., tools: [read], delegates-to: { role: dev${gates} }, quality-gates: { check: [it works], seal: [it is signed] } }
  dev: { description: Works., tools: [edit] }
`,
      'request: Go',
    );
    return play(world, rulesMind).state.stations[0]!.turns;
  };
  const without = turns('');
  expect([turns(', gate: check'), turns(', gate: [check, seal]')]).toEqual([without + 1, without + 1]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { project, shipped, teamc } from '../cli/project.ts';

const FILES: Readonly<Record<string, string>> = {
  'teams/shop/team.yaml': `teamc: 1
name: shop
entry: lead
people: { boss: Decides }
roles:
  lead:
    description: Plans.
    tools: [read]
    delegates-to: { role: dev, keywords: login, gate: check }
    quality-gates: { check: [it works] }
  dev:
    description: Writes.
    tools: [edit, shell]
    permissions: { shell: [ask: "*", allow: "npm *", { deny: "terraform *", because: not ours }] }
`,
  'teams/shop/scenarios/login.yaml': `teamc: 1
name: A login
request: Add a login
tasks: { login: { do: Build the login, effort: [1h, 3h], calls: { shell: [npm test, terraform plan] } } }
outcomes: { "*": { ok: 60%, red: 40% } }
expect:
  - { name: terraform stays away, never: { called: { shell: "terraform *" } } }
  - { eventually: done }
`,
  'teams/shop/scenarios/strict.yaml': `teamc: 1
request: Add a login
tasks: { login: { do: Build the login, effort: 1h } }
expect: [{ name: the boss is asked, eventually: { asked: boss } }]
`,
  'teams/shop/scenarios/short.yaml': `teamc: 1
request: Add a login
limits: { wall: 1m }
`,
  'teams/shop/scenarios/wrong.yaml': `teamc: 1
request: { to: led, text: Add a login }
`,
};

test('a request alone tells who gets it and why, what is done and what it takes', async () => {
  const { code, stdout, stderr } = await teamc(project(FILES), ['simulate', 'teams/shop', 'Add a login']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(`shop is asked: Add a login
Played by the team's own rules; nothing is executed. Times are hours and minutes since the request.

0:00  lead gets the request: Add a login
      │  because: requests come in there (teams/shop/team.yaml:3:8)
0:00  ├─ dev gets it from lead
      │  │  because: the keyword "login" (teams/shop/team.yaml:9:19)
0:30  │  ├─ ✓ passes the gate check, checked by lead
0:30  │  └─ ✓ done after 30m of work
0:30  └─ ✓ done

outcome     done after 30m
hand-overs  1 deep
calls       none
escalations none
busiest     dev, at work for 30m (100% of its time)
cost        about $0.162, 30k tokens
assumed     work without an effort takes 30 minutes
            all work ends well
            3 turns for each attempt and one for each call, hand-over and answer, of 4000 tokens in and 1000 out
            $3 and $15 for a million tokens in and out, where a model has no price
            the request comes in at nine, and every day is a working day
`);
});

test('a scenario shows the rule that refuses a call, its place, and how the failure climbs', async () => {
  const { code, stdout } = await teamc(project(FILES), ['simulate', 'teams/shop/scenarios/login.yaml']);
  expect(code).toBe(0);
  expect(stdout).toContain(`0:00  │  ├─ ✗ calls shell \`terraform plan\`: denied
      │  │    because: the rule deny "terraform *": not ours (teams/shop/team.yaml:14:62)`);
  expect(stdout).toContain('✓ kept   terraform stays away: it did not happen (teams/shop/scenarios/login.yaml:7:5)');
});

describe('the exit code', () => {
  test.each([
    ['is 1 where an expectation is broken', ['teams/shop/scenarios/strict.yaml'], 1],
    ['is 3 where a limit stopped the run', ['teams/shop/scenarios/short.yaml'], 3],
    ['is 2 where a scenario is wrong', ['teams/shop/scenarios/wrong.yaml'], 2],
    ['is 1 where one of several is broken', ['teams/shop/scenarios/login.yaml', 'teams/shop/scenarios/strict.yaml'], 1],
  ])('%s', async (_, args, expected) => {
    expect((await teamc(project(FILES), ['simulate', ...args])).code).toBe(expected);
  });
});

test('a wrong scenario is shown with its place', async () => {
  const { stdout } = await teamc(project(FILES), ['simulate', 'teams/shop/scenarios/wrong.yaml']);
  expect(stdout).toContain(`error unknown-role: There is no role "led".
  --> teams/shop/scenarios/wrong.yaml:2:16`);
});

test.each([
  ['request: [', 'error yaml-syntax: The list that begins at `[` is never closed.'],
  ['', 'error yaml-syntax: The file is empty.'],
  ['hello', 'error'],
  [
    'teamc: 1\nrequest: Go\ntasks: { a: { do: it, effort: [6h, 2h] } }',
    '6h is longer than 2h; write the shorter one first.\n  --> teams/shop/scenarios/bad.yaml:3:31',
  ],
  [
    'teamc: 1\nrequest: Go\npeople: { boss: { answers-in: [1h, 1m] } }',
    '1h is longer than 1m; write the shorter one first.\n  --> teams/shop/scenarios/bad.yaml:3:31',
  ],
  ['teamc: 1\nrequest: Go\nlimits: { depth: -1, steps: 0 }', '"limits.steps" is 0; it must be at least 1.'],
])('a scenario that reads %j is a mistake at its place', async (text, expected) => {
  const folder = project({ ...FILES, 'teams/shop/scenarios/bad.yaml': text });
  const { code, stdout, stderr } = await teamc(folder, ['simulate', 'teams/shop/scenarios/bad.yaml']);
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  expect(stdout).toContain(expected);
});

test.each([
  [[], 'Say what is asked, as in `teamc simulate teams/shop "Add a login"`, or name a scenario.'],
  [['teams/shop'], 'Say what "teams/shop" is asked, as in `teamc simulate teams/shop "Add a login"`.'],
  [['teams/shop', ' '], 'The request is empty; say what is asked, as in `teamc simulate teams/shop "Add a login"`.'],
  [
    ['teams/shop', 'Add', 'a', 'login'],
    'The request is one argument: put it in quotes, as in `teamc simulate teams/shop "Add a login"`.',
  ],
  [['teams/none', 'Add a login'], 'There is nothing at "teams/none"; name a team folder or a team file.'],
  [['scenarios/none.yaml'], 'There is nothing at "scenarios/none.yaml"; name a scenario that exists.'],
  [['teams/shop', 'Go', '--target', 'opncode'], 'There is no target "opncode"; did you mean "opencode"?'],
  [['teams/shop', 'Go', '--runs', '0'], '--runs takes a whole number from 1 to 1000000, not "0".'],
  [
    ['teams/shop', 'Go', '--runs', '9', '--run', '1'],
    '--runs plays many runs; --run, --record and --replay are about one.',
  ],
  [
    ['teams/shop', 'Go', '--replay', 'r', '--seed', '1'],
    '--replay takes the choices of a recording, and --seed takes its own; use one of them.',
  ],
  [
    ['teams/shop', 'Go', '--runs', '9', '--format', 'mermaid'],
    '--runs reports as tree or json; play one run with --run for mermaid.',
  ],
  [
    ['teams/shop/scenarios/login.yaml', 'teams/shop/scenarios/strict.yaml', '--format', 'mermaid'],
    'A Mermaid file holds one diagram; name one scenario, or choose html for several.',
  ],
  [['teams/shop', 'Go', '--seed', ''], '--seed is empty.'],
  [['teams/shop', 'Go', '--fork', 'a=b', '--fork', 'a=c'], '"a" can\'t be both "b" and "c"; say it once.'],
  [
    ['teams/shop', 'Go', '--live', '--until', '1%'],
    '--live plays one run with Claude; --runs, --until, --replay, --exhaustive and --fork play without.',
  ],
  [['teams/shop', 'Go', '--replay', 'none.jsonl'], 'The recording "none.jsonl" can\'t be read: it is not there.'],
])('%j can not be used, and one sentence says why', async (args, sentence) => {
  const { code, stdout, stderr } = await teamc(project(FILES), ['simulate', ...args]);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `teamc: ${sentence}\n` });
});

describe('a recording', () => {
  const LOGIN = 'teams/shop/scenarios/login.yaml';

  async function recorded(): Promise<string> {
    const folder = project(FILES);
    const { stderr } = await teamc(folder, ['simulate', LOGIN, '--seed', '7', '--record', 'run.jsonl']);
    expect(stderr).toBe(`teamc: recorded; "teamc simulate ${LOGIN} --replay run.jsonl" plays it again.\n`);
    return folder;
  }

  test.each(['teams/shop/team.yaml', LOGIN])(
    'takes the place of no file that is something else, such as %s',
    async (path) => {
      const folder = project(FILES);
      const { code, stdout, stderr } = await teamc(folder, ['simulate', LOGIN, '--record', path]);
      const sentence = `teamc: "${path}" is there already and is no recording; choose another name.\n`;
      expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: sentence });
      expect(readFileSync(join(folder, path), 'utf8')).toBe(FILES[path]);
    },
  );

  test('takes the place of one that was made before, or of an empty file', async () => {
    const folder = await recorded();
    expect((await teamc(folder, ['simulate', LOGIN, '--record', 'run.jsonl'])).code).toBe(0);
    const other = project({ ...FILES, empty: '' });
    expect((await teamc(other, ['simulate', LOGIN, '--record', 'empty'])).code).toBe(0);
  });

  test('replays to the same events', async () => {
    const folder = await recorded();
    const again = await teamc(folder, ['simulate', LOGIN, '--replay', 'run.jsonl', '--format', 'jsonl']);
    const before = await teamc(folder, ['simulate', LOGIN, '--seed', '7', '--format', 'jsonl']);
    expect(again).toEqual(before);
  });

  test('of a team that has changed names the first difference', async () => {
    const folder = await recorded();
    const lines = readFileSync(join(folder, 'run.jsonl'), 'utf8').split('\n');
    const changed = {
      ...FILES,
      'run.jsonl': [lines[0], lines[1]!.replace('login', 'signup'), ...lines.slice(2)].join('\n'),
    };
    const { code, stderr } = await teamc(project(changed), ['simulate', LOGIN, '--replay', 'run.jsonl']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^teamc: At choice 1 the run asks for "task:login\/.+", and the recording has "task:signup\/.+"; the recording never comes to it: the team or the scenario has changed\.\n$/,
    );
  });

  test.each([
    [(text: string) => text.slice(0, -5), /can't be replayed: it is cut off in line \d+\.$/],
    [
      (text: string) => text.split('\n').slice(0, 1).join('\n'),
      /can't be replayed: it has 0 of \d+ choices: it was cut off or added to\.$/,
    ],
    [
      (text: string) => text.replace('"team":"shop"', '"team":"mill"'),
      /is a recording of the team "mill", not "shop"\.$/,
    ],
    [
      (text: string) => text.replace('"recording":1', '"recording":9'),
      /can't be replayed: its first line is not that of a recording\.$/,
    ],
  ])('that is no recording of this run is refused', async (spoil, sentence) => {
    const folder = await recorded();
    const text = spoil(readFileSync(join(folder, 'run.jsonl'), 'utf8'));
    const { code, stderr } = await teamc(project({ ...FILES, 'run.jsonl': text }), [
      'simulate',
      LOGIN,
      '--replay',
      'run.jsonl',
    ]);
    expect(code).toBe(2);
    expect(stderr.trim()).toMatch(sentence);
  });
});

test.each([
  [['--seed', '7'], "Played by the team's own rules and by chance (seed 7, run 1); nothing is executed."],
  [['--run', '3'], "Played by the team's own rules and by chance (seed 1, run 3); nothing is executed."],
  [['--target', 'roo'], 'Played under the rules of roo; nothing is executed.'],
])('what decided with %j stands above the account', async (args, sentence) => {
  const { stdout } = await teamc(project(FILES), ['simulate', 'teams/shop/scenarios/login.yaml', ...args]);
  expect(stdout.split('\n')[1]).toContain(sentence);
});

test('many runs give shares with intervals, and the lines that replay what goes wrong', async () => {
  const folder = project(FILES);
  const { code, stdout } = await teamc(folder, [
    'simulate',
    'teams/shop/scenarios/login.yaml',
    '--runs',
    '50',
    '--seed',
    '7',
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^outcome {5}done 100% \(92\.9% to 100%\)$/m);
  const line = /^ +(teamc simulate .+ --seed 7 --run \d+)$/m.exec(stdout)?.[1];
  expect(line).toBeDefined();
  expect((await teamc(folder, line!.split(' ').slice(1))).stdout).toContain('✗');
});

test.each(['json', 'jsonl', 'junit', 'mermaid'])('%s is what programs read', async (format) => {
  const { stdout } = await teamc(project(FILES), ['simulate', 'teams/shop/scenarios/strict.yaml', '--format', format]);
  await expect(stdout).toMatchFileSnapshot(`snapshots/strict.${format}`);
});

test('each line of several scenarios names the one that it belongs to, and of one scenario none does', async () => {
  const folder = project(FILES);
  const [login, strict] = ['teams/shop/scenarios/login.yaml', 'teams/shop/scenarios/strict.yaml'];
  const lines = async (...paths: string[]): Promise<readonly object[]> => {
    const { stdout } = await teamc(folder, ['simulate', ...paths, '--format', 'jsonl']);
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
  };
  const apart = [login, strict].map(async (path) => (await lines(path)).map((event) => ({ scenario: path, ...event })));
  expect(await lines(login, strict)).toEqual((await Promise.all(apart)).flat());
  expect((await lines(login)).filter((event) => 'scenario' in event)).toEqual([]);
});

test('the shipped command plays the same bytes', () => {
  const folder = project(FILES);
  const args = ['simulate', 'teams/shop/scenarios/login.yaml', '--seed', 'a', '--format', 'jsonl'];
  const [first, second] = [shipped(folder, args), shipped(folder, args)];
  expect(first.stderr).toBe('');
  expect(first).toEqual(second);
  expect(first.stdout.split('\n')[0]).toMatch(/^\{"t":0,"type":"requested","role":"lead",/);
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { project, teamc } from '../cli/project.ts';

const EXAMPLE = 'examples/missing-dependency';
const INSTALL = 'scenarios/install.yaml';

/** The example as a project of its own. */
function observatory(more: Readonly<Record<string, string>> = {}): string {
  const files = ['team.yaml', INSTALL, 'scenarios/in-order.yaml'];
  return project({
    ...Object.fromEntries(files.map((file) => [file, readFileSync(join(EXAMPLE, file), 'utf8')])),
    ...more,
  });
}

describe('a plan that forgets that installing waits for the review', () => {
  test('goes well in the dry run and in a hundred runs by chance', async () => {
    const folder = observatory();
    expect((await teamc(folder, ['simulate', INSTALL])).code).toBe(0);
    expect((await teamc(folder, ['simulate', INSTALL, '--runs', '100'])).code).toBe(0);
  });

  test('is found out when everything is played, with a shortest run and how far the claim reaches', async () => {
    const { code, stdout, stderr } = await teamc(observatory(), ['simulate', INSTALL, '--exhaustive', '--faults', '2']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout.split('\n\nA new pointing model. observatory is asked')[0]).toBe(
      /^```text\n([\s\S]*?)\n```$/m.exec(readFileSync(join(EXAMPLE, 'README.md'), 'utf8'))?.[1],
    );
  });

  test('that is nowhere leaves nothing to record, and says so', async () => {
    const folder = observatory();
    const args = ['simulate', 'Look at the mount', '--exhaustive', '--record', 'run.jsonl'];
    const { code, stderr } = await teamc(folder, args);
    expect(code).toBe(0);
    expect(stderr).toContain('teamc: nothing is recorded: no run breaks an expectation.\n');
    expect(existsSync(join(folder, 'run.jsonl'))).toBe(false);
  });

  test('has a shortest run that plays again from its line, and from a recording', async () => {
    const folder = observatory();
    const search = ['simulate', INSTALL, '--exhaustive', '--format', 'json', '--record', 'run.jsonl'];
    const { stdout, stderr } = await teamc(folder, search);
    expect(stderr).toContain('recorded; "teamc simulate scenarios/install.yaml --replay run.jsonl" plays it again.');
    const [found] = JSON.parse(stdout).searches;
    const [unread, done] = found.expectations;
    expect(unread.shortest).toMatchObject({ steps: 45, faults: 2 });
    expect([unread.status, done.status]).toEqual(['broken', 'kept']);
    const again = await teamc(folder, unread.shortest.replay.split(' ').slice(1));
    expect(again.code).toBe(1);
    expect(again.stdout).toContain('✗ broken nothing unread is installed: it happened before that once');
    expect(await teamc(folder, ['simulate', INSTALL, '--replay', 'run.jsonl'])).toEqual(again);
  });

  test('needs both faults', async () => {
    const { code, stdout } = await teamc(observatory(), ['simulate', INSTALL, '--exhaustive', '--faults', '1']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Complete for at most 1 fault: \d+ states/m);
  });

  test('is mended by waiting, and that is proved', async () => {
    const { code, stdout } = await teamc(observatory(), ['simulate', 'scenarios/in-order.yaml', '--exhaustive']);
    expect(code).toBe(0);
    expect(stdout).toContain('✓ kept   nothing unread is installed: in every run');
  });
});

test('three faults break the mended plan: the review ends with whoever wrote it', async () => {
  const args = ['simulate', 'scenarios/in-order.yaml', '--exhaustive', '--faults', '3'];
  const { code, stdout } = await teamc(observatory(), args);
  expect(code).toBe(1);
  expect(stdout).toContain('✗ broken nothing unread is installed: after 54 steps, with 3 faults');
  expect(stdout).toContain('programmer gets it from director');
});

describe('a search that a limit stops', () => {
  test.each([
    [['--max-states', '100'], 'Not complete: stopped by the limit of 100 states, after '],
    [['--max-time', '0s'], 'Not complete: stopped by the limit of 0s of time, after '],
  ])('%j proves nothing, and names it', async (limit, sentence) => {
    const args = ['simulate', 'scenarios/in-order.yaml', '--exhaustive', ...limit];
    const { code, stdout } = await teamc(observatory(), args);
    expect(code).toBe(3);
    expect(stdout).toContain('? open   nothing unread is installed: not broken as far as was looked');
    expect(stdout).toContain(sentence);
  });

  test('by an interrupt tells what was found so far', async () => {
    const { code, stdout } = await teamc(observatory(), ['simulate', 'scenarios/in-order.yaml', '--exhaustive'], {
      onInterrupt: (then) => {
        then();
        return () => {};
      },
    });
    expect(code).toBe(3);
    expect(stdout).toContain('stopped by an interrupt, after');
  });

  test('of the scenario leaves open what could not be told', async () => {
    const text = readFileSync(join(EXAMPLE, 'scenarios/in-order.yaml'), 'utf8');
    const folder = observatory({ 'scenarios/short.yaml': `${text}limits: { wall: 5h }\n` });
    const { code, stdout } = await teamc(folder, ['simulate', 'scenarios/short.yaml', '--exhaustive']);
    expect(code).toBe(3);
    expect(stdout).toContain('outcomes    stopped by the limit wall without any fault');
    expect(stdout).toContain('? open   eventually done: a limit of the scenario stopped runs before they could tell');
  });
});

test('a terminal sees how far a long search is, and the line goes away', async () => {
  const args = ['simulate', 'scenarios/in-order.yaml', '--exhaustive', '--faults', '9'];
  const { stderr } = await teamc(observatory(), args, { talksToTerminal: true });
  expect(stderr.split('\r\u001b[K').slice(1, -1).join('\n')).toMatch(
    /^(?:\d+ states, \d+k a second, \d+ waiting, \d+ steps deep\n?)+$/,
  );
  expect(stderr.endsWith('\r\u001b[K')).toBe(true);
});

test('a request without a scenario has one run, and that is all there is to prove', async () => {
  const { code, stdout } = await teamc(observatory(), ['simulate', 'Look at the mount', '--exhaustive']);
  expect(code).toBe(0);
  expect(stdout).toContain('Complete: nothing here is left to chance, so there is one run.');
});

describe('a fork', () => {
  test('changes one choice of the dry run, and nothing else', async () => {
    const folder = observatory();
    const before = (await teamc(folder, ['simulate', INSTALL, '--format', 'jsonl'])).stdout.split('\n');
    const args = ['simulate', INSTALL, '--format', 'jsonl', '--fork', 'task:install/try:1/outcome=jammed'];
    const after = (await teamc(folder, args)).stdout.split('\n');
    const same = before.findIndex((line, at) => line !== after[at]);
    expect(JSON.parse(after[same]!)).toMatchObject({ type: 'failed', task: 'install', class: 'jammed' });
  });

  test('of a recording keeps all other answers that still fit', async () => {
    const folder = observatory();
    await teamc(folder, ['simulate', INSTALL, '--seed', '19', '--record', 'run.jsonl']);
    const args = [
      'simulate',
      INSTALL,
      '--replay',
      'run.jsonl',
      '--fork',
      'task:review/try:1/effort=90m',
      '--format',
      'json',
    ];
    const { code, stdout } = await teamc(folder, args);
    const seeded = await teamc(folder, ['simulate', INSTALL, '--seed', '19', '--format', 'json']);
    const effortOf = (text: string, task: string): number =>
      JSON.parse(text).runs[0].events.find(
        (event: { type: string; task: string }) => event.type === 'done' && event.task === task,
      ).worked;
    expect(code).toBe(0);
    expect(effortOf(stdout, 'review')).toBe(90 * 60_000);
    expect(effortOf(stdout, 'dome')).toBe(effortOf(seeded.stdout, 'dome'));
  });

  test.each([
    [
      ['--fork', 'task:revew/try:1/effort=2h'],
      'The run never comes to "task:revew/try:1/effort"; nearest are "task:review/try:1/effort", "task:dome/try:1/effort", "task:review/try:1/outcome", of 6 choices.',
    ],
    [
      ['--fork', 'task:review/try:1/outcome=uncler'],
      '"task:review/try:1/outcome" can\'t be "uncler"; it can be: ok, unclear, jammed.',
    ],
    [
      ['--fork', 'task:review/try:1/effort=9h'],
      '"task:review/try:1/effort" can\'t be "9h"; it can be: 3600000 to 7200000 milliseconds, or a duration such as 90m.',
    ],
    [
      ['--fork', 'outcome'],
      '--fork takes the key of a choice and what is chosen, as in --fork task:login/try:1/outcome=timeout, not "outcome".',
    ],
    [['--fork', 'a=b', '--runs', '3'], '--fork changes one run that is played by rules, by chance or again.'],
    [['--faults', '3'], '--faults, --max-states and --max-time are about --exhaustive.'],
    [['--exhaustive', '--faults', 'many'], '--faults takes a whole number from 0 to 100, not "many".'],
    [['--exhaustive', '--max-time', 'soon'], '--max-time takes a duration such as 30s or 10m, not "soon".'],
    [
      ['--exhaustive', '--seed', '3'],
      '--exhaustive plays every run there is; --runs, --until, --run, --seed, --replay, --fork and --live choose some.',
    ],
    [
      ['--exhaustive', '--until', '1%'],
      '--exhaustive plays every run there is; --runs, --until, --run, --seed, --replay, --fork and --live choose some.',
    ],
    [
      ['--exhaustive', '--format', 'mermaid'],
      '--exhaustive reports as tree or json; play the run that it finds for mermaid.',
    ],
  ])('%j can not be, and one sentence says why', async (args, sentence) => {
    const { code, stdout, stderr } = await teamc(observatory(), ['simulate', INSTALL, ...args]);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `teamc: ${sentence}\n` });
  });

  test('of a run in which nothing is left to chance is told so', async () => {
    const { code, stderr } = await teamc(observatory(), ['simulate', 'Look at the mount', '--fork', 'a=b']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'teamc: There is nothing to fork: without shares, chances and ranges in the scenario nothing is left to chance.\n',
    );
  });
});

describe('a recording', () => {
  const recorded = async (more: Readonly<Record<string, string>>): Promise<string> => {
    const folder = observatory();
    const fork = ['--fork', 'task:review/try:1/outcome=unclear'];
    await teamc(folder, ['simulate', INSTALL, ...fork, '--record', 'run.jsonl']);
    return observatory({ ...more, 'run.jsonl': readFileSync(join(folder, 'run.jsonl'), 'utf8') });
  };

  test('of a team that has another ladder now names the first choice that differs', async () => {
    const team = readFileSync(join(EXAMPLE, 'team.yaml'), 'utf8')
      .replace('when: [unclear, jammed], retries: 1', 'when: jammed')
      .replace('by: delegator, timeout: 4h', 'by: delegator, timeout: 5m');
    const { code, stdout, stderr } = await teamc(await recorded({ 'team.yaml': team }), [
      'simulate',
      INSTALL,
      '--replay',
      'run.jsonl',
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'teamc: At choice 5 the run asks for "task:review/step:the astronomer/answers-in", and the recording has "task:review/try:2/effort"; the recording never comes to it: the team or the scenario has changed.\n',
    );
  });

  test('of a scenario in which an outcome is gone names it', async () => {
    const scenario = readFileSync(join(EXAMPLE, INSTALL), 'utf8').replace('ok: 90%, unclear: 6%', 'ok: 96%');
    const { code, stderr } = await teamc(await recorded({ [INSTALL]: scenario }), [
      'simulate',
      INSTALL,
      '--replay',
      'run.jsonl',
    ]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'teamc: At "task:review/try:1/outcome" the recording has "unclear", and now there are only: ok, jammed.\n',
    );
  });
});

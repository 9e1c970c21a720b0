import { execFileSync, spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BLOCK } from '../../src/simulate/series.ts';
import { builtCommand, project, shipped, teamc } from '../cli/project.ts';

const TEAM = `name: shop
entry: lead
roles:
  lead: { description: Plans., tools: [read], delegates-to: dev }
  dev: { description: Writes., tools: [edit], capacity: { slots: 1, hours-per-day: 8 } }
`;
const SCENARIO = `name: A login
request: Add a login
tasks:
  login: { do: Build it, to: dev, effort: [1h, 9h] }
  page: { do: Show it, to: dev, effort: [1h, 9h], needs: login }
outcomes: { "*": { ok: 60%, red: 40% } }
expect:
  - { eventually: done }
  - { share: { failed: red }, at-least: 20% }
  - { utilization: dev, at-most: 100% }
`;
const FILES = {
  'team.yaml': `teamc: 1\n${TEAM}`,
  'scenarios/login.yaml': `teamc: 1\n${SCENARIO}`,
  'scenarios/other.yaml': 'teamc: 1\nrequest: Mend the login\n',
};
const LOGIN = 'scenarios/login.yaml';

/** Plays the parts of many runs into files; answers their names. */
async function parts(cwd: string, runs: number, of: number, words: readonly string[] = [LOGIN]): Promise<string[]> {
  const names: string[] = [];
  for (let number = 1; number <= of; number++) {
    const { code, stdout } = await teamc(cwd, [
      'simulate',
      ...words,
      '--runs',
      `${runs}`,
      '--shard',
      `${number}/${of}`,
    ]);
    expect(code).toBe(0);
    names.push(`part-${number}.json`);
    writeFileSync(join(cwd, names.at(-1)!), stdout);
  }
  return names;
}

describe('parts of many runs', () => {
  test('come to what one command says, byte for byte, in whatever order they are joined', async () => {
    const cwd = project(FILES);
    for (const [runs, of] of [
      [40, 1],
      [40, 3],
      [7, 7],
      [600, 2],
    ] as const)
      for (const format of ['tree', 'json']) {
        const whole = await teamc(cwd, [
          'simulate',
          LOGIN,
          'scenarios/other.yaml',
          '--runs',
          `${runs}`,
          '--format',
          format,
        ]);
        const files = await parts(cwd, runs, of, [LOGIN, 'scenarios/other.yaml']);
        expect(await teamc(cwd, ['simulate', 'merge', ...files.reverse(), '--format', format])).toEqual(whole);
      }
  });

  test('that are too many for the runs, or none at all, are refused', async () => {
    const cwd = project(FILES);
    const asked = (...argv: readonly string[]) => teamc(cwd, ['simulate', LOGIN, ...argv]);
    const sentences: string[] = [];
    for (const argv of [
      ['--runs', '3', '--shard', '2/9'],
      ['--runs', '9', '--shard', '0/4'],
      ['--runs', '9', '--shard', '5/4'],
      ['--runs', '9', '--shard', '2'],
      ['--runs', '9', '--shard', '1/99999'],
      ['--shard', '1/2'],
      ['--until', '1%', '--shard', '1/2'],
      ['--until', '1'],
      ['--until', '0%'],
      ['--jobs', '2'],
      ['--runs', '9', '--jobs', '0'],
      ['--runs', '9', '--shard', 'auto'],
    ]) {
      const { code, stdout, stderr } = await asked(...argv);
      expect([code, stdout]).toEqual([2, '']);
      sentences.push(stderr.trim());
    }
    expect(sentences).toEqual([
      "teamc: 3 runs can't be shared out among 9 parts; say fewer.",
      'teamc: There is no part 0 of 4; parts go from 1/4 to 4/4.',
      'teamc: There is no part 5 of 4; parts go from 1/4 to 4/4.',
      'teamc: --shard takes a part of so many, as in 2/8, or auto or auto/8, not "2".',
      'teamc: --shard makes 10000 parts at most, not 99999.',
      'teamc: --shard plays one part of many runs; say how many with --runs.',
      "teamc: --until can't be combined with --shard: one part can't tell when all of them are enough.",
      'teamc: --until takes a precision from 0.1% to 20%, as in 1%, not "1".',
      'teamc: --until takes a precision from 0.1% to 20%, as in 1%, not "0%".',
      'teamc: --jobs shares out many runs; say --runs or --until too.',
      'teamc: --jobs takes a whole number from 1 to 256, not "0".',
      'teamc: --shard auto finds no number of this machine; it looks for CI_NODE_INDEX, CIRCLE_NODE_INDEX, BUILDKITE_PARALLEL_JOB, SYSTEM_JOBPOSITIONINPHASE, CLOUD_RUN_TASK_INDEX, JOB_COMPLETION_INDEX, AWS_BATCH_JOB_ARRAY_INDEX. Say --shard K/N.',
    ]);
  });

  test('take their number from what runs them', async () => {
    const cwd = project(FILES);
    const part = async (shard: string, env: Readonly<Record<string, string>>): Promise<string> => {
      const { stdout, stderr } = await teamc(cwd, ['simulate', LOGIN, '--runs', '8', '--shard', shard], { env });
      if (stdout === '') return stderr.trim();
      const { number, of } = JSON.parse(stdout).part;
      return `${number}/${of}`;
    };
    expect(await part('auto', { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '4' })).toBe('2/4');
    expect(await part('auto', { CIRCLE_NODE_INDEX: '0', CIRCLE_NODE_TOTAL: '4' })).toBe('1/4');
    expect(await part('auto/8', { JOB_COMPLETION_INDEX: '7' })).toBe('8/8');
    expect(await part('auto', { JOB_COMPLETION_INDEX: '7' })).toBe(
      'teamc: JOB_COMPLETION_INDEX does not say how many parts there are; say --shard auto/N.',
    );
    expect(await part('auto/4', { JOB_COMPLETION_INDEX: '4' })).toBe(
      'teamc: There is no part 5 of 4; parts go from 1/4 to 4/4.',
    );
  });

  test('that are missing, come twice, are cut off or are of something else are told in one sentence', async () => {
    const cwd = project(FILES);
    const [one = '', two = '', three = ''] = await parts(cwd, 9, 3);
    const merged = async (...files: readonly string[]): Promise<string> => {
      const { code, stdout, stderr } = await teamc(cwd, ['simulate', 'merge', ...files]);
      expect([code, stdout]).toEqual([2, '']);
      return stderr.trim();
    };
    const kept = readFileSync(join(cwd, two), 'utf8');
    const as = (name: string, text: string): string => {
      writeFileSync(join(cwd, name), text);
      return name;
    };
    const played = async (name: string, ...argv: readonly string[]): Promise<string> =>
      as(name, (await teamc(cwd, ['simulate', ...argv, '--shard', '2/3'])).stdout);
    const said = [
      await merged(one, three),
      await merged(two),
      await merged(one, two, two, three),
      await merged(one, 'gone.json', three),
      await merged(one, as('cut.json', kept.slice(0, kept.length / 2)), three),
      await merged(one, as('text.json', 'hello'), three),
      await merged(one, as('odd.json', '{"teamc":1,"part":{"number":2,"of":3,"runs":9}}'), three),
      await merged(one, as('few.json', kept.replace('"runs":3,', '"runs":2,')), three),
      await merged(one, await played('seed.json', LOGIN, '--runs', '9', '--seed', '2'), three),
      await merged(one, await played('more.json', LOGIN, '--runs', '12'), three),
      await merged(one, await played('other.json', 'scenarios/other.yaml', '--runs', '9'), three),
      await merged(one, await played('target.json', LOGIN, '--runs', '9', '--target', 'roo'), three),
    ];
    writeFileSync(join(cwd, 'team.yaml'), `${FILES['team.yaml']}# changed\n`);
    said.push(await merged(one, await played('changed.json', LOGIN, '--runs', '9'), three));
    expect(said).toEqual([
      "teamc: The parts can't be joined: part 2 of 3 is missing.",
      "teamc: The parts can't be joined: parts 1, 3 of 3 are missing.",
      'teamc: The parts can\'t be joined: "part-2.json" and "part-2.json" are both part 2 of 3.',
      'teamc: The part "gone.json" can\'t be read: it is not there.',
      'teamc: "cut.json" can\'t be joined: it is cut off.',
      'teamc: "text.json" can\'t be joined: it is no JSON.',
      'teamc: "odd.json" can\'t be joined: it is no part of many runs.',
      'teamc: "few.json" can\'t be joined: it is no part of many runs.',
      'teamc: The parts can\'t be joined: "seed.json" does not belong to "part-1.json": it is of another seed.',
      'teamc: The parts can\'t be joined: "more.json" does not belong to "part-1.json": it is one of 3 parts of 12 runs, and the other one of 3 parts of 9.',
      'teamc: The parts can\'t be joined: "other.json" does not belong to "part-1.json": it is of another scenario.',
      'teamc: The parts can\'t be joined: "target.json" does not belong to "part-1.json": it is under the rules of another target.',
      'teamc: The parts can\'t be joined: "changed.json" does not belong to "part-1.json": the team or the scenario was changed in between.',
    ]);
  });
});

test('parts are joined as they were played: an option that says how to play is refused, wherever it stands', async () => {
  const cwd = project();
  const said = 'teamc: --seed says how to play, and parts are played already; leave it out.\n';
  expect((await teamc(cwd, ['simulate', 'merge', 'a.json', '--seed', '3'])).stderr).toBe(said);
  expect((await teamc(cwd, ['simulate', '--seed', '3', 'merge', 'a.json'])).stderr).toBe(said);
});

test('the workflow among the examples gives what one machine gives', () => {
  const cwd = project();
  cpSync('examples/many-machines', cwd, { recursive: true });
  const workflow = readFileSync(join(cwd, '.github/workflows/harvest.yml'), 'utf8').replace('400000', '400');
  const [play = '', merge = ''] = [...workflow.matchAll(/- run: npx teamc (.+)$/gm)].map(([, line]) => line);
  const sh = (line: string): string =>
    execFileSync('sh', ['-c', `"${process.execPath}" "${builtCommand()}" ${line}`], { cwd, encoding: 'utf8' });
  for (const part of ['1', '2', '3', '4']) sh(play.replaceAll(/\$\{\{ matrix\.part \}\}/g, part));
  expect(sh(merge)).toBe(sh('simulate scenarios/harvest.yaml --runs 400'));
});

describe('many runs', () => {
  test('come to the same bytes in one thread and in several, with and without an early end', () => {
    const cwd = project(FILES);
    for (const aim of [
      ['--runs', '3000'],
      ['--until', '3%'],
    ]) {
      const [one, ...more] = [1, 2, 5].map((jobs) => shipped(cwd, ['simulate', LOGIN, ...aim, '--jobs', `${jobs}`]));
      expect(one?.stdout).toContain(aim[0] === '--runs' ? 'Played 3000 times' : 'until shares are known to ±3%');
      for (const other of more) expect(other).toEqual(one);
    }
  });

  test('that are enough end early, and say so', async () => {
    const { code, stdout } = await teamc(project(FILES), ['simulate', LOGIN, '--until', '2%', '--format', 'json']);
    const [found] = JSON.parse(stdout).samples;
    expect([code, found.until, found.expectations[1].status]).toEqual([0, 0.02, 'kept']);
    expect(found.runs % BLOCK).toBe(0);
    for (const { low, high } of Object.values<{ low: number; high: number }>(found.outcomes))
      expect(high - low).toBeLessThanOrEqual(0.04);
  });

  test('show on a terminal how far they are, and elsewhere say nothing', async () => {
    const argv = ['simulate', LOGIN, '--runs', '2000', '--jobs', '1'];
    const { stderr } = await teamc(project(FILES), argv, { talksToTerminal: true });
    expect(stderr).toMatch(/\d+ of 2000 runs, \d+ a second, \d+s left/);
    expect(stderr.endsWith('\r\u001b[K')).toBe(true);
    expect((await teamc(project(FILES), argv)).stderr).toBe('');
  });

  test('that are interrupted give what there is, with exit code 3', { timeout: 120_000 }, async () => {
    const cwd = project(FILES);
    for (const jobs of ['1', '3']) {
      const { code, signal, stdout } = await interrupted(cwd, ['simulate', LOGIN, '--runs', '1000000', '--jobs', jobs]);
      expect([code, signal]).toEqual([3, null]);
      const [, runs] = /Stopped by an interrupt after (\d+) of 1000000 runs\./.exec(stdout) ?? [];
      expect(stdout).toContain(`Played ${runs} times with seed 1; nothing is executed.`);
    }
    const part = await interrupted(cwd, ['simulate', LOGIN, '--runs', '1000000', '--shard', '1/2', '--jobs', '1']);
    expect([part.code, part.stdout]).toEqual([3, '']);
    expect(part.stderr).toMatch(/^teamc: interrupted after \d+ of 500000 runs; a part must be whole\.\n$/);
  });
});

interface Interrupted {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the shipped command and interrupts it as Ctrl-C does: later, if it had not come to play yet. */
async function interrupted(cwd: string, argv: readonly string[], wait = 2000): Promise<Interrupted> {
  const child = spawn(process.execPath, [builtCommand(), ...argv], { cwd });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const timer = setTimeout(() => child.kill('SIGINT'), wait);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on('close', (...ended) => resolve(ended));
  });
  clearTimeout(timer);
  const isEarly = signal === 'SIGINT' || stderr.includes('after 0 of') || stderr.includes('nothing to tell');
  return isEarly && wait < 30_000 ? interrupted(cwd, argv, wait * 2) : { code, signal, stdout, stderr };
}

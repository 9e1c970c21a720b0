import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seededMind } from '../../src/simulate/minds/seeded.ts';
import { compareRuns } from '../../src/simulate/paired.ts';
import { play } from '../../src/simulate/play.ts';
import { project, teamc } from '../cli/project.ts';
import { worldFrom } from './played.ts';

const TEAM = `teamc: 1
name: shop
entry: lead
people: { boss: Decides }
roles:
  lead: { description: Plans., tools: [read], delegates-to: dev }
  dev: { description: Writes., tools: [edit, shell], permissions: { shell: [deny: "*", ask: "npm publish *"] } }
`;
const SCENARIO = `teamc: 1
request: Go
tasks:
  a: { do: write it, effort: [1h, 9h] }
  b: { do: test it, needs: a, effort: [1h, 9h] }
  c: { do: publish it, needs: b, effort: 1h, calls: { shell: npm publish --tag next } }
people: { user: { answers-in: [5m, 15m] } }
outcomes: { "*": { ok: 80%, red: 20% } }
`;
const ALLOWED = TEAM.replace('ask: "npm publish *"', 'allow: "npm publish *"');
const FILES = { 'team.yaml': TEAM, 'allowed/team.yaml': ALLOWED, 'scenarios/go.yaml': SCENARIO };
const GO = 'scenarios/go.yaml';

/** The number of the full proof, and the smaller one of every day. */
const RUNS = process.env['TEAMC_SOAK'] ? 2000 : 300;

test('of a change of one rule the same draws tell at least ten times more than draws of their own', () => {
  const [asks, allows] = [TEAM, ALLOWED].map((team) =>
    worldFrom(team.replace('teamc: 1\n', ''), SCENARIO.replace('teamc: 1\n', '')),
  );
  const { differences } = compareRuns(asks!, allows!, 'a', RUNS);
  const { mean, interval, quieter } = differences.find(({ name }) => name === 'time')!;
  const apart = Array.from({ length: RUNS }, (_, at) => {
    const [one, other] = [play(asks!, seededMind('one', at)), play(allows!, seededMind('other', at))];
    return other.state.now - one.state.now;
  });
  const average = apart.reduce((sum, each) => sum + each, 0) / RUNS;
  const variance = apart.reduce((sum, each) => sum + (each - average) ** 2, 0) / (RUNS - 1);
  const halfWidth = (interval.high - interval.low) / 2;
  const ratio = (1.959964 * Math.sqrt(variance / RUNS)) / halfWidth;
  if (process.env['TEAMC_SOAK'])
    process.stdout.write(
      `a tenth as noisy: intervals ${ratio.toFixed(1)} times, variance ${(ratio * ratio).toFixed(0)} times\n`,
    );
  expect(ratio).toBeGreaterThan(10);
  expect(quieter / (ratio * ratio)).toBeGreaterThan(0.7);
  expect(quieter / (ratio * ratio)).toBeLessThan(1.4);
  // Nobody waits five to fifteen minutes for a yes any more, each time that it comes to publishing.
  expect(-mean / 60_000).toBeGreaterThan(10);
  expect(-mean / 60_000).toBeLessThan(16);
});

describe('two versions', () => {
  test('of a team at a path are told apart, measure by measure', async () => {
    const { code, stdout, stderr } = await teamc(project(FILES), [
      'simulate',
      GO,
      '--compare',
      'allowed',
      '--runs',
      '200',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^time {6}\S.+ \+1\dm \(\+1\dm to \+1\dm\)$/m);
    expect(stdout).toMatch(/^failures {2}(\S+) +\1 +none$/m);
    expect(stdout).toContain('Every run ends as before, and keeps and breaks the same expectations.');
    expect(stdout).toMatch(/variance of the difference in time would be \d{3,} times as large\.$/m);
  });

  test('that are the same differ in nothing', async () => {
    const { stdout } = await teamc(project(FILES), [
      'simulate',
      GO,
      '--compare',
      'team.yaml',
      '--runs',
      '20',
      '--format',
      'json',
    ]);
    const [{ measures, otherwise }] = JSON.parse(stdout).comparisons;
    expect(otherwise).toBe(0);
    expect(Object.values(measures).map((each) => (each as { mean: number }).mean)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('of a scenario are told apart, with the first run that ends otherwise', async () => {
    const strict = `${SCENARIO}people: { user: { approves: 50% } }\n`.replace(
      'people: { user: { answers-in: [5m, 15m] } }\n',
      '',
    );
    const folder = project({ ...FILES, 'scenarios/strict.yaml': strict });
    const { stdout } = await teamc(folder, ['simulate', GO, '--compare', 'scenarios/strict.yaml', '--runs', '50']);
    const line = /^\d+ of 50 runs end otherwise, the first: (teamc simulate .+ --seed 1 --run \d+)$/m.exec(stdout)?.[1];
    expect(line).toBeDefined();
    expect((await teamc(folder, line!.split(' ').slice(1))).code).toBe(0);
  });

  test('of a git revision and of the disk need no checkout', async () => {
    const folder = project({ ...FILES, '.git/x': '' });
    const git = (...args: string[]): void => {
      const { status, stderr } = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
        cwd: folder,
      });
      expect([args[0], status, status === 0 ? '' : String(stderr)]).toEqual([args[0], 0, '']);
    };
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'before');
    writeFileSync(join(folder, 'team.yaml'), ALLOWED);
    const { code, stdout } = await teamc(folder, ['simulate', GO, '--compare', 'HEAD', '--runs', '100']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^time {6}\S.+ −1\dm \(−1\dm to −1\dm\)$/m);
    const bare = await teamc(folder, ['simulate', 'Publish it', '--compare', 'HEAD:team.yaml', '--runs', '3']);
    expect(bare.code).toBe(0);
  });

  test('of which the other lacks a role that the scenario names are no comparison', async () => {
    const folder = project({
      ...FILES,
      'scenarios/named.yaml': SCENARIO.replace('request: Go', 'request: { to: dev, text: Go }'),
      'other/team.yaml': 'teamc: 1\nname: shop\nroles: { lead: { description: Plans., tools: [read] } }\n',
    });
    const { code, stdout } = await teamc(folder, ['simulate', 'scenarios/named.yaml', '--compare', 'other']);
    expect(code).toBe(2);
    expect(stdout).toContain('error unknown-role: There is no role "dev".');
  });

  test.each([
    [
      ['--compare', 'nowhere'],
      /^teamc: There is nothing at "nowhere" to compare with, and as a revision it won't do either: .+\n$/,
    ],
    [['--compare', 'allowed', '--run', '2'], /^teamc: --compare plays many runs in two versions; .+\n$/],
    [['--compare', 'allowed', '--format', 'junit'], /^teamc: --compare reports as tree or json; .+\n$/],
  ])('%j can not be compared, and one sentence says why', async (args, sentence) => {
    const { code, stdout, stderr } = await teamc(project(FILES), ['simulate', GO, ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  });
});

import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { judge } from '../../src/simulate/expectations.ts';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import { seededMind } from '../../src/simulate/minds/seeded.ts';
import { play } from '../../src/simulate/play.ts';
import { rulebook } from '../../src/simulate/rulebook.ts';
import { type World, worldOf } from '../../src/simulate/world.ts';
import { builtinTarget } from '../../src/target/builtin.ts';
import { readTeam } from '../../src/team/read.ts';
import { readScenario } from '../../src/team/scenario-read.ts';
import { Disk } from '../../src/workspace/disk.ts';

/** The team that only shows how to begin has one scenario, which goes well. */
const FIRST = 'teams/starter/scenarios/first-change.yaml';

const paths = readdirSync('teams')
  .sort()
  .flatMap((team) =>
    readdirSync(`teams/${team}/scenarios`)
      .sort()
      .map((file) => `teams/${team}/scenarios/${file}`),
  );

function worldAt(path: string, target?: string): World {
  const disk = new Disk(process.cwd());
  const team = readTeam(`${path.split('/scenarios/')[0]}/team.yaml`, disk);
  const { scenario, problems } = readScenario(path, disk, team);
  expect(problems).toEqual([]);
  return worldOf(team.team, scenario, rulebook(target === undefined ? undefined : builtinTarget(target)));
}

/** One ends well, one climbs the whole ladder, one breaks an expectation on purpose. */
test.each(paths)('%s shows what it is there for', (path) => {
  const world = worldAt(path);
  const run = play(world, rulesMind);
  const broken = judge(world, run).filter(({ status }) => status === 'broken');
  expect(run.over.kind).toBe('done');
  const settled = run.events.filter(({ end }) => end === 'escalated').length;
  if (path.endsWith('whole-ladder.yaml')) {
    const climbed = new Set(run.events.filter(({ type }) => type === 'escalated').map(({ step }) => step));
    expect([...climbed]).toEqual(world.team.ladder.map(({ name }) => name));
    expect([broken, settled]).toEqual([[], 1]);
  } else if (world.scenario.expectations.some(({ kind }) => kind === 'share') || path === FIRST) {
    expect([broken, settled]).toEqual([[], 0]);
  } else expect(broken.map(({ expectation }) => expectation.name)).toHaveLength(1);
});

test('each team has three of them', () => {
  expect(paths.filter((path) => path !== FIRST).length).toBe(15);
});

test.each(paths)('%s comes to an end under the rules of every target, and by chance', (path) => {
  for (const target of ['claude-code', 'opencode', 'roo'])
    expect(play(worldAt(path, target), rulesMind).over.kind).not.toBe('limit');
  const world = worldAt(path);
  for (let run = 1; run <= 20; run++) expect(play(world, seededMind('s', run)).over.kind).not.toBe('limit');
});

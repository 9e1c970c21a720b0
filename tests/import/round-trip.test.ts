import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTeam } from '../../src/team/read.ts';
import { Disk } from '../../src/workspace/disk.ts';
import { sample } from '../target/sample.ts';
import { filesOf, importProject, planFor, saidBy } from './back.ts';
import { changedBy } from './values.ts';

const TARGETS = ['claude-code', 'opencode', 'roo'];
const disk = new Disk(process.cwd());

/** Every team of teams/ and examples/, but for those that show what broken teams look like: they are not built. */
const shipped = ['teams', 'examples'].flatMap((folder) =>
  (readdirSync(folder, { recursive: true }) as string[])
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('/team.yaml') && !path.startsWith('examples/broken/'))
    .map((path) => [path.replace(/\/team\.yaml$/, ''), readTeam(path, disk).team] as const),
);
const teams = [['a role that says everything', sample().team] as const, ...shipped];

describe.each(TARGETS)('built for %s and imported', (target) => {
  test.each(teams)('%s builds the same files again', (_, team) => {
    const plan = planFor(team, target);
    const { loaded } = importProject(filesOf(plan));
    expect(loaded.problems).toEqual([]);
    expect(saidBy(planFor(loaded.team, target))).toEqual(saidBy(plan));
  });

  test.each(teams)('%s says the same as before, but for what is called lost', (_, team) => {
    expect(changedBy(team, target)).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { fitted } from '../../src/cli/fitted.ts';
import { project, teamc } from './project.ts';

const COMMANDS =
  'init lint build import can compare paths explain graph simulate lsp schema add rename doctor completion'.split(' ');

describe.each([60, 80, 120, 200])('in %i columns', (columns) => {
  test.each(['', ...COMMANDS])('the help of "%s" fits, but for examples, which stay whole', async (command) => {
    const words = [...(command === '' ? [] : [command]), '--help'];
    const { code, stdout } = await teamc(project(), words, { columns, isTTY: true });
    const wide = stdout
      .split('\n')
      .filter((line) => line.length > columns && !/^(?: {2}(?:teamc|eval|git|npx|<)|Usage:) /.test(line));
    expect([code, wide]).toEqual([0, []]);
  });

  test('the list of teams fits', async () => {
    const { stdout } = await teamc(project(), ['init', '--list'], { columns, isTTY: true });
    expect(stdout.split('\n').filter((line) => line.length > columns)).toEqual([]);
  });
});

test('no command is forgotten here', async () => {
  const { stdout } = await teamc(project(), ['complete', '--', '']);
  const offered = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t')[0]!);
  expect(COMMANDS.toSorted()).toEqual(offered.toSorted());
});

test('help goes into files as it is written', async () => {
  const { stdout } = await teamc(project(), ['lint', '--help']);
  expect(fitted(stdout, 500)).toBe(stdout);
});

describe('colours', () => {
  const broken = { 'team.yaml': 'teamc: 1\nname: x\nentry: nobody\nroles: { a: { description: A., tools: [] } }\n' };
  test.each<[words: readonly string[], env: Record<string, string>, isTTY: boolean, coloured: boolean]>([
    [[], {}, true, true],
    [[], {}, false, false],
    [[], { NO_COLOR: '1' }, true, false],
    [[], { FORCE_COLOR: '1' }, false, true],
    [[], { TERM: 'dumb' }, true, false],
    [['--color', 'always'], { NO_COLOR: '1' }, false, true],
    [['--color', 'never'], { FORCE_COLOR: '1' }, true, false],
  ])('%j in %j, a terminal: %s', async (words, env, isTTY, coloured) => {
    for (const command of [['lint'], ['doctor'], ['rename', 'a', 'b', '--dry-run']]) {
      const folder = project(broken);
      const { stdout } = await teamc(folder, [...command, ...words], {
        env: { ...env, PATH: '', HOME: folder },
        isTTY,
      });
      expect([command[0], stdout.includes('\u001b[')]).toEqual([command[0], coloured]);
    }
  });
});

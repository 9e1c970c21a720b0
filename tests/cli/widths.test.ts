import { describe, expect, test } from 'vitest';
import { fitted } from '../../src/cli/fitted.ts';
import { shownColumns } from '../../src/report/folded.ts';
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

/** A team whose names, places and sentences are long. */
function longTeam(): string {
  const id = 'infrastructure-and-platform-engineer';
  return project({
    'team.yaml': `teamc: 1
name: a-team-with-a-name-that-takes-its-room
people: { owner: {} }
targets: { claude-code: {}, opencode: {}, roo: {} }
roles:
  lead:
    description: Splits whatever comes in, finds for each part the one whose daily tools fit it, and answers for the whole.
    tools: read
    delegates-to: { role: ${id}, for: "everything below the services: machines, networks, and what runs on them" }
    escalates-to: { person: owner, when: [scope, deadline, priority, budget], because: these are no matters of ours to decide }
`,
    [`roles/operations/${id}.md`]: `---
description: Writes what machines are made of, and applies it after a person has read the plan and has said so.
tools: [read, edit, shell]
permissions:
  - shell: [{ ask: "*" }, { allow: ["terraform plan *", "kubectl describe *", "kubectl get *", "npm test *"] }]
  - edit: [{ deny: "*" }, { allow: "infrastructure/and/platform/**" }]
escalates-to: ${id}-lead-who-is-not-there
---

Say what you will change before you change it.
`,
  });
}

describe.each([60, 80, 200])('in %i columns', (columns) => {
  test.each([
    ['lint'],
    ['explain', 'infrastructure-and-platform-engineer'],
    ['explain', 'lead'],
    ['explain', 'unreachable-role'],
    ['can', 'infrastructure-and-platform-engineer', 'shell', 'npm test && terraform apply -auto-approve -input=false'],
    ['paths', '--to', 'shell:terraform apply *'],
    ['compare', '.@claude-code', '.@roo'],
    ['simulate', 'Make the platform faster, cheaper and more reliable than it has been in the last twelve months'],
    ['simulate', 'Make the platform faster', '--runs', '20'],
    ['explain', 'nobody-who-was-ever-heard-of-in-any-team-of-any-kind-anywhere'],
  ])('%s %s', async (...words) => {
    const team = longTeam();
    const { stdout, stderr } = await teamc(team, [...words, '--color', 'never'], {
      columns,
      isTTY: true,
      talksToTerminal: true,
    });
    const code = /^ {4,}[\w-]+: /;
    const wide = `${stdout}${stderr.replaceAll(/\r[^\n]*/g, '')}`
      .split('\n')
      .filter(
        (line) =>
          shownColumns(line) > columns &&
          /\S (?!-->)\S/.test(line.replace('--> ', '')) &&
          !(words[1] === 'unreachable-role' && code.test(line)),
      );
    expect([stdout + stderr === '', wide]).toEqual([false, []]);
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

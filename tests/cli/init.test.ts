import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../src/cli/io.ts';
import { project, teamc } from './project.ts';

const shipped = readdirSync('teams');

function files(folder: string): readonly string[] {
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true }) as {
      isFile(): boolean;
      parentPath: string;
      name: string;
    }[]
  )
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

/** Somebody who presses keys, one after another, at a terminal. */
function somebody(...keys: readonly string[]): Person {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 40 });
  output.resume();
  keys.forEach((key, index) => {
    setTimeout(() => input.write(key), 150 * (index + 1));
  });
  return { input, output } as unknown as Person;
}

test('where nobody can be asked, init writes the starter team and says what to do next', async () => {
  const folder = project();
  expect(await teamc(folder, ['init', '--name', 'shop'])).toEqual({
    code: 0,
    stderr: '',
    stdout: `shop: 6 files written, from the team starter
  created    roles/*.md  (3 files)
             scenarios/first-change.yaml
             team.yaml
             .pre-commit-config.yaml

Next:
  teamc lint                         what is wrong with it; nothing, to begin with
  teamc explain lead                 all that holds for a role
  teamc build --target claude-code   write a platform's files; opencode and roo are the others
  teamc build --check                in CI: are they what the team says?
  pre-commit install                 lint before each commit
`,
  });
  expect(files(folder)).toEqual([
    '.pre-commit-config.yaml',
    'roles/developer.md',
    'roles/lead.md',
    'roles/reviewer.md',
    'scenarios/first-change.yaml',
    'team.yaml',
  ]);
  expect(readFileSync(join(folder, 'team.yaml'), 'utf8').split('\n', 3)).toEqual([
    '# yaml-language-server: $schema=https://unpkg.com/teamc/schemas/team.schema.json',
    'teamc: 1',
    'name: shop',
  ]);
});

test.each(shipped)('the team %s begins without a finding, even a strict one', async (name) => {
  const folder = project();
  await teamc(folder, ['init', 'crew', '--team', name]);
  expect(await teamc(folder, ['lint', 'crew', '--profile', 'strict', '--max-warnings', '0'])).toMatchObject({
    code: 0,
  });
});

test('the teams to start from are listed with what they are', async () => {
  const { stdout } = await teamc(project(), ['init', '--list']);
  const lines = stdout.split('\n').filter((line) => /^\S/.test(line));
  expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual(shipped);
  expect(lines[0]).toMatch(/^starter +3 roles +Three roles that change a repository with care\./);
});

describe('what is there already stays', () => {
  test('a role file that is there keeps everything from being written', async () => {
    const folder = project({ 'roles/lead.md': 'Mine.\n' });
    expect(await teamc(folder, ['init'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'teamc: Nothing was written: roles/lead.md is there already; give another folder.\n',
    });
    expect(files(folder)).toEqual(['roles/lead.md']);
  });

  test('a second team in one folder is refused', async () => {
    const folder = project({ 'crew.yml': 'teamc: 1\nname: crew\n' });
    expect(await teamc(folder, ['init'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'teamc: There is a team already: "crew.yml"; give another folder, as in "teamc init teams/NAME".\n',
    });
  });

  test('a configuration of pre-commit stays, and the hook is shown', async () => {
    const folder = project({ '.pre-commit-config.yaml': 'repos: []\n' });
    mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/.bin/teamc'), '');
    const { stdout } = await teamc(folder, ['init']);
    expect(stdout.slice(stdout.indexOf('\nTo lint'))).toBe(`
To lint before each commit, in .pre-commit-config.yaml at the root of the repository:

  - repo: local
    hooks:
      - id: teamc-lint
        name: teamc lint
        entry: node_modules/.bin/teamc lint
        language: system
        files: '(^|/)(team\\.ya?ml|(roles|teams)/.*\\.(ya?ml|md))$'
        require_serial: true
`);
    expect(readFileSync(join(folder, '.pre-commit-config.yaml'), 'utf8')).toBe('repos: []\n');
  });

  test('a rehearsal writes nothing', async () => {
    const folder = project();
    expect((await teamc(folder, ['init', '--dry-run'])).stdout).toContain('6 files to write');
    expect(files(folder)).toEqual([]);
  });

  test('a file in the place of the folder, and a team that is not there, are one sentence', async () => {
    const folder = project({ notes: 'Mine.\n' });
    expect((await teamc(folder, ['init', 'notes'])).stderr).toBe(
      'teamc: "notes" is a file; a team goes into a folder.\n',
    );
    expect((await teamc(folder, ['init', '--team', 'bakend-guild'])).stderr).toBe(
      'teamc: teamc brings no team "bakend-guild"; did you mean "backend-guild"?\n',
    );
  });
});

describe('somebody at a terminal', () => {
  test('chooses a team and its name', async () => {
    const folder = project();
    const person = somebody('\u001b[B', '\r', ' two\r');
    const { code, stdout } = await teamc(folder, ['init', 'crew'], { person });
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'crew two: 15 files written, from the team delivery-squad']);
    expect(readFileSync(join(folder, 'crew/team.yaml'), 'utf8')).toContain('\nname: crew two\n');
  });

  test('is offered the agents that the project has already', async () => {
    const folder = project({ '.claude/agents/a.md': '---\nname: a\ndescription: A.\n---\nA.\n' });
    expect(await teamc(folder, ['init'], { person: somebody('\r', '-of-mine\r') })).toEqual({
      code: 0,
      stderr:
        'teamc: "teamc lint team-of-mine" tells of 0 errors and 0 warnings; "teamc build team-of-mine" writes the platforms\' files again.\n',
      stdout: `claude-code: 1 agent in 1 file

1 role in team-of-mine
  2 values became data; every prompt is kept whole
`,
    });
    expect(files(folder)).toEqual(['.claude/agents/a.md', 'team-of-mine/roles/a.md', 'team-of-mine/team.yaml']);
    expect(await teamc(folder, ['lint', 'team-of-mine'])).toMatchObject({ code: 0 });
  });

  test('may rather not', async () => {
    const folder = project();
    expect(await teamc(folder, ['init'], { person: somebody('\u0003') })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(files(folder)).toEqual([]);
  });
});

test('agents that are there already are mentioned where nobody can be asked', async () => {
  const two = `customModes:\n${['a', 'b'].map((slug) => `  - { slug: ${slug}, name: ${slug}, roleDefinition: R., groups: [] }\n`).join('')}`;
  const { stdout } = await teamc(project({ '.roomodes': two }), ['init']);
  expect(stdout).toContain('\nThere are 2 agents here already, in .roomodes. "teamc import ." makes a team of them.\n');
  const empty = project({ '.roomodes': 'customModes: []\n', '.claude/agents/notes.txt': 'None yet.\n' });
  expect((await teamc(empty, ['init'])).stdout).not.toContain('here already');
});

describe('schema', () => {
  test('prints the schema that is asked for, and that of a team by itself', async () => {
    for (const [words, name] of [
      [[], 'team'],
      [['role'], 'role'],
      [['scenario'], 'scenario'],
      [['target'], 'target'],
    ] as const)
      expect(await teamc(project(), ['schema', ...words])).toEqual({
        code: 0,
        stderr: '',
        stdout: readFileSync(`schemas/${name}.schema.json`, 'utf8'),
      });
    expect(await teamc(project(), ['schema', 'rol'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'teamc: There is no schema "rol"; did you mean "role"?\n',
    });
  });

  test('goes into each YAML file of a team as its first line, once, with the line ends and the mark of the file', async () => {
    const folder = project({
      'crew/team.yaml': '\uFEFFteamc: 1\r\nname: crew\r\n',
      'crew/roles/a.yaml': 'description: A.\ntools: []\n',
      'crew/roles/b.md': '---\ndescription: B.\ntools: []\n---\nB.\n',
      'crew/scenarios/one.yaml': '# yaml-language-server: $schema=mine.json\nteamc: 1\nrequest: Go\n',
      'node_modules/teamc/schemas/team.schema.json': '{}',
    });
    const there = 'https://unpkg.com/teamc/schemas/role.schema.json';
    expect(await teamc(folder, ['schema', '--install', '--team', 'crew'])).toEqual({
      code: 0,
      stderr: '',
      stdout: "Added the editor's line to crew/team.yaml and crew/roles/a.yaml.\n",
    });
    expect(readFileSync(join(folder, 'crew/team.yaml'), 'utf8')).toBe(
      '\uFEFF# yaml-language-server: $schema=../node_modules/teamc/schemas/team.schema.json\r\nteamc: 1\r\nname: crew\r\n',
    );
    expect(readFileSync(join(folder, 'crew/roles/a.yaml'), 'utf8')).toBe(
      `# yaml-language-server: $schema=${there}\ndescription: A.\ntools: []\n`,
    );
    expect((await teamc(folder, ['schema', '--install', '--team', 'crew'])).stdout).toBe(
      'Nothing to add: 3 YAML files have the line already.\n',
    );
    expect(files(folder)).toHaveLength(5);
    expect((await teamc(folder, ['lint', 'crew'])).code).toBe(0);
  });
});

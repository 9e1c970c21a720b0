import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { formats } from '../../src/report/formats.ts';
import { builtCommand, project, shipped, teamc } from './project.ts';

const LEAD =
  '---\ndescription: Plans the work.\ntools: read\ndelegates-to: { role: biulder, for: building }\n---\n\nPlan.\n';
const BUILDER = '---\ndescription: Writes the code.\ntools: [read, search]\n---\n\nBuild.\n';
const SHOP = {
  'shop/team.yaml': 'teamc: 1\nname: shop\nentry: lead\nlint: { rules: { unreachable-role: off } }\n',
  'shop/roles/lead.md': LEAD,
  'shop/roles/builder.md': BUILDER,
};
const FINE = { ...SHOP, 'shop/roles/lead.md': LEAD.replace('biulder', 'builder') };
/** One warning: nobody said which tools. */
const WARNED = { 'team.yaml': 'teamc: 1\nname: solo\nroles: { lead: { description: Leads. } }\n' };

/** What a report says, as `rule file`. */
function said(json: string): readonly string[] {
  const { diagnostics } = JSON.parse(json) as { diagnostics: readonly { rule: string; file: string }[] };
  return diagnostics.map(({ rule, file }) => `${rule} ${file}`);
}

describe('exit codes', () => {
  test('a fine team is 0', async () => {
    expect(await teamc(project(FINE), ['lint', 'shop'])).toEqual({
      code: 0,
      stdout: 'No findings in 2 roles, 3 files.\n',
      stderr: '',
    });
  });

  test('an error is 1, and the report says where and what to do', async () => {
    const { code, stdout, stderr } = await teamc(project(SHOP), ['lint', 'shop']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('error unknown-role: There is no role "biulder".\n  --> shop/roles/lead.md:4:23\n');
    expect(stdout).toMatch(/\n\n1 error in 1 file \(2 roles\)\n$/);
  });

  test('warnings are fine unless there are more than allowed', async () => {
    const folder = project(WARNED);
    expect((await teamc(folder, ['lint'])).code).toBe(0);
    expect((await teamc(folder, ['lint', '--max-warnings', '1'])).code).toBe(0);
    expect(await teamc(folder, ['lint', '--max-warnings', '0', '-q'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'teamc: 1 warning, and --max-warnings is 0.\n',
    });
  });
});

describe('quiet', () => {
  test('errors are reported without warnings', async () => {
    const folder = project({ ...WARNED, 'roles/other.md': '---\ndescription: D.\ndelegates-to: nobody\n---\n' });
    expect(said((await teamc(folder, ['lint', '-q', '--format', 'json'])).stdout)).toEqual([
      'unknown-role roles/other.md',
    ]);
  });

  test('a program still gets its report', async () => {
    expect(said((await teamc(project(WARNED), ['lint', '--quiet', '--format', 'json'])).stdout)).toEqual([]);
  });
});

describe('rules', () => {
  test('a severity on the command line goes before that of the team', async () => {
    const folder = project(WARNED);
    expect((await teamc(folder, ['lint', '--rule', 'no-tools=off'])).stdout).toBe('No findings in 1 role, 1 file.\n');
    expect((await teamc(folder, ['lint', '--rule', 'unknown-role=off', '--rule=no-tools=error'])).code).toBe(1);
  });

  test('the strict profile says more', async () => {
    const role = '{ description: D., tools: [read, edit], permissions: { edit: deny } }';
    const folder = project({ 'team.yaml': `teamc: 1\nname: solo\nroles: { lead: ${role} }\n` });
    expect(said((await teamc(folder, ['lint', '--format', 'json'])).stdout)).toEqual([]);
    expect(said((await teamc(folder, ['lint', '--format', 'json', '--profile', 'strict'])).stdout)).toEqual([
      'unused-tool team.yaml',
    ]);
  });
});

describe('what is linted', () => {
  const TWO = {
    'teams/a/team.yaml': 'teamc: 1\nname: a\nroles: { one: { description: D., tools: read, delegates-to: nobody } }\n',
    'teams/b/team.yaml': 'teamc: 1\nname: b\nroles: { one: { description: D., tools: read } }\n',
    'notes.md': 'Notes.\n',
  };

  test('without a path: the teams below teams/', async () => {
    const { stdout } = await teamc(project(TWO), ['lint', '--format', 'json']);
    expect(JSON.parse(stdout).teams).toEqual([
      { name: 'a', path: 'teams/a', roles: 1 },
      { name: 'b', path: 'teams/b', roles: 1 },
    ]);
  });

  test('a folder of teams is each of them, and the root of a project too', async () => {
    const folder = project(TWO);
    for (const path of ['teams', '.', folder])
      expect(JSON.parse((await teamc(folder, ['lint', path, '--format', 'json'])).stdout).teams).toHaveLength(2);
  });

  test('several teams in one run, each once', async () => {
    const { stdout } = await teamc(project(TWO), ['lint', 'teams/b', 'teams/a/team.yaml', 'teams/b/', '--format=json']);
    expect(JSON.parse(stdout).teams.map(({ name }: { name: string }) => name)).toEqual(['b', 'a']);
  });

  test('from inside a team: the team around, with paths that start here', async () => {
    const folder = join(project(SHOP), 'shop/roles');
    for (const path of [[], ['..'], ['lead.md'], ['../roles'], [join(folder, 'lead.md')]])
      expect(said((await teamc(folder, ['lint', ...path, '--format', 'json'])).stdout)).toEqual([
        'unknown-role ../roles/lead.md',
      ]);
    expect(said((await teamc(folder, ['lint', 'builder.md', '--format', 'json'])).stdout)).toEqual([]);
  });

  test('--cwd works elsewhere', async () => {
    const { stdout } = await teamc(project(SHOP), ['--cwd', 'shop', 'lint', '--format', 'json']);
    expect(said(stdout)).toEqual(['unknown-role roles/lead.md']);
  });

  test('the search upwards ends at the root of the repository', async () => {
    const folder = project({ 'team.yaml': SHOP['shop/team.yaml'], 'sub/.git/HEAD': '', 'sub/x.md': 'X.' });
    expect((await teamc(join(folder, 'sub'), ['lint'])).code).toBe(2);
  });

  test('files that belong to no team are left out as long as others do', async () => {
    const folder = project(TWO);
    expect(await teamc(folder, ['lint', 'teams/b/team.yaml', 'notes.md'])).toEqual({
      code: 0,
      stdout: 'No findings in 1 role, 1 file.\n',
      stderr: 'teamc: left out, as no team is in or above it: "notes.md"\n',
    });
    expect(await teamc(folder, ['lint', 'notes.md'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'teamc: There is no team in or above "notes.md"; a team begins with a file "team.yaml".\n',
    });
  });
});

describe('the scenarios beside a team', () => {
  const FILES = {
    'team.yaml': 'teamc: 1\nname: pair\nroles:\n  lead: { description: Leads., tools: [read] }\n',
    'scenarios/login.yaml': 'teamc: 1\nrequest: Add a login\nexpect: [{ eventually: { finished: laed } }]\n',
    'scenarios/notes.md': 'Notes.\n',
  };

  test('are linted with it, alone too, and what is wrong with them keeps nobody from building it', async () => {
    const folder = project(FILES);
    for (const words of [['lint'], ['lint', 'scenarios/login.yaml']]) {
      const { code, stdout } = await teamc(folder, words);
      expect(code).toBe(1);
      expect(stdout).toContain('scenarios/login.yaml:3:');
    }
    expect((await teamc(folder, ['build', '--dry-run'])).code).toBe(0);
    writeFileSync(join(folder, 'scenarios/login.yaml'), 'teamc: 1\nrequest: Add a login\n');
    expect((await teamc(folder, ['lint'])).stdout).toBe('No findings in 1 role, 2 files.\n');
  });
});

describe('files inside a team, as pre-commit passes them', () => {
  const files = {
    'team.yaml':
      'teamc: 1\nname: ring\nentry: [one, gone]\nroles: { inline: { description: D., tools: read, delegates-to: nobody } }\n',
    'roles/one.md': '---\ndescription: D.\ntools: read\ndelegates-to: { role: two, for: a }\n---\n',
    'roles/two.md': '---\ndescription: D.\ntools: read\ndelegates-to: { role: one, for: b }\n---\n',
    'roles/deep/three.md': '---\ndescription: D.\ntools: read\nescalates-to: nobody\n---\n',
    'README.md': 'Read me.\n',
  };
  const lint = async (...paths: string[]) =>
    said(
      (await teamc(project(files), ['lint', '--format', 'json', '--rule', 'unreachable-role=off', ...paths])).stdout,
    );

  test('the team file is the whole team', async () => {
    expect(await lint('team.yaml', 'roles/one.md')).toEqual(await lint('.'));
  });

  test('a role brings what touches it and what the team file says of the whole', async () => {
    expect(await lint('roles/two.md')).toEqual(['delegation-cycle roles/one.md', 'unknown-role team.yaml']);
  });

  test('a folder is all that lies in it', async () => {
    expect(await lint('roles/deep')).toEqual(['unknown-role roles/deep/three.md', 'unknown-role team.yaml']);
  });

  test('a file that is no part of the team brings only what concerns the whole', async () => {
    expect(await lint('README.md')).toEqual(['unknown-role team.yaml']);
  });
});

describe('output', () => {
  test('every format is a report of its own, and ends its last line', async () => {
    const folder = project(SHOP);
    for (const format of Object.keys(formats)) {
      const { code, stdout, stderr } = await teamc(folder, ['lint', 'shop', '--format', format]);
      expect({ format, code, stderr, ends: stdout.endsWith('\n') }).toEqual({
        format,
        code: 1,
        stderr: '',
        ends: true,
      });
      expect(stdout).toContain('unknown-role');
    }
  });

  test('sarif brings the pages of the rules', async () => {
    const { stdout } = await teamc(project(SHOP), ['lint', 'shop', '--format', 'sarif']);
    const [run] = JSON.parse(stdout).runs;
    const rule = run.tool.driver.rules[run.results[0].ruleIndex];
    expect(rule.help.markdown).toMatch(/^# unknown-role\n/);
  });

  test('a file takes the report, without colours, and the summary goes to stderr', async () => {
    const folder = project(SHOP);
    const argv = ['lint', 'shop', '--output', 'out/report.txt', '--color', 'always'];
    expect(await teamc(folder, argv)).toEqual({ code: 1, stdout: '', stderr: '1 error in 1 file (2 roles)\n' });
    expect(readFileSync(join(folder, 'out/report.txt'), 'utf8')).toMatch(/^error unknown-role/);
  });

  test('a file that can not be written is told', async () => {
    expect(await teamc(project(SHOP), ['lint', 'shop', '-o', 'shop/team.yaml/x'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^teamc: The report can't be written to "shop\/team.yaml\/x": it .*\.\n$/),
    });
  });

  test.each([
    [{}, false, false],
    [{}, true, true],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, false],
    [{ TERM: 'dumb' }, true, false],
  ])('%j, a terminal: %s, colours: %s', async (env, isTTY, colours) => {
    const { stdout } = await teamc(project(FINE), ['lint', 'shop'], { env, isTTY });
    expect(stdout.includes('\u001B[')).toBe(colours);
  });

  test('--color goes before the environment', async () => {
    const folder = project(FINE);
    const always = await teamc(folder, ['lint', 'shop', '--color', 'always'], { env: { NO_COLOR: '1' } });
    const never = await teamc(folder, ['lint', 'shop', '--color=never'], { env: { FORCE_COLOR: '3' }, isTTY: true });
    expect([always, never].map(({ stdout }) => stdout.includes('\u001B['))).toEqual([true, false]);
  });
});

describe('arguments that can not be used', () => {
  test.each([
    [['lnit'], 'Unknown command "lnit"; did you mean init, lint?'],
    [['frobnicate'], 'Unknown command "frobnicate"; see "teamc --help".'],
    [['lint', '--fromat', 'json'], 'Unknown option "--fromat"; did you mean --format?'],
    [['lint', '--zzz'], 'Unknown option "--zzz"; see "teamc lint --help".'],
    [['lint', '--format', 'xml'], '--format can\'t be "xml"; choose pretty, json, sarif, github or junit.'],
    [['lint', '--format', 'sarfi'], '--format can\'t be "sarfi"; did you mean "sarif"?'],
    [['lint', '--format'], 'Option "-f, --format <format>" argument missing; see "teamc lint --help".'],
    [['lint', '--profile', 'harsh'], '--profile can\'t be "harsh"; choose regular or strict.'],
    [['lint', '--color', 'maybe'], '--color can\'t be "maybe"; choose auto, always or never.'],
    [['lint', '--max-warnings', '-1'], '--max-warnings takes a whole number from 0 up, not "-1".'],
    [['lint', '--rule', 'unknown-rol=off'], 'There is no rule "unknown-rol"; did you mean "unknown-role"?'],
    [
      ['lint', '--rule', 'unknown-role'],
      '--rule takes a rule and its severity, as in no-tools=off, not "unknown-role".',
    ],
    [['compare', 'a'], 'Something is missing: teamc compare A B; see "teamc compare --help".'],
    [['add', 'role'], 'Something is missing: teamc add role <id>; see "teamc add role --help".'],
    [['explain', 'nonsense'], 'There is no rule "nonsense", and no team here that could have such a role.'],
    [['graph', '--depth', '2'], '--depth says how far from a role; name one with --role.'],
    [['graph', '--to', 'shell'], '--to is for the page; add --format html, or "-o team.html".'],
    [['lint', 'nowhere'], 'There is nothing at "nowhere"; name a team folder, a team file or a file inside a team.'],
    [
      ['lint', 'a', 'b', 'c', 'd', 'e'],
      'There is nothing at "a", "b", "c" and 2 more; name a team folder, a team file or a file inside a team.',
    ],
    [
      ['lint', '\u001B[31mred'],
      'There is nothing at "␛[31mred"; name a team folder, a team file or a file inside a team.',
    ],
    [['lint', 'empty'], 'There is no team in or above "empty"; a team begins with a file "team.yaml".'],
    [
      ['lint'],
      'There is no team in this folder, above it or below "teams/"; name one as an argument, or make one with "teamc init".',
    ],
    [['--cwd', 'nowhere', 'lint'], 'There is no folder "nowhere"; give --cwd one that exists.'],
  ])('%j', async (argv, sentence) => {
    const folder = project({ 'empty/notes.txt': '' });
    expect(await teamc(folder, argv)).toEqual({ code: 2, stdout: '', stderr: `teamc: ${sentence}\n` });
  });
});

describe('help', () => {
  test('no command is a question for help', async () => {
    const { code, stdout, stderr } = await teamc(project(), []);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: teamc /);
  });

  test.each([['--help'], ['lint', '--help']])('%s %s has examples', async (...argv) => {
    const { code, stdout, stderr } = await teamc(project(), argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/\nExamples:\n {2}teamc lint/);
  });

  test('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await teamc(project(), ['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('a crash', () => {
  const broken = () =>
    new Command('break').action(() => {
      throw new TypeError('x is not a function');
    });
  const sentence =
    'teamc crashed, which is a defect of teamc and no fault of yours (TypeError: x is not a function); "npm bugs teamc" says where to report it, with the command and';

  test('is one sentence', async () => {
    expect(await teamc(project(), ['break'], {}, [broken])).toEqual({
      code: 2,
      stdout: '',
      stderr: `${sentence} what --verbose adds.\n`,
    });
  });

  test('has its stack with --verbose', async () => {
    const { code, stderr } = await teamc(project(), ['break', '--verbose'], {}, [broken]);
    expect(code).toBe(2);
    expect(stderr.startsWith(`${sentence} what follows.\n    at `)).toBe(true);
  });
});

describe('as it is shipped', () => {
  const nobody = { description: 'D.', tools: 'read', 'delegates-to': 'nobody' };
  const roles = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`r${index}`, nobody]));
  const files = { 'team.yaml': `teamc: 1\nroles: ${JSON.stringify(roles)}\n` };

  test('a long report arrives whole', () => {
    const { code, stdout, stderr } = shipped(project(files), ['lint', '--format', 'json']);
    expect({ code, stderr, ends: stdout.endsWith('}\n') }).toEqual({ code: 1, stderr: '', ends: true });
    expect(said(stdout).filter((line) => line === 'unknown-role team.yaml')).toHaveLength(400);
  });

  test('a reader that goes away early is no mistake', async () => {
    const child = spawn(process.execPath, [builtCommand(), 'lint', '--format', 'json'], { cwd: project(files) });
    child.stdout.destroy();
    const [[code], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });

  test('a disk without room is told', () => {
    const full = openSync('/dev/full', 'w');
    const { code, stderr } = shipped(project(files), ['lint'], { stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    expect({ code, stderr }).toEqual({ code: 2, stderr: "teamc: The output can't be written (ENOSPC).\n" });
  });
});

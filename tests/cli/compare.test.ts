import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PAYMENTS } from './payments.ts';
import { project, teamc } from './project.ts';

/** The same team with one rule loosened. */
const LOOSENED = PAYMENTS.replace('deny: "terraform *"', 'ask: "terraform *"');

function git(folder: string, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
}

/** A repository whose first commit holds these files. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = project(files);
  rmSync(join(folder, '.git'), { recursive: true });
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'first');
  return folder;
}

describe('one rule loosened since the last commit', () => {
  const changed = (): string => {
    const folder = repository({ 'team.yaml': PAYMENTS });
    writeFileSync(join(folder, 'team.yaml'), LOOSENED);
    return folder;
  };

  test('is exit code 1 under --fail-on looser, with role, command and both rules', async () => {
    expect(await teamc(changed(), ['compare', 'HEAD:team.yaml', '.', '--fail-on', 'looser'])).toEqual({
      code: 1,
      stderr: '',
      stdout: `looser  developer and platform  shell  terraform init  deny → ask
  --> HEAD:team.yaml:11:19  before: deny "terraform *"
  > 11 |         - { deny: "terraform *", because: infrastructure is the platform's, instead: platform }
       |                   ^^^^^^^^^^^^^
  --> team.yaml:11:18  now: ask "terraform *"
  > 11 |         - { ask: "terraform *", because: infrastructure is the platform's, instead: platform }
       |                  ^^^^^^^^^^^^^

looser: 2 roles may do more (HEAD:team.yaml → .)
`,
    });
  });

  test('is an annotation on GitHub, where it stands now', async () => {
    const { code, stdout } = await teamc(changed(), [
      'compare',
      'HEAD:team.yaml',
      '.',
      '--fail-on',
      'looser',
      '--format',
      'github',
    ]);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `::error file=team.yaml,line=11,col=18,endLine=11,endColumn=31,title=looser permission::developer and platform: shell "terraform init" was deny and is ask%0Abefore: deny "terraform *" at HEAD:team.yaml:11:19%0Anow: ask "terraform *" at team.yaml:11:18
looser: 2 roles may do more (HEAD:team.yaml → .)
`,
    });
    const told = await teamc(changed(), ['compare', 'HEAD:team.yaml', '.', '--format', 'github']);
    expect(told.stdout).toMatch(/^::warning /);
    const tightened = await teamc(changed(), ['compare', '.', 'HEAD:team.yaml', '--format', 'github']);
    expect(tightened.stdout).toMatch(/^::notice file=team.yaml,/);
  });

  test('is a table in Markdown', async () => {
    const { stdout } = await teamc(changed(), ['compare', 'HEAD:./team.yaml', 'team.yaml', '--format', 'markdown']);
    expect(stdout).toBe(`**looser:** 2 roles may do more (HEAD:./team.yaml → team.yaml)

| | role | call | before | now |
|---|---|---|---|---|
| looser | developer and platform | \`shell:terraform init\` | deny<br>deny "terraform \\*"<br>\`HEAD:team.yaml:11\` | ask<br>ask "terraform \\*"<br>\`team.yaml:11\` |
`);
  });

  test('is data for a program', async () => {
    const { stdout } = await teamc(changed(), ['compare', 'HEAD:team.yaml', '.', '--format', 'json']);
    const change = (role: string) => ({
      role,
      tool: 'shell',
      from: 'deny',
      to: 'ask',
      witness: 'terraform init',
      rules: [
        { pattern: 'terraform *', decision: 'deny', file: 'team.yaml', line: 11, column: 19, revision: 'HEAD' },
        { pattern: 'terraform *', decision: 'ask', file: 'team.yaml', line: 11, column: 18 },
      ],
    });
    expect(JSON.parse(stdout)).toEqual({
      verdict: 'looser',
      changes: [change('developer'), change('platform')],
      undecided: [],
      added: [],
      removed: [],
    });
  });

  test('the other way round is stricter, and fails only who asks for that', async () => {
    const folder = changed();
    const back = ['compare', '.', 'HEAD:team.yaml', '-q', '--fail-on'];
    expect((await teamc(folder, [...back, 'looser'])).code).toBe(0);
    expect((await teamc(folder, [...back, 'stricter'])).stdout).toContain('stricter  developer and platform');
    expect((await teamc(folder, [...back, 'any'])).code).toBe(1);
    expect((await teamc(folder, ['compare', 'HEAD:team.yaml', '.'])).code).toBe(0);
  });
});

describe('roles and edges', () => {
  const compare = async (a: string, b: string) => {
    const { stdout } = await teamc(project({ 'a/team.yaml': a, 'b/team.yaml': b }), [
      'compare',
      'a',
      'b',
      '--format',
      'json',
    ]);
    const { verdict, changes, added, removed } = JSON.parse(stdout);
    const lines = changes.map(
      (each: Record<string, string>) =>
        `${each['role']} ${each['tool']} ${each['witness']}: ${each['from']} → ${each['to']}`,
    );
    return { verdict, lines, added, removed };
  };

  test('a new role may do what nobody in its name could before', async () => {
    const more = `${PAYMENTS}  writer: { description: Writes., tools: [read], permissions: [] }\n`;
    expect(await compare(PAYMENTS, more)).toEqual({
      verdict: 'looser',
      lines: ['writer read README.md: deny → allow'],
      added: ['writer'],
      removed: [],
    });
    expect(await compare(more, PAYMENTS)).toMatchObject({ verdict: 'stricter', removed: ['writer'] });
  });

  test('an edge that is gone, and one that lost its approval', async () => {
    expect(await compare(PAYMENTS, PAYMENTS.replace('      - developer\n', ''))).toMatchObject({
      verdict: 'stricter',
      lines: ['lead delegate developer: allow → deny'],
    });
    expect(await compare(PAYMENTS, PAYMENTS.replace(' approval: owner,', ''))).toMatchObject({
      verdict: 'looser',
      lines: ['lead delegate platform: ask → allow'],
    });
  });

  test('a path pattern that is no longer within a folder', async () => {
    expect(await compare(PAYMENTS, PAYMENTS.replace('"src/**"', '"src/*"'))).toMatchObject({ verdict: 'stricter' });
    expect(await compare(PAYMENTS, PAYMENTS.replace('"src/**"', '["src/**", "/etc/**"]'))).toMatchObject({
      verdict: 'looser',
      lines: ['developer edit /etc/passwd: deny → allow'],
    });
  });

  test('more here and less there is incomparable', async () => {
    const other = LOOSENED.replace('"npm *", ', '');
    expect(await compare(PAYMENTS, other)).toMatchObject({ verdict: 'incomparable' });
  });

  test('what takes too long is not called equal, and is exit code 3 under --fail-on', async () => {
    const many = Array.from({ length: 22 }, (_, at) => {
      const letter = String.fromCharCode(97 + at);
      return `${at % 2 ? 'allow' : 'deny'}: "*a${letter}*c${letter}*"`;
    }).join(', ');
    const hard = (end: string): string =>
      `teamc: 1\nname: hard\nroles:\n  d: { description: D., tools: shell, permissions: [{ shell: [${many}, deny: ${end}] }] }\n`;
    const folder = project({ 'a/team.yaml': hard('"zz *"'), 'b/team.yaml': hard('["zz", "zz *"]') });
    expect(await teamc(folder, ['compare', 'a', 'b', '--fail-on', 'looser'])).toEqual({
      code: 3,
      stdout: 'undecided: not decided: d shell (a → b)\n',
      stderr: 'teamc: A limit was reached before it could be said for all roles and tools.\n',
    });
    const { code, stdout } = await teamc(folder, ['compare', 'a', 'b', '--format', 'json']);
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({
      code: 0,
      verdict: 'undecided',
      undecided: [{ role: 'd', tool: 'shell' }],
    });
  });
});

describe('targets', () => {
  test('of one team: a call for each way in which the target differs', async () => {
    const folder = project({ 'team.yaml': PAYMENTS });
    const { code, stdout } = await teamc(folder, ['compare', '.@ideal', '.@claude-code', '--fail-on', 'any']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'equal: every role may do the same (.@ideal → .@claude-code)\n',
    });
    const there = await teamc(folder, ['compare', '.', '.@roo', '--fail-on', 'looser']);
    expect(there.code).toBe(1);
    expect(there.stdout).toContain(`looser  developer and platform  shell  terraform init  deny → ask
  --> team.yaml:11:19  before: deny "terraform *"
  > 11 |         - { deny: "terraform *", because: infrastructure is the platform's, instead: platform }
       |                   ^^^^^^^^^^^^^
  --> team.yaml:11:19  now: Roo Code: ask, as no rule speaks of it (Roo limits commands for the whole session, not for one mode)
`);
  });
});

describe('what a platform does of itself', () => {
  const ROLES = ['ann', 'ben', 'cat', 'dan', 'eve'];
  const TEAM = `teamc: 1
name: shop
roles:
${ROLES.map((id) => `  ${id}: { description: D., tools: [read, fetch], permissions: [{ fetch: { allow: "https://a.example/*" } }] }`).join('\n')}
`;

  test('is told once for all roles, as a rule of its own; where a rule of theirs decided, that is told', async () => {
    const folder = project({ 'team.yaml': TEAM });
    const { stdout } = await teamc(folder, ['compare', '.@claude-code', '.@opencode']);
    expect(stdout.split('\n\n')).toEqual([
      `stricter  5 roles  read  .env  allow → ask
  ann, ben, cat, dan and eve
  --> team.yaml:4:35  before: Claude Code: allow, as no rule speaks of it
  > 4 |   ann: { description: D., tools: [read, fetch], permissions: [{ fetch: { allow: "https://a.example/*" } }] }
      |                                   ^^^^
  --> team.yaml:4:35  now: opencode: ask "*.env", a rule of its own`,
      ...ROLES.map((id) => expect.stringContaining(`stricter  ${id}  fetch  https://a.example/`)),
      'stricter: 5 roles may do less (.@claude-code → .@opencode)\n',
    ]);
    expect(stdout).toContain('before: Claude Code: allow "https://a.example/*"\n');
  });
});

describe('revisions', () => {
  test('are read without a look at the work tree, with the teams that a team uses', async () => {
    const files = {
      'teams/shop/team.yaml': 'teamc: 1\nname: shop\nentry: lead\nuses: { platform: ../platform }\n',
      'teams/shop/roles/lead.md': '---\ndescription: Leads.\ntools: read\ndelegates-to: platform/runner\n---\nLead.\n',
      'teams/shop/roles/deep/helper.md': '---\ndescription: Helps.\ntools: read\n---\nHelp.\n',
      'teams/platform/team.yaml': 'teamc: 1\nname: platform\nroles: { runner: { description: Runs., tools: shell } }\n',
    };
    const folder = repository(files);
    rmSync(join(folder, 'teams/platform'), { recursive: true });
    rmSync(join(folder, 'teams/shop/roles/deep'), { recursive: true });
    writeFileSync(join(folder, 'teams/shop/team.yaml'), 'teamc: 1\nname: shop\nentry: lead\n');
    writeFileSync(
      join(folder, 'teams/shop/roles/lead.md'),
      files['teams/shop/roles/lead.md'].replace('platform/runner', '[]'),
    );
    const before = spawnSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' }).stdout;
    const { stdout } = await teamc(folder, ['compare', 'main:teams/shop', 'teams/shop', '--format', 'json']);
    const { verdict, removed, changes } = JSON.parse(stdout);
    expect({ verdict, removed }).toEqual({ verdict: 'stricter', removed: ['deep/helper', 'platform/runner'] });
    const edge = changes.find(({ role }: { role: string }) => role === 'lead');
    expect(edge).toMatchObject({ tool: 'delegate', from: 'allow', to: 'deny', witness: 'platform/runner' });
    expect(edge.rules[0]).toMatchObject({ file: 'teams/shop/roles/lead.md', line: 4, revision: 'main' });
    expect(spawnSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' }).stdout).toBe(before);
  });

  test('from a folder below the root, paths are shown from there', async () => {
    const folder = repository({ 'teams/pay/team.yaml': PAYMENTS });
    const below = join(folder, 'teams');
    const same = await teamc(below, ['compare', 'HEAD:teams/pay', 'pay', '--fail-on', 'any']);
    expect(same).toEqual({ code: 0, stderr: '', stdout: 'equal: every role may do the same (HEAD:teams/pay → pay)\n' });
    writeFileSync(join(below, 'pay/team.yaml'), LOOSENED);
    expect((await teamc(below, ['compare', 'HEAD:./pay', 'pay'])).stdout).toContain(
      '--> HEAD:pay/team.yaml:11:19  before',
    );
  });

  test.each([
    ['nowhere:team.yaml', 'git knows no revision "nowhere"; in a shallow clone, fetch it first.'],
    ['--upload-pack=x:team.yaml', undefined],
    ['HEAD:elsewhere', 'There is no team at "elsewhere" in "HEAD"; paths start at the root of the repository.'],
    ['team.yaml@opencod', 'There is no target "opencod"; did you mean "opencode"?'],
    ['elsewhere', 'There is nothing at "elsewhere"; name a team folder or a team file.'],
  ])('%s can not be used, in one sentence', async (side, sentence) => {
    const { code, stdout, stderr } = await teamc(repository({ 'team.yaml': PAYMENTS }), ['compare', side, 'team.yaml']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    if (sentence) expect(stderr).toBe(`teamc: ${sentence}\n`);
  });

  test('without a repository, or without git, there are none', async () => {
    const folder = project({ 'team.yaml': PAYMENTS });
    rmSync(join(folder, '.git'), { recursive: true });
    mkdirSync(join(folder, 'empty'));
    expect((await teamc(folder, ['compare', 'HEAD:team.yaml', '.'])).stderr).toBe(
      'teamc: "HEAD" can\'t be read: the working folder is in no git repository.\n',
    );
    const path = process.env['PATH'];
    process.env['PATH'] = join(folder, 'empty');
    try {
      expect((await teamc(folder, ['compare', 'HEAD:team.yaml', '.'])).stderr).toBe(
        'teamc: A revision can only be read with git, and there is no git here.\n',
      );
    } finally {
      process.env['PATH'] = path;
    }
  });
});

test.each(['backend-guild', 'delivery-squad', 'platform-builders', 'product-engineers', 'service-studio'])(
  '%s is equal to itself, on every target',
  async (name) => {
    for (const side of ['', '@claude-code', '@opencode', '@roo']) {
      const team = `teams/${name}${side}`;
      expect(await teamc(process.cwd(), ['compare', team, `teams/${name}/${side}`, '--fail-on', 'any'])).toEqual({
        code: 0,
        stderr: '',
        stdout: `equal: every role may do the same (${team} → teams/${name}/${side})\n`,
      });
    }
  },
);

test('two thousand roles with rules of their own take seconds', async () => {
  const roles = Array.from(
    { length: 2000 },
    (_, at) => `  r${at}: { description: D., tools: build, permissions: [{ shell: [deny: "x${at} *"] }] }\n`,
  ).join('');
  const folder = project({ 'a/team.yaml': PAYMENTS + roles, 'b/team.yaml': LOOSENED + roles });
  const began = performance.now();
  const { stdout } = await teamc(folder, ['compare', 'a', 'b']);
  expect(stdout).toContain('looser: 2002 roles may do more (a → b)\n');
  expect(performance.now() - began).toBeLessThan(30_000);
});

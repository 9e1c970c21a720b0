import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { project, teamc } from './project.ts';

const PAIR = {
  'team.yaml': 'teamc: 1\nname: pair\nentry: lead\ntargets: { opencode: {} }\n',
  'roles/lead.md': '---\ndescription: Leads.\ntools: [read]\ndelegates-to: dev\n---\nLead.\n',
  'roles/dev.md': '---\ndescription: Develops.\ntools: [read]\n---\nDevelop.\n',
};

describe('what an editor has', () => {
  const lint = (folder: string, file: string, text: string | Uint8Array, more: readonly string[] = []) =>
    teamc(folder, ['lint', '--stdin', '--stdin-filename', file, '--format', 'json', ...more], {
      stdin: Readable.from([typeof text === 'string' ? Buffer.from(text) : text]),
    });
  const found = ({ stdout }: { stdout: string }): readonly string[] =>
    (JSON.parse(stdout) as { diagnostics: { rule: string; file: string; line: number }[] }).diagnostics.map(
      ({ rule, file, line }) => `${rule} ${file}:${line}`,
    );

  test('is linted in the place of what is saved, and told is what touches it', async () => {
    const folder = project({
      ...PAIR,
      'roles/odd.md': '---\ndescription: Odd.\ntools: [read]\nlevel: none\n---\nOdd.\n',
    });
    const text = PAIR['roles/lead.md'].replace('delegates-to: dev', 'delegates-to: devv');
    expect(found(await lint(folder, 'roles/lead.md', text))).toContain('unknown-role roles/lead.md:4');
    expect(found(await lint(folder, join(folder, 'roles/lead.md'), PAIR['roles/lead.md']))).toEqual([]);
    expect(readFileSync(join(folder, 'roles/lead.md'), 'utf8')).toBe(PAIR['roles/lead.md']);
  });

  test('may be a role or a team that is not saved yet', async () => {
    const folder = project(PAIR);
    expect(
      found(await lint(folder, 'roles/deep/new.md', '---\ndescription: N.\ntools: [read]\nescalates-to: x\n---\nN.\n')),
    ).toContain('unknown-role roles/deep/new.md:4');
    expect(found(await lint(folder, 'other/team.yaml', 'teamc: 1\nname: [\n'))).toEqual([
      'yaml-syntax other/team.yaml:2',
    ]);
  });

  test('is refused in one sentence where it can’t be linted', async () => {
    const folder = project(PAIR);
    const refused = async (promise: ReturnType<typeof teamc>): Promise<string> => {
      const { code, stderr } = await promise;
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refused(teamc(folder, ['lint', '--stdin']))).toBe('teamc: --stdin needs --stdin-filename FILE.\n');
    expect(await refused(lint(folder, 'roles/lead.md', '', ['--fix']))).toBe(
      'teamc: What comes from stdin is only linted: leave out --fix, --update-baseline and --watch.\n',
    );
    expect(await refused(lint(folder, 'roles/lead.md', '', ['roles']))).toBe(
      'teamc: --stdin takes one file, which --stdin-filename names; leave out the paths.\n',
    );
    expect(await refused(lint(folder, 'roles/lead.md', Buffer.from([0xff, 0xfe, 0x41, 0])))).toBe(
      'teamc: roles/lead.md: The file is written in UTF-16LE, and teamc reads UTF-8.\n',
    );
    expect(await refused(lint(project(), 'notes/a.md', ''))).toBe(
      'teamc: There is no team in or above "notes/a.md"; a team begins with a file "team.yaml".\n',
    );
  });
});

describe('what teamc wrote is taken out from what it remembers', () => {
  const built = async (): Promise<string> => {
    const folder = project(PAIR);
    expect((await teamc(folder, ['build'])).code).toBe(0);
    return folder;
  };
  const left = (folder: string): readonly string[] =>
    readdirSync(folder)
      .filter((name) => name !== '.git')
      .sort();

  test('when the team can no longer be read', async () => {
    const folder = await built();
    writeFileSync(join(folder, 'team.yaml'), 'teamc: 1\nname: [\n');
    expect(await teamc(folder, ['build', '--clean'])).toMatchObject({ code: 0, stderr: '' });
    expect(left(folder)).toEqual(['roles', 'team.yaml']);
  });

  test('when the team is gone', async () => {
    const folder = await built();
    rmSync(join(folder, 'team.yaml'));
    rmSync(join(folder, 'roles'), { recursive: true });
    const { code, stdout } = await teamc(folder, ['build', '--clean']);
    expect([code, stdout.split('\n')[0], left(folder)]).toEqual([0, 'pair: 3 files removed', []]);
    expect(await teamc(folder, ['build', '--clean'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'teamc: Nothing in "." is teamc\'s.\n',
    });
  });

  test('when the team has another name by now, or is one of several', async () => {
    const folder = await built();
    writeFileSync(join(folder, 'team.yaml'), PAIR['team.yaml'].replace('pair', 'couple'));
    expect((await teamc(folder, ['build', '--clean', '--dry-run'])).stdout.split('\n')[0]).toBe(
      'pair: 3 files to remove',
    );
    const two = project({ 'teams/a/team.yaml': 'teamc: 1\nname: a\n', 'teams/b/team.yaml': 'teamc: 1\nname: b\n' });
    for (const name of ['a', 'b']) {
      writeFileSync(
        join(two, `teams/${name}/team.yaml`),
        `teamc: 1\nname: ${name}\nroles: { ${name}: { description: D., tools: [read], instructions: D. } }\n`,
      );
      expect((await teamc(two, ['build', `teams/${name}`, '--target', 'roo'])).code).toBe(0);
    }
    rmSync(join(two, 'teams'), { recursive: true });
    expect((await teamc(two, ['build', '--clean'])).stderr).toBe(
      "teamc: It can't be told whose files are to go; name one of the teams that were built here: teams/a/team.yaml and teams/b/team.yaml.\n",
    );
    expect((await teamc(two, ['build', 'teams/a', '--clean'])).stdout.split('\n')[0]).toBe(
      'a: 1 file written, 1 file removed',
    );
    expect([existsSync(join(two, '.roo/rules-a')), existsSync(join(two, '.roo/rules-b'))]).toEqual([false, true]);
  });
});

describe('build --user', () => {
  test('writes into Claude Code’s folder for a user, beside what is there, and takes it out again', async () => {
    const folder = project({ ...PAIR, 'home/settings.json': '{\n  // mine\n  "model": "opus"\n}\n' });
    const env = { CLAUDE_CONFIG_DIR: join(folder, 'home') };
    const { code, stdout } = await teamc(folder, ['build', '--user', '--target', 'claude-code'], { env });
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'pair: 5 files written for Claude Code']);
    expect(readdirSync(join(folder, 'home')).sort()).toEqual(['.teamc', 'agents', 'hooks', 'settings.json']);
    const settings = readFileSync(join(folder, 'home/settings.json'), 'utf8');
    expect(settings).toContain('// mine\n  "model": "opus"');
    expect(settings).toContain('/hooks/teamc-guard.mjs\\""');
    expect((await teamc(folder, ['build', '--user', '--check'], { env })).code).toBe(0);
    expect((await teamc(folder, ['build', '--user', '--clean'], { env })).code).toBe(0);
    expect(readFileSync(join(folder, 'home/settings.json'), 'utf8')).toBe('{\n  // mine\n  "model": "opus"\n}\n');
    expect(readdirSync(join(folder, 'home'))).toEqual(['settings.json']);
  });

  test('is for Claude Code only, and says both form and folder', async () => {
    const folder = project(PAIR);
    expect((await teamc(folder, ['build', '--user', '--target', 'roo'])).stderr).toBe(
      'teamc: Roo Code has no form "user"; Claude Code can be built as a plugin, or with --user.\n',
    );
    expect((await teamc(folder, ['build', '--user', '--out', 'x'])).stderr).toBe(
      'teamc: --user goes without --out: it says both the form and the folder.\n',
    );
  });
});

test('lint asks about a target of one’s own too', async () => {
  const own = 'examples/own-target';
  const lint = (...more: readonly string[]) =>
    teamc(process.cwd(), ['lint', own, '--targets', `${own}/targets`, '--format', 'json', ...more]);
  const { code, stdout } = await lint('--target', 'notes', '--rule', 'feature-lost=warning');
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { rule: string; message: string }[] };
  expect(code).toBe(0);
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(new Set(diagnostics.map(({ message }) => message.split(' ')[0])).size).toBe(1);
  expect((await lint('--target', 'nots')).stderr).toBe('teamc: There is no target "nots": did you mean "notes"?\n');
  expect((await teamc(process.cwd(), ['lint', own, '--targets', 'nowhere'])).stderr).toBe(
    'teamc: There is no target in "nowhere": a target is a folder with a target.yaml.\n',
  );
  expect((await teamc(process.cwd(), ['lint', own, '--target', 'notes'])).stderr).toContain(
    'There is no target "notes"',
  );
});

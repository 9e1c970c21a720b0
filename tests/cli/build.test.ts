import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/workspace/output.ts';
import { project, put, teamc, tree } from '../workspace/run.ts';

/** A target of one's own, in the folder `targets`. */
function target(name: string, path: string, more = ''): Readonly<Record<string, string>> {
  return {
    [`targets/${name}/target.yaml`]: `target: ${name}\ntitle: ${name}\nverified: "1"\ncarries: { description: native }\nemit: [{ for: role, path: "${path}", template: a.hbs }]\n${more}`,
    [`targets/${name}/a.hbs`]: '{{id}}: {{description}}',
  };
}

test('by default the targets of the team file are built, each of them once by any name', async () => {
  const root = project();
  await teamc(root, 'build', 'team', '--target', 'zoo', '--target', 'roo');
  expect(Object.keys(tree(root, ['team', '.teamc']))).toEqual([
    '.roo/rules-dev/instructions.md',
    '.roo/rules-lead/instructions.md',
    '.roo/rules-tester/instructions.md',
    '.roomodes',
  ]);
});

test.each([
  [['--target', 'rooo'], 'There is no target "rooo": did you mean "roo"?'],
  [['--target', 'emacs'], 'There is no target "emacs": choose claude-code, opencode and roo.'],
  [['--format', 'xml'], '--format can\'t be "xml"; choose pretty or json.'],
  [['--require', 'nativ'], '--require can\'t be "nativ"; did you mean "native"?'],
  [
    ['--as', 'plugin', '--target', 'roo'],
    'Roo Code has no form "plugin"; Claude Code can be built as a plugin, or with --user.',
  ],
  [['--as', 'extension'], 'Claude Code has no form "extension"; Claude Code can be built as a plugin, or with --user.'],
  [['--check', '--dry-run'], '--check goes without --dry-run.'],
  [['--targets', 'nowhere'], 'There is no target in "nowhere": a target is a folder with a target.yaml.'],
])('%j is one sentence, and nothing is written', async (argv, sentence) => {
  const root = project();
  const before = tree(root);
  expect(await teamc(root, 'build', 'team', ...argv)).toEqual({ code: 2, out: '', err: `teamc: ${sentence}\n` });
  expect(tree(root)).toEqual(before);
});

test('as a plugin only the platforms that have plugins are built', async () => {
  const root = project();
  expect((await teamc(root, 'build', 'team', '--as', 'plugin', '--out', 'plugin')).code).toBe(0);
  expect(Object.keys(tree(join(root, 'plugin'), ['.teamc']))).toEqual([
    '.claude-plugin/plugin.json',
    'agents/dev.md',
    'agents/lead.md',
    'agents/tester.md',
    'hooks/hooks.json',
    'hooks/teamc-guard.mjs',
    'hooks/teamc-policy.json',
  ]);
});

test('a team with errors is not built, and --force does not help', async () => {
  const root = project({
    'team/roles/dev.md': '---\ndescription: Writes code.\ntools: [raed]\nescalates-to: lead\n---\n',
  });
  const before = tree(root);
  const ran = await teamc(root, 'build', 'team', '--force');
  expect(ran.code).toBe(1);
  expect(ran.out).toContain('error unknown-tool');
  expect(ran.err).toBe('teamc: Nothing was written: errors keep a team from being built, and --force does not help.\n');
  expect(tree(root)).toEqual(before);
  const json = JSON.parse((await teamc(root, 'build', 'team', '--format', 'json')).out) as { diagnostics: object[] };
  expect(json.diagnostics).toMatchObject([{ rule: 'unknown-tool', file: 'team/roles/dev.md', line: 3 }]);
});

test('warnings are only counted', async () => {
  const root = project({ 'team/roles/lone.md': '---\ndescription: Is alone.\n---\nWait.\n' });
  const ran = await teamc(root, 'build', 'team', '--target', 'roo');
  expect(ran.code).toBe(0);
  expect(ran.err).toMatch(/^teamc: \d+ warnings?; "teamc lint team" shows them\.\n$/);
});

test('--check writes nothing, and exits 1 with a unified diff', async () => {
  const root = project();
  const nothing = await teamc(root, 'build', 'team', '--target', 'roo', '--check');
  expect(nothing.code).toBe(1);
  expect(nothing.out).toContain('.roomodes is missing\n');
  expect(Object.keys(tree(root, ['team']))).toEqual([]);
  await teamc(root, 'build', 'team', '--target', 'roo');
  expect(await teamc(root, 'build', 'team', '--target', 'roo', '--check')).toEqual({
    code: 0,
    out: 'shop: 4 files up to date for Roo Code\n',
    err: '',
  });
  put(root, {
    'team/roles/dev.md': '---\nname: Dev\ndescription: Writes code.\nescalates-to: lead\n---\nWrite tests.\n',
  });
  expect(await teamc(root, 'build', 'team', '--target', 'roo', '--check')).toEqual({
    code: 1,
    out: `.roo/rules-dev/instructions.md differs
--- a/.roo/rules-dev/instructions.md
+++ b/.roo/rules-dev/instructions.md
@@ -1,6 +1,6 @@
 # Dev
${' '}
-Write code.
+Write tests.
${' '}
 ## Do without
${' '}
`,
    err: 'teamc: 1 file is not what the team says; "teamc build" makes up for it.\n',
  });
});

test('--dry-run lists what would be written and removed, and writes nothing', async () => {
  const root = project();
  const before = tree(root);
  const ran = await teamc(root, 'build', 'team', '--target', 'roo', '--dry-run');
  expect(ran.code).toBe(0);
  expect(ran.out).toMatch(/^shop: 4 files to write for Roo Code\n {2}to create {2}\.roomodes\n/);
  expect(tree(root)).toEqual(before);
});

test('--require names each limit that is carried below the level, and writes nothing', async () => {
  const root = project();
  const before = tree(root);
  const ran = await teamc(root, 'build', 'team', '--target', 'roo', '--require', 'guarded');
  expect(ran.code).toBe(1);
  expect(ran.out).toMatch(/^team\/roles\/lead\.md:5 +lead +delegates-to +prose on roo +Any mode may start any other$/m);
  expect(ran.err).toMatch(/^teamc: Nothing was written: \d+ limits? of a role (?:is|are) carried below guarded\.\n$/);
  expect(tree(root)).toEqual(before);
  expect(await teamc(root, 'build', 'team', '--target', 'roo', '--require', 'prose')).toMatchObject({ code: 0 });
});

test('--format json says which files there are, from what, and how each feature is carried', async () => {
  const root = project();
  const ran = await teamc(root, 'build', 'team', '--target', 'opencode', '--out', 'out', '--format', 'json');
  const { files, fidelity } = JSON.parse(ran.out) as {
    files: { path: string; sha256: string; from: string }[];
    fidelity: object[];
  };
  expect(files.map(({ path, from }) => [path, from])).toEqual([
    ['out/.opencode/agents/dev.md', 'dev'],
    ['out/.opencode/agents/lead.md', 'lead'],
    ['out/.opencode/agents/tester.md', 'tester'],
    ['out/opencode.json', 'team'],
  ]);
  for (const { path, sha256: hash } of files) expect(sha256(readFileSync(join(root, path)))).toBe(hash);
  expect(fidelity).toContainEqual(
    expect.objectContaining({
      role: 'lead',
      feature: 'delegates-to',
      target: 'opencode',
      file: 'team/roles/lead.md',
      line: 5,
    }),
  );
});

test('--report writes every row of fidelity', async () => {
  const root = project();
  await teamc(root, 'build', 'team', '--dry-run', '--report', 'reports/fidelity.json');
  const report = JSON.parse(readFileSync(join(root, 'reports/fidelity.json'), 'utf8')) as Record<string, unknown[]>;
  expect(report['targets']!.map((each) => (each as { target: string }).target)).toEqual([
    'claude-code',
    'opencode',
    'roo',
  ]);
  expect(report['fidelity']![0]).toMatchObject({ role: 'dev', feature: 'name', target: 'claude-code', line: 2 });
});

test('--quiet says nothing when all is well', async () => {
  const root = project();
  expect(await teamc(root, 'build', 'team', '--quiet')).toEqual({ code: 0, out: '', err: '' });
});

test('one team is built at a time', async () => {
  const root = project();
  put(root, { 'teams/a/team.yaml': 'teamc: 1\n', 'teams/b/team.yaml': 'teamc: 1\n' });
  expect((await teamc(root, 'build')).err).toBe(
    'teamc: There are 2 teams here, and one is built at a time; name teams/a/team.yaml and teams/b/team.yaml.\n',
  );
  expect((await teamc(root, 'build', 'none')).err).toBe(
    'teamc: There is nothing at "none"; name a team folder or a team file.\n',
  );
});

test.each([
  ['../{{id}}.md', 'leaves the output folder'],
  ['/tmp/{{id}}.md', 'is absolute, and would leave the output folder'],
  ['a/../../{{id}}.md', 'leaves the output folder'],
  ['C:/{{id}}.md', 'is absolute, and would leave the output folder'],
  ['.git/hooks/{{id}}', 'lies in .git, where files can run as programs'],
  ['.TeamC/{{id}}.json', "lies in .teamc, which is teamc's own"],
  ['a//{{id}}.md', 'has an empty part'],
])("a target of one's own can't write %j", async (path, why) => {
  const root = project(target('mine', path));
  const before = tree(root);
  const ran = await teamc(root, 'build', 'team', '--targets', 'targets', '--target', 'mine');
  expect(ran.code).toBe(2);
  expect(ran.err).toContain(`The target "mine" can't write "${path.replace('{{id}}', 'dev')}": the path ${why}.`);
  expect(tree(root)).toEqual(before);
});

test('files that would be the same where case does not count are refused', async () => {
  const root = project({ ...target('mine', 'out/{{id}}.md'), ...target('yours', 'OUT/{{id}}.md') });
  const ran = await teamc(root, 'build', 'team', '--targets', 'targets', '--target', 'mine', '--target', 'yours');
  expect(ran.code).toBe(2);
  expect(ran.err).toBe(
    'teamc: "out/dev.md" (role "dev", mine) and "OUT/dev.md" (role "dev", yours) can\'t both be written: they differ only in case, and are the same file on many disks.\n',
  );
});

test("a target of one's own that is wrong is told with its place", async () => {
  const root = project(target('mine', 'a/{{id}}.md', 'caries: {}\n'));
  const ran = await teamc(root, 'build', 'team', '--targets', 'targets', '--target', 'mine');
  expect(ran.code).toBe(1);
  expect(ran.out).toContain('targets/mine/target.yaml:6:1');
  put(root, target('mine', 'a/{{id}}.md'));
  put(root, { 'targets/mine/a.hbs': '{{#if}}' });
  const broken = await teamc(root, 'build', 'team', '--targets', 'targets', '--target', 'mine');
  expect(broken).toMatchObject({ code: 2, out: '' });
  expect(broken.err).toContain('The template "a.hbs" can\'t be read');
  put(root, { 'targets/mine/a.hbs': '{{nothing}}' });
  const wrong = await teamc(root, 'build', 'team', '--targets', 'targets', '--target', 'mine');
  expect(wrong).toMatchObject({ code: 2, out: '' });
  expect(wrong.err).toContain('The template "a.hbs" can\'t be rendered');
  put(root, target('roo', 'a/{{id}}.md'));
  expect((await teamc(root, 'build', 'team', '--targets', 'targets')).err).toContain('give it another name');
});

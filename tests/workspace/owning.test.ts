import { readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, project, put, teamc, tree } from './run.ts';

const TEAM_FILES = ['team'];

test('a build writes the files of each platform, and nothing the second time', async () => {
  const root = project();
  const first = await teamc(root, 'build', 'team');
  expect(first).toMatchObject({ code: 0, err: '' });
  const before = tree(root);
  expect(Object.keys(before)).toContain('.claude/agents/dev.md');
  const times = Object.keys(before).map((path) => statSync(join(root, path)).mtimeMs);
  const again = await teamc(root, 'build', 'team');
  expect(again.code).toBe(0);
  expect(again.out).toMatch(/^shop: \d+ files up to date for Claude Code, opencode and Roo Code\n/);
  expect(tree(root)).toEqual(before);
  expect(Object.keys(before).map((path) => statSync(join(root, path)).mtimeMs)).toEqual(times);
});

test('a hand edit is shown as drift, and the whole build stops', async () => {
  const root = project();
  await teamc(root, 'build', 'team');
  const path = join(root, '.claude/agents/dev.md');
  writeFileSync(path, readFileSync(path, 'utf8').replace('Write code.', 'Write good code.'));
  put(root, {
    'team/roles/lead.md': '---\nname: Chief\ndescription: Leads.\ndelegates-to: [dev, tester]\n---\nLead.\n',
  });
  const before = tree(root);
  const ran = await teamc(root, 'build', 'team');
  expect(ran.code).toBe(1);
  expect(ran.out).toContain('.claude/agents/dev.md was changed since teamc wrote it\n');
  expect(ran.out).toContain('\n-Write good code.\n+Write code.\n');
  expect(ran.err).toBe(
    'teamc: Nothing was written, because of 1 file: bring the changes into the team, or overwrite them with --force.\n',
  );
  expect(tree(root)).toEqual(before);
  expect(await teamc(root, 'build', 'team', '--force')).toMatchObject({ code: 0 });
  expect(readFileSync(path, 'utf8')).toContain('Write code.');
});

test('a file that teamc did not write is never overwritten', async () => {
  const root = project({ '.claude/agents/dev.md': 'mine\n' });
  const before = tree(root);
  const ran = await teamc(root, 'build', 'team');
  expect(ran.code).toBe(1);
  expect(ran.out).toContain('.claude/agents/dev.md was not written by teamc\n');
  expect(tree(root)).toEqual(before);
  expect(await teamc(root, 'build', 'team', '--check')).toMatchObject({ code: 1 });
  expect(tree(root)).toEqual(before);
});

test("the files of a role that is gone go, with the folders that teamc made, and nobody else's", async () => {
  const root = project({ '.claude/agents/mine.md': 'mine\n', '.roo/rules-other/a.md': 'other\n' });
  await teamc(root, 'build', 'team');
  put(root, { '.roo/rules-dev/mine.md': 'mine\n' });
  rmSync(join(root, 'team/roles/tester.md'));
  put(root, { 'team/roles/lead.md': '---\nname: Lead\ndescription: Leads.\ndelegates-to: dev\n---\nLead.\n' });
  const ran = await teamc(root, 'build', 'team');
  expect(ran).toMatchObject({ code: 0 });
  const after = Object.keys(tree(root, TEAM_FILES));
  expect(after.filter((path) => path.includes('tester'))).toEqual([]);
  expect(after).toEqual(
    expect.arrayContaining(['.claude/agents/mine.md', '.roo/rules-other/a.md', '.roo/rules-dev/mine.md']),
  );
  expect(readFileSync(join(root, '.roomodes'), 'utf8')).not.toContain('tester');
});

test('the file of a role that is gone stays when somebody changed it', async () => {
  const root = project();
  await teamc(root, 'build', 'team', '--target', 'claude');
  put(root, { '.claude/agents/tester.md': 'mine now\n' });
  rmSync(join(root, 'team/roles/tester.md'));
  put(root, { 'team/roles/lead.md': '---\nname: Lead\ndescription: Leads.\ndelegates-to: dev\n---\nLead.\n' });
  const ran = await teamc(root, 'build', 'team', '--target', 'claude');
  expect(ran.out).toBe('.claude/agents/tester.md was changed since teamc wrote it, and would be removed\n');
  expect(ran.code).toBe(1);
  expect(tree(root)['.claude/agents/tester.md']).toBe('mine now\n');
});

test('--clean leaves everything as it was before the first build', async () => {
  const root = project({
    '.claude/settings.json': '{\n  // ours\n  "env": { "A": "1" },\n}\n',
    'opencode.json': '// none yet\n',
    '.roomodes': '# modes\ncustomModes:\n  - slug: mine\n    name: Mine\n',
    '.claude/agents/mine.md': 'mine\n',
  });
  const before = tree(root);
  expect(await teamc(root, 'build', 'team')).toMatchObject({ code: 0 });
  expect(readFileSync(join(root, '.claude/settings.json'), 'utf8')).toContain('// ours');
  expect(readFileSync(join(root, '.roomodes'), 'utf8')).toMatch(/^# modes\ncustomModes:\n {2}- slug: mine\n/);
  expect(await teamc(root, 'build', 'team', '--clean', '--dry-run')).toMatchObject({ code: 0 });
  expect(await teamc(root, 'build', 'team', '--clean')).toMatchObject({ code: 0, err: '' });
  expect(tree(root)).toEqual(before);
  expect((await teamc(root, 'build', 'team', '--clean')).out).toBe('shop: nothing here is its own\n');
});

test('--clean keeps what was added to shared files since', async () => {
  const root = project({ 'opencode.json': '{\n  "theme": "dark"\n}\n' });
  await teamc(root, 'build', 'team');
  const path = join(root, 'opencode.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"dark",', '"light", // at day'));
  expect(await teamc(root, 'build', 'team', '--check')).toMatchObject({ code: 0 });
  expect(await teamc(root, 'build', 'team', '--clean')).toMatchObject({ code: 0 });
  expect(readFileSync(path, 'utf8')).toBe('{\n  "theme": "light" // at day\n}\n');
});

test('an entry in a shared file that says something else is drift', async () => {
  const settings = '{ "default_agent": "build" }\n';
  const root = project({ 'opencode.json': settings });
  const ran = await teamc(root, 'build', 'team', '--target', 'opencode');
  expect(ran.code).toBe(1);
  expect(ran.out).toMatch(/^opencode.json has something else at "default_agent", which teamc did not write\n/);
  expect(await teamc(root, 'build', 'team', '--target', 'opencode', '--force')).toMatchObject({ code: 0 });
  expect(await teamc(root, 'build', 'team', '--target', 'opencode')).toMatchObject({ code: 0 });
  await teamc(root, 'build', 'team', '--clean');
  expect(tree(root, TEAM_FILES)).toEqual({ 'opencode.json': settings });
});

test.each([
  ['opencode.json', '{ "a": ', 'it ends too early in line 1, column 8'],
  ['.roomodes', 'customModes: [\n', /in line \d, column \d/],
  ['.roomodes', 'customModes: some\n', '"customModes" is a single value, and teamc needs a list there'],
])('a shared file %s that reads %j is a sentence and no loss', async (path, text, why) => {
  const root = project({ [path]: text });
  const before = tree(root);
  const ran = await teamc(root, 'build', 'team');
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.err).toMatch(`teamc: teamc's entries can't be put into "${path}": `);
  expect(ran.err).toMatch(why);
  expect(tree(root)).toEqual(before);
});

test('files of targets that are not asked for stay', async () => {
  const root = project();
  await teamc(root, 'build', 'team');
  const before = tree(root);
  put(root, { 'team/team.yaml': before['team/team.yaml']!.replace(', roo: {}', '') });
  const ran = await teamc(root, 'build', 'team');
  expect(ran.err).toContain('"teamc build team --clean --target roo" removes them');
  expect(Object.keys(tree(root))).toEqual(Object.keys(before));
  await teamc(root, 'build', 'team', '--clean', '--target', 'zoo');
  const left = Object.keys(tree(root));
  expect(left.filter((path) => path.startsWith('.roo'))).toEqual([]);
  expect(left).toContain('.claude/agents/dev.md');
});

test("two teams share a folder, and neither touches what is the other's", async () => {
  const root = project();
  put(root, {
    'bank/team.yaml': 'teamc: 1\nname: bank\ndefaults: { tools: [read] }\n',
    'bank/roles/teller.md': '---\ndescription: Tells.\ndelegates-to: clerk\n---\nTell.\n',
    'bank/roles/clerk.md': '---\ndescription: Writes.\n---\nWrite.\n',
  });
  await teamc(root, 'build', 'team', '--target', 'roo');
  const one = tree(root);
  expect(await teamc(root, 'build', 'bank', '--target', 'roo')).toMatchObject({ code: 0 });
  expect(await teamc(root, 'build', 'team', '--target', 'roo', '--check')).toMatchObject({ code: 0 });
  await teamc(root, 'build', 'bank', '--clean');
  expect(tree(root)).toEqual(one);
  put(root, {
    'bank/roles/dev.md': '---\ndescription: Develops.\n---\nDevelop.\n',
    'bank/team.yaml':
      'teamc: 1\nname: bank\nentry: dev\ndefaults: { tools: [read] }\nlint: { rules: { unreachable-role: off } }\n',
  });
  const ran = await teamc(root, 'build', 'bank', '--target', 'roo');
  expect(ran.out).toContain('.roo/rules-dev/instructions.md was written for another team, "shop"');
  put(root, {
    'bank/team.yaml':
      'teamc: 1\nname: shop\nentry: dev\ndefaults: { tools: [read] }\nlint: { rules: { unreachable-role: off } }\n',
  });
  expect((await teamc(root, 'build', 'bank')).err).toContain('belongs to the team "shop" of team/team.yaml');
});

test('a link that leads out of the folder is not followed', async () => {
  const outside = folder();
  const root = project();
  symlinkSync(outside, join(root, '.claude'));
  const ran = await teamc(root, 'build', 'team');
  expect(ran.code).toBe(2);
  expect(ran.err).toBe(
    `teamc: ".claude" can't be written: it is a link that leads out of the folder, to ${outside}.\n`,
  );
  expect(tree(outside)).toEqual({});
  rmSync(join(root, '.claude'));
  put(outside, { 'opencode.json': '{}\n' });
  symlinkSync(join(outside, 'opencode.json'), join(root, 'opencode.json'));
  expect(await teamc(root, 'build', 'team')).toMatchObject({ code: 2 });
  expect(tree(outside)).toEqual({ 'opencode.json': '{}\n' });
  expect(Object.keys(tree(root, TEAM_FILES))).toEqual(['opencode.json']);
});

test('a link that stays inside is followed, and one that leads nowhere is told', async () => {
  const root = project({ 'config/opencode.json': '{}\n', 'config/claude/.keep': '' });
  symlinkSync('config/opencode.json', join(root, 'opencode.json'));
  symlinkSync('config/claude', join(root, '.claude'));
  expect(await teamc(root, 'build', 'team')).toMatchObject({ code: 0 });
  expect(tree(root)['config/claude/agents/dev.md']).toContain('Write code.');
  expect(tree(root)['config/opencode.json']).toContain('default_agent');
  await teamc(root, 'build', 'team', '--clean');
  rmSync(join(root, '.claude'));
  symlinkSync('nowhere', join(root, '.claude'));
  expect((await teamc(root, 'build', 'team')).err).toContain('it is a link that leads nowhere');
});

test.each([
  ['.claude', 'a file', 'Nothing can be written below ".claude": it is a file and no folder.'],
  ['.claude/agents/dev.md/x', 'a file', '".claude/agents/dev.md" can\'t be written: there is a folder.'],
  ['.teamc/shop.json', '{}', '".teamc/shop.json" is not what this version of teamc wrote'],
  ['.teamc', 'a file', 'Nothing can be written below ".teamc": it is a file and no folder.'],
])('something else at %s is a sentence', async (path, text, sentence) => {
  const root = project({ [path]: text });
  const before = tree(root);
  const ran = await teamc(root, 'build', 'team');
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.err).toContain(sentence);
  expect(tree(root)).toEqual(before);
});

test('the mode of a file that is replaced stays', async () => {
  const root = project({ 'opencode.json': '{}\n' });
  const { chmodSync } = await import('node:fs');
  chmodSync(join(root, 'opencode.json'), 0o600);
  await teamc(root, 'build', 'team');
  expect(statSync(join(root, 'opencode.json')).mode & 0o777).toBe(0o600);
});

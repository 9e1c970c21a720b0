import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { project, teamc } from './project.ts';

const role = (more = ''): string => `---\ndescription: Works.\ntools: read\n${more}---\n`;
const OLD = {
  'shop/team.yaml': 'teamc: 1\nname: shop\nentry: lead\n',
  'shop/roles/lead.md': role('delegates-to: [ghost, builder]\n'),
  'shop/roles/builder.md': role('escalates-to: { person: user }\nreports-to: nobody-at-all\n'),
};
const RECORD = ['lint', 'shop', '--baseline', 'baseline.json', '--update-baseline'];
const LINT = ['lint', 'shop', '--baseline', 'baseline.json'];

const write = (folder: string, path: string, text: string): void => writeFileSync(join(folder, path), text);
const read = (folder: string): string => readFileSync(join(folder, 'baseline.json'), 'utf8');

/** An old team whose findings are recorded. */
async function recorded(files: Readonly<Record<string, string>> = OLD): Promise<string> {
  const folder = project(files);
  expect((await teamc(folder, RECORD)).code).toBe(0);
  return folder;
}

describe('a baseline', () => {
  test('records what is found today, one line for each, in an order of its own', async () => {
    const folder = project(OLD);
    expect(await teamc(folder, RECORD)).toEqual({
      code: 0,
      stdout: 'No findings in 2 roles, 3 files.\n',
      stderr: 'teamc: 2 findings recorded in "baseline.json".\n',
    });
    expect(read(folder)).toBe(`{
  "version": 1,
  "findings": [
    {"file":"shop/roles/builder.md","rule":"unknown-role","role":"builder","message":"There is no role \\"nobody-at-all\\".","count":1},
    {"file":"shop/roles/lead.md","rule":"unknown-role","role":"lead","message":"There is no role \\"ghost\\".","count":1}
  ]
}
`);
  });

  test('holds what it records, wherever its line went, and lets what is new through', async () => {
    const folder = await recorded();
    write(folder, 'shop/roles/lead.md', role('delegates-to:\n  # moved\n  - builder\n  - ghost\n  - newcomer\n'));
    const { code, stdout, stderr } = await teamc(folder, [...LINT, '--format', 'json']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'teamc: 2 findings not shown, as "baseline.json" records them.\n',
    });
    expect(JSON.parse(stdout).diagnostics.map(({ message }: { message: string }) => message)).toEqual([
      'There is no role "newcomer".',
    ]);
  });

  test('counts: one more of a kind is new', async () => {
    const folder = await recorded();
    write(folder, 'shop/roles/lead.md', role('delegates-to: [ghost, builder]\nreports-to: ghost\n'));
    const { stdout } = await teamc(folder, [...LINT, '--format', 'json']);
    expect(JSON.parse(stdout).diagnostics).toHaveLength(1);
  });

  test('tells what is gone, so that it shrinks', async () => {
    const folder = await recorded();
    write(folder, 'shop/roles/lead.md', role('delegates-to: builder\n'));
    expect(await teamc(folder, LINT)).toEqual({
      code: 0,
      stdout: 'No findings in 2 roles, 3 files.\n',
      stderr:
        'teamc: 1 finding not shown, as "baseline.json" records it.\n' +
        'teamc: 1 finding recorded in "baseline.json" is gone, such as unknown-role in "shop/roles/lead.md"; --update-baseline takes it out.\n',
    });
    expect((await teamc(folder, [...LINT, '--quiet'])).stderr).toBe('');
    expect((await teamc(folder, [...LINT, 'shop/roles/builder.md'])).stderr).toContain('is gone');
    expect((await teamc(folder, ['lint', ...LINT.slice(2), 'shop/roles/builder.md'])).stderr).not.toContain('gone');
    await teamc(folder, RECORD);
    expect(read(folder)).not.toContain('ghost');
    expect((await teamc(folder, LINT)).stderr).not.toContain('gone');
  });

  test('forgets a file that is gone', async () => {
    const folder = await recorded();
    write(folder, 'shop/roles/lead.md', role());
    rmSync(join(folder, 'shop/roles/builder.md'));
    expect((await teamc(folder, LINT)).stderr).toContain('2 findings recorded in "baseline.json" are gone');
    await teamc(folder, RECORD);
    expect(read(folder)).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
  });

  test('keeps what it records of other teams', async () => {
    const folder = await recorded({ ...OLD, 'club/team.yaml': 'teamc: 1\nname: club\nentry: gone\nroles: {}\n' });
    const all = ['lint', 'shop', 'club', ...RECORD.slice(2)];
    await teamc(folder, all);
    expect(read(folder)).toContain('club/team.yaml');
    expect((await teamc(folder, LINT)).stderr).not.toContain('gone');
    await teamc(folder, RECORD);
    expect(read(folder)).toContain('club/team.yaml');
  });

  test('means the same from another folder', async () => {
    const folder = await recorded();
    const { code, stdout } = await teamc(join(folder, 'shop/roles'), ['lint', '--baseline', '../../baseline.json']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'No findings in 2 roles, 3 files.\n' });
  });

  test('is fixed no more than it is told', async () => {
    const files = { ...OLD, 'shop/roles/builder.md': role('aliases: build\nreports-to: laed\n') };
    const folder = await recorded(files);
    const fresh = role('delegates-to: [ghost, build]\n');
    write(folder, 'shop/roles/lead.md', fresh);
    await teamc(folder, [...LINT, '--fix-unsafe']);
    expect(readFileSync(join(folder, 'shop/roles/builder.md'), 'utf8')).toBe(files['shop/roles/builder.md']);
    expect(readFileSync(join(folder, 'shop/roles/lead.md'), 'utf8')).toBe(fresh.replace('build]', 'builder]'));
  });

  test.each([
    [[...LINT], 'There is no baseline "baseline.json"; --update-baseline records today\'s findings in it.'],
    [['lint', 'shop', '--update-baseline'], '--update-baseline needs --baseline FILE, which says where.'],
    [
      ['lint', 'shop', '--baseline', 'shop/team.yaml'],
      'The baseline "shop/team.yaml" can\'t be used: it is no baseline that this version of teamc wrote; remove it to begin anew.',
    ],
    [['lint', 'shop', '--baseline', 'shop'], 'The baseline "shop" can\'t be used: it is a folder, not a file.'],
  ])('that can not be used is one sentence: %j', async (argv, sentence) => {
    expect(await teamc(project(OLD), argv)).toEqual({ code: 2, stdout: '', stderr: `teamc: ${sentence}\n` });
  });
});

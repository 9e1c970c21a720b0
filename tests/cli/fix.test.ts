import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintTeams } from '../../src/cli/lint-teams.ts';
import { Disk } from '../../src/workspace/disk.ts';
import { fixTeams } from '../../src/workspace/fix.ts';
import { project, teamc } from './project.ts';

const TEAM = 'teamc: 1\nname: shop\nentry: lead\n';
/** An alias where the id should stand, which is safe to mend, and a name that leads nowhere, which is not. */
const LEAD = `---
description: Plans the work. # for all
tools: read
delegates-to:
  - { role: "build", for: code } # its alias
  - role: tseter   # a slip
    for: tests
---

Plan.
`;
const SHOP = {
  'team.yaml': TEAM,
  'roles/lead.md': LEAD,
  'roles/builder.md': '---\ndescription: Writes the code.\naliases: build\ntools: search\n---\n',
  'roles/tester.md': '---\ndescription: Tests it.\ntools: search\n---\n',
};
const SAFE = LEAD.replace('"build"', '"builder"');
const ALL = SAFE.replace('tseter', 'tester');

const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

describe('--fix', () => {
  test('makes the safe fixes, and reports them and what is left', async () => {
    const folder = project(SHOP);
    const { code, stdout } = await teamc(folder, ['lint', '--fix']);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^fixed 1 finding in 1 file\n {2}--> roles\/lead\.md:5:13 {2}inexact-reference: Write "builder"\n\nerror unknown-role: /,
    );
    expect(read(folder, 'roles/lead.md')).toBe(SAFE);
  });

  test('leaves what a person should look at to --fix-unsafe', async () => {
    const folder = project(SHOP);
    expect((await teamc(folder, ['lint', '--fix-unsafe'])).code).toBe(0);
    expect(read(folder, 'roles/lead.md')).toBe(ALL);
    const again = await teamc(folder, ['lint', '--fix', '--fix-unsafe']);
    expect(again).toEqual({ code: 0, stdout: 'No findings in 3 roles, 4 files.\n', stderr: '' });
  });

  test('tells programs what was fixed', async () => {
    const folder = project(SHOP);
    const { stdout, stderr } = await teamc(folder, ['lint', '--fix', '--format', 'json']);
    expect(JSON.parse(stdout).fixed).toEqual([
      {
        rule: 'inexact-reference',
        message: '"build" is an alias of builder.',
        file: 'roles/lead.md',
        line: 5,
        column: 13,
        fix: { title: 'Write "builder"', safety: 'safe' },
      },
    ]);
    expect(JSON.parse(stdout).diagnostics).toHaveLength(1);
    expect(stderr).toBe('teamc: fixed 1 finding in 1 file.\n');
    expect(JSON.parse((await teamc(folder, ['lint', '--format', 'json'])).stdout).fixed).toBeUndefined();
  });

  test('goes on until nothing is left: what one fix uncovers is fixed too', async () => {
    const team = 'teamc: 1\nname: shop\nroles:\n  lead:\n    description: @home\n    tols: raed\n';
    const folder = project({ 'team.yaml': team });
    expect((await teamc(folder, ['lint', '--fix-unsafe'])).stdout).toMatch(/^fixed 3 findings in 1 file\n/);
    expect(read(folder, 'team.yaml')).toBe(team.replace('@home', '"@home"').replace('tols: raed', 'tools: read'));
  });

  test('keeps line breaks, the byte order mark and the rights of a file, and leaves nothing beside it', async () => {
    const crlf = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    const folder = project({ ...SHOP, 'roles/lead.md': crlf(LEAD) });
    chmodSync(join(folder, 'roles/lead.md'), 0o664);
    await teamc(folder, ['lint', '--fix-unsafe']);
    expect(read(folder, 'roles/lead.md')).toBe(crlf(ALL));
    expect(statSync(join(folder, 'roles/lead.md')).mode & 0o777).toBe(0o664);
    expect(readdirSync(join(folder, 'roles'))).toEqual(['builder.md', 'lead.md', 'tester.md']);
  });

  test('writes only what it changes, and only where files were named', async () => {
    const folder = project({
      ...SHOP,
      'roles/tester.md': SHOP['roles/tester.md'].replace('tools', 'reports-to: build\ntools'),
    });
    const long = new Date(1e12);
    for (const path of Object.keys(SHOP)) utimesSync(join(folder, path), long, long);
    await teamc(folder, ['lint', '--fix', 'roles/tester.md']);
    const changed = Object.keys(SHOP).filter((path) => statSync(join(folder, path)).mtimeMs !== 1e12);
    expect(changed).toEqual(['roles/tester.md']);
  });

  test('fixes a value in the file that it is included from', async () => {
    const folder = project({
      ...SHOP,
      'roles/lead.md': SAFE.replace('  - role: tseter', '  - include: shared/more.yaml\n  - role: tester'),
      'shared/more.yaml': '- { role: build, for: help } # here\n',
    });
    expect((await teamc(folder, ['lint', '--fix'])).code).toBe(0);
    expect(read(folder, 'shared/more.yaml')).toBe('- { role: builder, for: help } # here\n');
  });

  test('leaves findings alone that are ignored or switched off', async () => {
    const lead = LEAD.replace('  - {', '  # teamc-ignore inexact-reference: so it is called\n  - {');
    const folder = project({ ...SHOP, 'roles/lead.md': lead });
    await teamc(folder, ['lint', '--fix-unsafe', '--rule', 'unknown-role=off']);
    expect(read(folder, 'roles/lead.md')).toBe(lead);
  });

  test('does not follow a link that leads out of the project, and writes behind one that stays inside', async () => {
    const outside = project({ 'lead.md': LEAD });
    const { 'roles/lead.md': _, ...others } = SHOP;
    const folder = project({ ...others, 'texts/lead.md': LEAD });
    symlinkSync(join(outside, 'lead.md'), join(folder, 'roles/lead.md'));
    const { code, stderr, stdout } = await teamc(folder, ['lint', '--fix']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'teamc: "roles/lead.md" was left as it is: it is behind a link that leads out of the project.\n',
    });
    expect(stdout).toContain('inexact-reference');
    expect(stdout).not.toContain('fixed');
    expect(read(outside, 'lead.md')).toBe(LEAD);

    const inside = project({ ...others, 'texts/lead.md': LEAD });
    symlinkSync('../texts/lead.md', join(inside, 'roles/lead.md'));
    await teamc(inside, ['lint', '--fix']);
    expect(lstatSync(join(inside, 'roles/lead.md')).isSymbolicLink()).toBe(true);
    expect(read(inside, 'texts/lead.md')).toBe(SAFE);
  });

  test('leaves a file alone that somebody else changed meanwhile', () => {
    const folder = project(SHOP);
    const disk = new Disk(folder);
    const mine = LEAD.replace('Plan.', 'Plan first.');
    const { fixed, troubles, teams } = fixTeams(
      disk,
      (files) => {
        const found = lintTeams(files, [{ path: 'team.yaml' }], { severities: {} });
        writeFileSync(join(folder, 'roles/lead.md'), mine);
        return found;
      },
      new Set(['safe']),
    );
    expect(fixed).toEqual([]);
    expect(troubles).toEqual(['"roles/lead.md" was left as it is: it was changed meanwhile.']);
    expect(teams[0]?.diagnostics.map(({ rule }) => rule)).toContain('inexact-reference');
    expect(read(folder, 'roles/lead.md')).toBe(mine);
  });
});

import { chmodSync, cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtCommand, project, shipped } from '../project.ts';
import { LINKED, outcome, ROLE, said, TEAM } from './said.ts';

describe('things that are not what they seem', () => {
  test('a role file that is a folder', () => {
    const folder = project({ 'team.yaml': LINKED });
    mkdirSync(join(folder, 'roles/builder.md'), { recursive: true });
    expect(outcome(folder)).toMatchInlineSnapshot(`
      "error yaml-syntax: roles/builder.md can't be read: it is a folder, not a file.
        --> roles/builder.md:1:1
        help: Rename the folder; a name with this ending is a file.

      1 error in 1 file (2 roles)
      exit 1
      "
    `);
  });

  test('a link that leads nowhere', () => {
    const folder = project({ 'team.yaml': LINKED, 'roles/x.txt': '' });
    symlinkSync('gone.md', join(folder, 'roles/builder.md'));
    expect(outcome(folder)).toMatchInlineSnapshot(`
      "error yaml-syntax: roles/builder.md can't be read: it is a link that leads nowhere.
        --> roles/builder.md:1:1
        help: Mend the link, or remove it.

      1 error in 1 file (2 roles)
      exit 1
      "
    `);
  });

  test('a team file that is such a link', () => {
    const folder = project();
    symlinkSync('gone.yaml', join(folder, 'team.yaml'));
    expect(outcome(folder, ['team.yaml'])).toMatchInlineSnapshot(`
      "error yaml-syntax: team.yaml can't be read: it is a link that leads nowhere.
        --> team.yaml:1:1
        help: Mend the link, or remove it.

      1 error in 1 file (0 roles)
      exit 1
      "
    `);
    expect(outcome(folder)).toMatchInlineSnapshot(`
      "error yaml-syntax: team.yaml can't be read: it is a link that leads nowhere.
        --> team.yaml:1:1
        help: Mend the link, or remove it.

      1 error in 1 file (0 roles)
      exit 1
      "
    `);
  });

  test('a device', () => {
    const folder = project({ 'team.yaml': LINKED, 'roles/x.txt': '' });
    symlinkSync('/dev/zero', join(folder, 'roles/builder.md'));
    expect(outcome(folder)).toMatchInlineSnapshot(`
      "error yaml-syntax: roles/builder.md can't be read: it is a pipe or a device, not a file.
        --> roles/builder.md:1:1
        help: Put a file in its place.

      1 error in 1 file (2 roles)
      exit 1
      "
    `);
  });

  test('a folder that holds itself is walked once, and told', () => {
    const folder = project({ 'team.yaml': LINKED, 'roles/builder.md': ROLE });
    symlinkSync('.', join(folder, 'roles/again'));
    expect(outcome(folder)).toBe(
      [
        "warning yaml-syntax: roles/again can't be read: it is a link to a folder that it lies in itself, and is not followed.",
        '  --> roles/again:1:1',
        '  help: Remove the link.',
        '',
        '1 warning in 1 file (2 roles)',
        'exit 0',
        '',
      ].join('\n'),
    );
  });

  test('a folder where a team is expected', () => {
    const folder = project();
    mkdirSync(join(folder, 'team.yaml'));
    expect(outcome(folder, ['team.yaml'])).toMatchInlineSnapshot(`
      "error yaml-syntax: team.yaml can't be read: it is a folder, not a file.
        --> team.yaml:1:1
        help: Rename the folder; a name with this ending is a file.

      1 error in 1 file (0 roles)
      exit 1
      "
    `);
  });
});

describe('what this user may not read', () => {
  /** Runs as somebody whom file modes bind: root is not, so root becomes nobody, in a copy of teamc that nobody may read. */
  function unprivileged(folder: string): string {
    const copy = project({ 'package.json': '{ "version": "0.0.0" }', 'schemas/x': '' });
    cpSync(dirname(builtCommand()), copy, { recursive: true });
    chmodSync(copy, 0o755);
    chmodSync(folder, 0o755);
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const { code, stdout, stderr } = shipped(folder, ['lint'], nobody, join(copy, 'cli.cjs'));
    return `${stdout}${stderr}exit ${code}\n`;
  }

  test('a role', () => {
    const folder = project({ 'team.yaml': LINKED, 'roles/builder.md': ROLE });
    chmodSync(join(folder, 'roles/builder.md'), 0);
    expect(unprivileged(folder)).toMatchInlineSnapshot(`
      "error yaml-syntax: roles/builder.md can't be read: it may not be read by this user.
        --> roles/builder.md:1:1
        help: Give this user the right to read it.

      1 error in 1 file (2 roles)
      exit 1
      "
    `);
  });

  test('the team file', () => {
    const folder = project({ 'team.yaml': LINKED });
    chmodSync(join(folder, 'team.yaml'), 0);
    expect(unprivileged(folder)).toMatchInlineSnapshot(`
      "error yaml-syntax: team.yaml can't be read: it may not be read by this user.
        --> team.yaml:1:1
        help: Give this user the right to read it.

      1 error in 1 file (0 roles)
      exit 1
      "
    `);
  });

  test('a folder of roles', () => {
    const folder = project({ 'team.yaml': LINKED, 'roles/deep/builder.md': ROLE });
    chmodSync(join(folder, 'roles/deep'), 0);
    expect(unprivileged(folder)).toMatchInlineSnapshot(`
      "error yaml-syntax: roles/deep can't be read: it may not be read by this user.
        --> roles/deep:1:1
        help: Give this user the right to read it.

      error unknown-role: There is no role "builder".
        --> team.yaml:3:66
        > 3 | roles: { lead: { description: Leads., tools: read, delegates-to: builder } }
            |                                                                  ^^^^^^^
        help: There are: lead.

      2 errors in 2 files (1 role)
      exit 1
      "
    `);
    chmodSync(join(folder, 'roles/deep'), 0o755);
  });
});

describe('arguments', () => {
  test('a format that is none', () => {
    expect(said({ 'team.yaml': TEAM }, '--format', 'html')).toMatchInlineSnapshot(`
      "teamc: --format can't be "html"; choose pretty, json, sarif, github or junit.
      exit 2
      "
    `);
  });

  test('a folder without a team', () => {
    expect(said({ 'src/a.ts': '' })).toMatchInlineSnapshot(`
      "teamc: There is no team in this folder, above it or below "teams/"; name one as an argument, or make one with "teamc init".
      exit 2
      "
    `);
    expect(said({ 'src/a.ts': '' }, 'src')).toMatchInlineSnapshot(`
      "teamc: There is no team in or above "src"; a team begins with a file "team.yaml".
      exit 2
      "
    `);
  });

  test('a team of its own file name, with a mistake in it', () => {
    expect(said({ 'pair.yaml': `${TEAM}  x: [\n` }, 'pair.yaml')).toMatchInlineSnapshot(`
      "error yaml-syntax: The indentation of \`x: [\` fits none of the lines above it.
        --> pair.yaml:4:3
        > 4 |   x: [
            |   ^^^^
        help: Indent it with as many spaces as the lines it belongs to.

      error yaml-syntax: A \`]\` is missing before What ends here.
        --> pair.yaml:5:1
        > 5 |
            | ^
        help: Close the list, or indent what belongs to it deeper than its key.

      2 errors in 1 file (0 roles)
      exit 1
      "
    `);
  });
});

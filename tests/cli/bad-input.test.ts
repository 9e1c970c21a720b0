import { chmodSync, cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtCommand, project, shipped } from './project.ts';

const TEAM = 'teamc: 1\nname: solo\nroles: { lead: { description: Leads., tools: read } }\n';
const ROLE = '---\ndescription: Builds.\ntools: read\n---\n\nBuild.\n';
const LINKED = 'teamc: 1\nname: solo\nroles: { lead: { description: Leads., tools: read, delegates-to: builder } }\n';

/** The whole of what the command says about files, with its exit code. */
function said(files: Readonly<Record<string, string | Uint8Array>>, ...argv: string[]): string {
  return outcome(project(files), argv);
}

function outcome(folder: string, argv: readonly string[] = []): string {
  const { code, stdout, stderr } = shipped(folder, ['lint', ...argv]);
  return `${stdout}${stderr}exit ${code}\n`;
}

function utf16(text: string): Uint8Array {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
}

describe('YAML that is none', () => {
  test('tabs', () => {
    expect(said({ 'team.yaml': 'teamc: 1\nroles:\n\tlead: { description: Leads. }\n' })).toMatchInlineSnapshot(`
      "error yaml-syntax: \`lead: { description: Leads. }\` is indented with a tab, and YAML takes only spaces.
        --> team.yaml:3:1
        > 3 | →   lead: { description: Leads. }
            | ^^^^
        help: Replace the tab with spaces.
        fix: Replace tabs with two spaces each (--fix-unsafe)

      1 error in 1 file (0 roles)
      exit 1
      "
    `);
  });

  test('a duplicate key', () => {
    expect(said({ 'team.yaml': `${TEAM}name: duo\n` })).toMatchInlineSnapshot(`
      "error yaml-syntax: \`name\` is written twice in the same map.
        --> team.yaml:4:1
        > 4 | name: duo
            | ^^^^
        --> team.yaml:2:1  It stands here first.
        > 2 | name: solo
            | ^^^^
        help: Remove one of the two, or merge their values.

      1 error in 1 file (1 role)
      exit 1
      "
    `);
  });

  test('an unclosed quote', () => {
    expect(said({ 'team.yaml': `description: "never closed\n${TEAM}` })).toMatchInlineSnapshot(`
      "error yaml-syntax: The text that begins at \`"never closed\` is never closed.
        --> team.yaml:1:14
        > 1 | description: "never closed
            |              ^
        help: Write \`"\` where it ends.
        fix: Insert " (--fix-unsafe)

      1 error in 1 file (0 roles)
      exit 1
      "
    `);
  });

  test('an alias bomb', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `  b${level + 1}: &b${level + 1} [${Array(10).fill(`*b${level}`)}]`,
    );
    expect(said({ 'team.yaml': `${TEAM}x-bomb:\n  b0: &b0 boom\n${levels.join('\n')}\n` })).toMatchInlineSnapshot(`
      "error yaml-syntax: The file holds more than 100000 values, its aliases written out.
        --> team.yaml:1:1
        > 1 | teamc: 1
            | ^

      1 error in 1 file (0 roles)
      exit 1
      "
    `);
  });

  test('an empty file', () => {
    expect(said({ 'team.yaml': '' })).toMatchInlineSnapshot(`
      "error yaml-syntax: The file is empty.
        --> team.yaml:1:1
        help: Write at least one \`key: value\`, or remove the file.

      1 error in 1 file (0 roles)
      exit 1
      "
    `);
    expect(said({ 'team.yaml': LINKED, 'roles/builder.md': '' })).toMatchInlineSnapshot(`
      "error yaml-syntax: The file is empty.
        --> roles/builder.md:1:1
        help: Write front matter and instructions, or remove the file.

      1 error in 1 file (2 roles)
      exit 1
      "
    `);
  });

  test('a list', () => {
    expect(said({ 'team.yaml': '- teamc: 1\n' })).toMatchInlineSnapshot(`
      "error yaml-syntax: The file should be a map, and it is a list.
        --> team.yaml:1:1
        > 1 | - teamc: 1
            | ^^^^^^^^^^
        help: Write it as \`key: value\` lines.

      1 error in 1 file (0 roles)
      exit 1
      "
    `);
  });

  test('an empty front matter', () => {
    expect(said({ 'team.yaml': LINKED, 'roles/builder.md': '---\n---\n\nBuild.\n' })).toMatchInlineSnapshot(`
      "error schema: builder has no description.
        --> roles/builder.md:1:1
        > 1 | ---
            | ^
        help: Say in a sentence what it does: others read it when they choose whom to give work to.

      warning no-tools: Nothing says which tools builder has, so it gets none.
        --> roles/builder.md:1:1
        > 1 | ---
            | ^
        help: Write "tools: [read, search]" or what else builder needs, here or in the team's "defaults"; "tools: []" says that none is meant.

      1 error, 1 warning in 1 file (2 roles)
      exit 1
      "
    `);
  });
});

describe('bytes that are no text', () => {
  test('UTF-16', () => {
    expect(said({ 'team.yaml': utf16(TEAM) })).toMatchInlineSnapshot(`
      "error yaml-syntax: The file is written in UTF-16LE, and teamc reads UTF-8.
        --> team.yaml:1:1
        help: Save it as UTF-8 in your editor, or convert it: iconv -f UTF-16 -t UTF-8 team.yaml > new-file

      1 error in 1 file (0 roles)
      exit 1
      "
    `);
    expect(said({ 'own.yaml': utf16(TEAM) }, 'own.yaml')).toMatchInlineSnapshot(`
      "error yaml-syntax: The file is written in UTF-16LE, and teamc reads UTF-8.
        --> own.yaml:1:1
        help: Save it as UTF-8 in your editor, or convert it: iconv -f UTF-16 -t UTF-8 own.yaml > new-file

      1 error in 1 file (0 roles)
      exit 1
      "
    `);
  });

  test('Latin-1', () => {
    expect(said({ 'team.yaml': Buffer.from(TEAM.replace('Leads', 'Führt'), 'latin1') })).toMatchInlineSnapshot(`
      "error yaml-syntax: The byte 0xFC in line 3, column 32 is not UTF-8.
        --> team.yaml:3:32
        > 3 | roles: { lead: { description: F�hrt., tools: read } }
            |                                ^
        help: Save the file as UTF-8; it was probably written as Latin-1 or Windows-1252.

      1 error in 1 file (0 roles)
      exit 1
      "
    `);
  });

  test('a NUL byte', () => {
    expect(said({ 'team.yaml': TEAM.replace('Leads', 'Le\0ads') })).toMatchInlineSnapshot(`
      "error yaml-syntax: A NUL byte stands in line 3, column 33, so the file is not text.
        --> team.yaml:3:33
        > 3 | roles: { lead: { description: Le␀ads., tools: read } }
            |                                 ^
        help: Save the file as UTF-8 text.

      1 error in 1 file (0 roles)
      exit 1
      "
    `);
  });

  test('a file that is too large', () => {
    expect(said({ 'team.yaml': LINKED, 'roles/builder.md': `${ROLE}${'x'.repeat(2_000_000)}` })).toMatchInlineSnapshot(`
      "error yaml-syntax: roles/builder.md can't be read: it is larger than 2 MB.
        --> roles/builder.md:1:1
        help: Split the file, or take out what agents need not read.

      1 error in 1 file (2 roles)
      exit 1
      "
    `);
  });

  test.each([
    ['a byte order mark', '\uFEFF', '\n'],
    ['CRLF', '', '\r\n'],
    ['both', '\uFEFF', '\r\n'],
  ])('%s is fine', (_, mark, newline) => {
    const written = (text: string) => mark + text.replaceAll('\n', newline);
    expect(said({ 'team.yaml': written(LINKED), 'roles/builder.md': written(ROLE) })).toBe(
      'No findings in 2 roles, 2 files.\nexit 0\n',
    );
  });
});

describe('keys and front matter that would do something elsewhere', () => {
  test('keys of the prototype', () => {
    expect(
      said({ 'team.yaml': `${TEAM}__proto__: { entry: lead }\nconstructor: { prototype: 1 }\n` }),
    ).toMatchInlineSnapshot(`
      "error schema: There is no key "__proto__".
        --> team.yaml:4:1
        > 4 | __proto__: { entry: lead }
            | ^^^^^^^^^
        help: A key of your own begins with "x-".

      error schema: There is no key "constructor".
        --> team.yaml:5:1
        > 5 | constructor: { prototype: 1 }
            | ^^^^^^^^^^^
        help: A key of your own begins with "x-".

      2 errors in 1 file (1 role)
      exit 1
      "
    `);
  });

  test('roles with such names', () => {
    const role = '{ description: D., tools: read, delegates-to: [toString, hasOwnProperty] }';
    expect(
      said({ 'team.yaml': `teamc: 1\nname: solo\nroles:\n  __proto__: ${role}\n  constructor: ${role}\n` }),
    ).toMatchInlineSnapshot(`
      "error schema: "__proto__" can't be the id of a role: use letters, digits, "-" and "_", with slashes between the parts.
        --> team.yaml:4:3
        > 4 |   __proto__: { description: D., tools: read, delegates-to: [toString, hasOwnProperty] }
            |   ^^^^^^^^^
        help: Give the role another id; what people call it belongs in "name".

      error unknown-role: There is no role "toString".
        --> team.yaml:5:63
        > 5 |   constructor: { description: D., tools: read, delegates-to: [toString, hasOwnProperty] }
            |                                                               ^^^^^^^^
        help: There are: constructor.

      error unknown-role: There is no role "hasOwnProperty".
        --> team.yaml:5:73
        > 5 |   constructor: { description: D., tools: read, delegates-to: [toString, hasOwnProperty] }
            |                                                                         ^^^^^^^^^^^^^^
        help: There are: constructor.

      3 errors in 1 file (1 role)
      exit 1
      "
    `);
  });

  test('front matter in JavaScript', () => {
    const script = '---js\n{ description: require("node:fs").writeFileSync("pwned", "") }\n---\n\nBuild.\n';
    expect(said({ 'team.yaml': LINKED, 'roles/builder.md': script })).toMatchInlineSnapshot(`
      "error yaml-syntax: Front matter is read as YAML only, not as js, and nothing in it is ever executed.
        --> roles/builder.md:1:1
        > 1 | ---js
            | ^^^^^
        help: Write \`---\` alone on the first line, YAML below it, and \`---\` again.

      1 error in 1 file (2 roles)
      exit 1
      "
    `);
  });
});

describe('ids', () => {
  test.each([
    ['..', 4],
    ['a..b', 6],
    ['two words', 11],
    ['🤖', 4],
    ['a//b', 6],
  ])('%s', (id, wide) => {
    const line = `roles: { "${id}": { description: D., tools: read } }`;
    expect(said({ 'team.yaml': `teamc: 1\nname: solo\n${line}\n` })).toBe(
      [
        `error schema: "${id}" can't be the id of a role: use letters, digits, "-" and "_", with slashes between the parts.`,
        '  --> team.yaml:3:10',
        `  > 3 | ${line}`,
        `      |          ${'^'.repeat(wide)}`,
        '  help: Give the role another id; what people call it belongs in "name".',
        '',
        '1 error in 1 file (0 roles)',
        'exit 1\n',
      ].join('\n'),
    );
  });

  test('of files', () => {
    expect(
      said({ 'team.yaml': TEAM, 'roles/two words.md': ROLE, 'roles/🤖.md': ROLE, 'roles/new\nline.md': ROLE }),
    ).toMatchInlineSnapshot(`
      "error schema: "new␊line" can't be the id of a role: use letters, digits, "-" and "_", with slashes between the parts.
        --> roles/new␊line.md:2:1
        > 2 | description: Builds.
            | ^
        help: Give the role another id; what people call it belongs in "name".

      error schema: "two words" can't be the id of a role: use letters, digits, "-" and "_", with slashes between the parts.
        --> roles/two words.md:2:1
        > 2 | description: Builds.
            | ^
        help: Give the role another id; what people call it belongs in "name".

      error schema: "🤖" can't be the id of a role: use letters, digits, "-" and "_", with slashes between the parts.
        --> roles/🤖.md:2:1
        > 2 | description: Builds.
            | ^
        help: Give the role another id; what people call it belongs in "name".

      3 errors in 3 files (1 role)
      exit 1
      "
    `);
  });

  test('in references', () => {
    expect(
      said({ 'team.yaml': TEAM.replace('tools: read', 'tools: read, delegates-to: ../../etc/passwd') }),
    ).toMatchInlineSnapshot(`
      "error unknown-role: There is no role "../../etc/passwd".
        --> team.yaml:3:66
        > 3 | roles: { lead: { description: Leads., tools: read, delegates-to: ../../etc/passwd } }
            |                                                                  ^^^^^^^^^^^^^^^^
        help: There are: lead.

      1 error in 1 file (1 role)
      exit 1
      "
    `);
  });
});

describe('cycles', () => {
  test('extends', () => {
    const extending = (base: string) => ROLE.replace('tools', `extends: ${base}\ntools`);
    expect(
      said({
        'team.yaml': TEAM.replace('tools: read', 'tools: read, delegates-to: [a, b, c]'),
        'roles/a.md': extending('b'),
        'roles/b.md': extending('a'),
        'roles/c.md': extending('c'),
      }),
    ).toMatchInlineSnapshot(`
      "error extends-cycle: Inheritance runs in a circle: a → b → a.
        --> roles/a.md:3:10
        > 3 | extends: b
            |          ^
        --> roles/b.md:3:10  b extends a
        > 3 | extends: a
            |          ^
        help: Take one "extends" out; what the roles share belongs in a base of its own.

      error extends-cycle: c extends itself.
        --> roles/c.md:3:10
        > 3 | extends: c
            |          ^
        help: Take one "extends" out; what the roles share belongs in a base of its own.

      2 errors in 2 files (4 roles)
      exit 1
      "
    `);
  });

  test('uses', () => {
    expect(
      said(
        {
          'a/team.yaml': `${TEAM}uses: { other: ../b }\n`,
          'b/team.yaml': `${TEAM.replace('solo', 'duo')}uses: { other: ../a }\n`,
        },
        'a',
      ),
    ).toMatchInlineSnapshot(`
      "error uses-cycle: Teams use each other in a circle: solo → duo → solo.
        --> a/team.yaml:4:16
        > 4 | uses: { other: ../b }
            |                ^^^^
        --> b/team.yaml:4:16  duo uses solo
        > 4 | uses: { other: ../a }
            |                ^^^^
        help: Take one of them out of "uses"; roles that both teams need belong in a team of their own.

      1 error in 1 file (1 role)
      exit 1
      "
    `);
  });

  test('include', () => {
    const files = {
      'team.yaml': TEAM.replace('tools: read', 'tools: [{ include: a.yaml }]'),
      'a.yaml': '- read\n- { include: b.yaml }\n',
      'b.yaml': '- { include: a.yaml }\n',
    };
    expect(said(files)).toMatchInlineSnapshot(`
      "error include-cycle: The include runs in a circle: a.yaml → b.yaml → a.yaml.
        --> b.yaml:1:14
        > 1 | - { include: a.yaml }
            |              ^^^^^^
        --> a.yaml:2:3  a.yaml includes b.yaml here.
        > 2 | - { include: b.yaml }
            |   ^^^^^^^^^^^^^^^^^^^
        help: Take one of these includes out.

      1 error in 1 file (1 role)
      exit 1
      "
    `);
  });

  test('an include that leads out of the team, or nowhere', () => {
    const files = {
      'a/team.yaml': TEAM.replace('tools: read', 'tools: [read, { include: ../secret.yaml }, { include: gone.yaml }]'),
      'secret.yaml': '- edit\n',
    };
    expect(said(files, 'a')).toMatchInlineSnapshot(`
      "error schema: "../secret.yaml" leads out of the team's folder.
        --> a/team.yaml:3:64
        > 3 | roles: { lead: { description: Leads., tools: [read, { include: ../secret.yaml }, { include: gone.yaml }] } }
            |                                                                ^^^^^^^^^^^^^^
        help: Move the file into a, or copy it there.

      error schema: There is no file "gone.yaml" to include.
        --> a/team.yaml:3:93
        > 3 | roles: { lead: { description: Leads., tools: [read, { include: ../secret.yaml }, { include: gone.yaml }] } }
            |                                                                                             ^^^^^^^^^
        help: The path starts at the team's folder, a.

      2 errors in 1 file (1 role)
      exit 1
      "
    `);
  });
});

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
      "teamc: There is no team in this folder, above it or below "teams/"; name one as an argument.
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

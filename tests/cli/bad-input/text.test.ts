import { describe, expect, test } from 'vitest';
import { LINKED, ROLE, said, TEAM } from './said.ts';

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

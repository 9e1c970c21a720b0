import { describe, expect, test } from 'vitest';
import { ROLE, said, TEAM } from './said.ts';

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

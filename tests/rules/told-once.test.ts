import { describe, expect, test } from 'vitest';
import { lint } from '../../src/rules/lint.ts';
import { loadText } from '../memory.ts';

type Files = Readonly<Record<string, string>>;

/** The rules that speak of files and of names. */
const READING =
  /^(?:unknown-.*|schema|yaml-syntax|front-matter-misplaced|duplicate-id|inexact-reference|self-reference|extends-cycle)$/;

function told(files: Files | string): readonly string[] {
  return lint(loadText(files), { profile: 'strict' })
    .filter(({ rule }) => READING.test(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);
}

const LEAD = `---
description: Plans the work.
level: high
model: strong
tools: [inspect, "shell:git *"]
permissions: careful
delegates-to: [{ group: makers }, developer]
escalates-to: { person: maintainer }
---
`;
const DEVELOPER = '---\ndescription: Writes code.\n---\n';
const TEAM = `teamc: 1
name: shop
entry: lead
people: { maintainer: Owns the repository }
groups: { makers: [developer] }
levels: [high, low]
models: { strong: { claude-code: opus } }
tool-groups: { inspect: [read, search] }
permissions: { careful: { shell: ask } }
`;

function shop(change: (team: string) => string): Files {
  return { 'team.yaml': change(TEAM), 'roles/lead.md': LEAD, 'roles/developer.md': DEVELOPER };
}

describe('one mistake is told once', () => {
  test('a team without mistakes is told nothing', () => {
    expect(told(shop((team) => team))).toEqual([]);
  });

  test('when the team file is broken, nothing is said of the names that it declares', () => {
    expect(told(shop((team) => `${team}tags: [a`))).toEqual([
      'yaml-syntax: The list that begins at `[a` is never closed.',
    ]);
  });

  test.each([
    ['people', 'poeple', 'schema: There is no key "poeple".'],
    ['groups', 'group', 'schema: There is no key "group".'],
    ['levels', 'level', 'schema: There is no key "level".'],
    ['models', 'model', 'schema: There is no key "model".'],
    ['tool-groups', 'toolgroups', 'schema: There is no key "toolgroups".'],
    ['permissions', 'permission', 'schema: There is no key "permission".'],
  ])('when %s is misspelt as %s, only that is told', (section, misspelt, sentence) => {
    expect(told(shop((team) => team.replace(new RegExp(`^${section}:`, 'm'), `${misspelt}:`)))).toEqual([sentence]);
  });

  test.each([
    ['people', '{ maintainer: 5 }', 'schema: "people.maintainer" must be a text or a map, not 5.'],
    ['groups', '[makers]', 'schema: "groups" must be a map, not a list.'],
    ['levels', 'high', 'schema: "levels" must be a list, not "high".'],
    ['models', '{ strong: opus }', 'schema: "models.strong" must be a map, not "opus".'],
    ['tool-groups', '{ inspect: 5 }', 'schema: "tool-groups.inspect" must be a text or a list, not 5.'],
    ['permissions', '{ careful: 5 }', 'schema: "permissions.careful" must be a text, a map or a list, not 5.'],
  ])('when something in %s does not fit, only that is told', (section, value, sentence) => {
    expect(told(shop((team) => team.replace(new RegExp(`^${section}:.*`, 'm'), `${section}: ${value}`)))).toEqual([
      sentence,
    ]);
  });

  test('a role whose file is broken is still there for those who name it', () => {
    const files = { ...shop((team) => team), 'roles/developer.md': '---\ntools: [read\n---\n' };
    expect(told(files).map((sentence) => sentence.split(':')[0])).toEqual(['yaml-syntax']);
  });

  test('a role that does not fit is still there for those who name it', () => {
    const files = { ...shop((team) => team), 'roles/developer.md': '---\ndescription: 5\n---\n' };
    expect(told(files)).toEqual(['schema: "description" must be a text, not 5.']);
  });

  test('what is cut off by a comment is still told when it does not fit', () => {
    const files = {
      ...shop((team) => team),
      'roles/developer.md': '---\ndescription: Writes code.\nmode: issue #5\n---\n',
    };
    expect(told(files).map((sentence) => sentence.split(':')[0])).toEqual(['schema', 'yaml-syntax']);
  });

  test('a key of the author is no description', () => {
    const files = { ...shop((team) => team), 'roles/developer.md': '---\nx-description: Writes code.\n---\n' };
    expect(told(files)).toEqual(['schema: developer has no description.']);
  });

  test('a misspelt description is not also a missing one', () => {
    const files = { ...shop((team) => team), 'roles/developer.md': '---\ndescripton: Writes code.\n---\n' };
    expect(told(files)).toEqual(['schema: There is no key "descripton".']);
  });

  test('a value that YAML takes for null is not also one of the wrong kind', () => {
    const files = { ...shop((team) => team), 'roles/developer.md': '---\ndescription:\n---\n' };
    expect(told(files)).toEqual(['yaml-syntax: `description` has no value.']);
  });

  test('what all roles take over from the defaults is told once, and of no role', () => {
    const found = lint(
      loadText(shop((team) => `${team}defaults: { escalates-to: { person: maintaner }, reports-to: boss }\n`)),
    );
    expect(found.filter(({ rule }) => READING.test(rule)).map(({ rule, role }) => [rule, role])).toEqual([
      ['unknown-person', undefined],
      ['unknown-role', undefined],
    ]);
  });

  test('a block or a group of tools that nobody uses is read all the same', () => {
    expect(
      told(
        shop((team) =>
          team
            .replace('{ careful: {', '{ idle: { shel: deny }, careful: {')
            .replace('{ inspect:', '{ idle: [raed], inspect:'),
        ),
      ),
    ).toEqual(['unknown-tool: There is no tool "raed".', 'unknown-tool: There is no tool "shel".']);
  });

  test('the roles of a team that is not found, or can not be read, are not missed one by one', () => {
    const uses = (files: Files): Files => ({
      ...files,
      'team.yaml': `${TEAM}uses: { platform: platform }\n`,
      'roles/developer.md': '---\ndescription: Writes code.\ndelegates-to: [platform/terraform, platform/dba]\n---\n',
    });
    expect(told(uses(shop((team) => team)))).toEqual(['unknown-team: There is no team at "platform".']);
    expect(told({ ...uses(shop((team) => team)), 'platform/team.yaml': 'teamc: [' })).toEqual([
      "unknown-team: The team in platform/team.yaml can't be read.",
    ]);
  });

  test('mistakes in a team that is used are told where that team is linted', () => {
    const files = {
      ...shop((team) => `${team}uses: { platform: platform }\n`),
      'platform/team.yaml':
        'teamc: 1\nname: platform\nroles: { terraform: { tools: shel, delegates-to: nobody-here, level: high } }\n',
    };
    expect(told(files)).toEqual([]);
  });
});

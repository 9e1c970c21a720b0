import { describe, expect, test } from 'vitest';
import type { DocumentSymbol, Range } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { project } from '../cli/project.ts';
import { Editor } from './client.ts';

const TEAM = `teamc: 1
name: bakery
people: { owner: { description: Owns the shop } }
permissions:
  careful:
    - shell: [{ ask: "*" }, { deny: "git push *" }]
escalation:
  - { name: the head, by: delegator }
  - { by: { person: owner } }
roles:
  head:
    name: Head Baker
    description: Plans the day.
    tools: [read, search]
    delegates-to: [baker, { role: oven-hand, for: baking }]
`;

const BAKER = `---
name: Baker
description: Makes the dough.
tools: [read]
# Whatever oven-hand says.
escalates-to: head
collaborates-with:
  - { role: oven-hand, for: timing }
permissions: { include: rules.yaml }
---
Ask @oven-hand when the oven-hand is free; the oven is not oven-hands.
`;

const FILES = {
  'team.yaml': TEAM,
  'rules.yaml': '- edit: deny\n',
  'roles/baker.md': BAKER,
  'roles/oven-hand.md': '---\nname: Oven Hand\ndescription: Runs the oven.\ntools: [read]\n---\nBake.\n',
  'scenarios/rush.yaml': 'teamc: 1\nrequest: Bake 40 loaves\nexpect:\n  - { never: { role: baker, event: failed } }\n',
};

/** An outline in lines: each name with its detail, indented. */
const shown = (symbols: readonly DocumentSymbol[], depth = 0): readonly string[] =>
  symbols.flatMap(({ name, detail, children = [] }) => [
    `${'  '.repeat(depth)}${name}${detail ? ` · ${detail}` : ''}`,
    ...shown(children, depth + 1),
  ]);

const lies = (inner: Range, outer: Range): boolean => {
  const at = ({ line, character }: Range['start']): number => line * 10_000 + character;
  return at(outer.start) <= at(inner.start) && at(inner.end) <= at(outer.end);
};

/** What the protocol demands of an outline: names with letters, what is selected within the whole, children within parents. */
function lawful({ name, range, selectionRange, children = [] }: DocumentSymbol): boolean {
  return (
    name.trim() !== '' &&
    lies(selectionRange, range) &&
    children.every((each) => lies(each.range, range) && lawful(each))
  );
}

describe('the outline', () => {
  test('of a role has its fields, and what its relations are about', async () => {
    const editor = await Editor.start(project(FILES));
    await editor.type('roles/baker.md', BAKER);
    const outline = (await editor.outline('roles/baker.md'))!;
    expect(shown(outline)).toEqual([
      'baker · Baker',
      '  name · Baker',
      '  description · Makes the dough.',
      '  tools · read',
      '  escalates-to · head',
      '  collaborates-with',
      '    oven-hand · timing',
      '  permissions',
      '    include · rules.yaml',
      '  instructions · Ask @oven-hand when the oven-hand is free; the oven is not…',
    ]);
    expect(outline.every(lawful)).toBe(true);
    const text = TextDocument.create('x', 'markdown', 1, BAKER);
    expect(outline[0]!.children!.slice(3, 5).map(({ selectionRange }) => text.getText(selectionRange))).toEqual([
      'escalates-to',
      'collaborates-with',
    ]);
  });

  test('of a team has its roles as such, with their fields, and of a scenario its parts', async () => {
    const editor = await Editor.start(project(FILES));
    await editor.type('team.yaml', TEAM);
    const outline = (await editor.outline('team.yaml'))!;
    expect(shown(outline)).toEqual([
      'teamc · 1',
      'name · bakery',
      'people',
      '  owner · Owns the shop',
      '    description · Owns the shop',
      'permissions',
      '  careful',
      '    shell',
      'escalation',
      '  the head · delegator',
      '  owner',
      'roles',
      '  head · Head Baker',
      '    name · Head Baker',
      '    description · Plans the day.',
      '    tools · read, search',
      '    delegates-to',
      '      baker',
      '      oven-hand · baking',
    ]);
    expect(outline.every(lawful)).toBe(true);
    const kinds = outline.at(-1)!.children!.map(({ kind }) => kind);
    expect(kinds).toEqual([5]);
    await editor.type('scenarios/rush.yaml', FILES['scenarios/rush.yaml']);
    expect(shown((await editor.outline('scenarios/rush.yaml'))!)).toEqual([
      'teamc · 1',
      'request · Bake 40 loaves',
      'expect',
      '  never',
      '    role · baker',
      '    event · failed',
    ]);
  });

  test('stays while a key is being written, and is none of a file that is no part of a team', async () => {
    const editor = await Editor.start(project({ ...FILES, 'README.md': '---\na: b\n---\n# Notes\n' }));
    await editor.type('roles/baker.md', BAKER);
    const before = shown((await editor.outline('roles/baker.md'))!);
    await editor.type('roles/baker.md', BAKER.replace('tools:', 'mod\ntools:'));
    expect(shown((await editor.outline('roles/baker.md'))!)).toEqual(before);
    await editor.type('README.md', '# Notes\n');
    expect(await editor.outline('README.md')).toEqual([]);
  });

  test('has a name for each part, however a file is written', async () => {
    const editor = await Editor.start(project(FILES));
    for (const text of [
      '',
      '---\n',
      '[]',
      '- - a\n',
      '"": x\n',
      'roles: {"": {"": [{}, [], [[]], {"": ""}]}}\n',
      'a: |\n',
    ]) {
      await editor.type('team.yaml', text);
      const outline = (await editor.outline('team.yaml')) ?? [];
      expect([text, outline.every(lawful)]).toEqual([text, true]);
    }
  });
});

describe('the highlights', () => {
  test('of a role are its places in the file, in prose and comments too', async () => {
    const editor = await Editor.start(project(FILES));
    const cursor = await editor.type('roles/baker.md', BAKER.replace('{ role: oven', '{ role: ov|>en'));
    const found = (await editor.highlights('roles/baker.md', cursor))!;
    const lines = BAKER.split('\n');
    expect(
      found.map(({ range: { start, end } }) => [start.line, lines[start.line]!.slice(start.character, end.character)]),
    ).toEqual([
      [4, 'oven-hand'],
      [7, 'oven-hand'],
      [10, 'oven-hand'],
      [10, 'oven-hand'],
    ]);
  });

  test('mark where the role begins as the place that is written to', async () => {
    const editor = await Editor.start(project(FILES));
    const marked = TEAM.replace('roles:\n  head:', 'entry: he|>ad\nroles:\n  head:');
    const cursor = await editor.type('team.yaml', marked);
    const found = (await editor.highlights('team.yaml', cursor))!;
    expect(found.map(({ range, kind }) => [range.start.line, kind])).toEqual([
      [9, 2],
      [11, 3],
    ]);
    expect(await editor.highlights('team.yaml', { line: 0, character: 0 })).toEqual([]);
  });
});

test('the name that people call a role leads to all that names it, prose and comments too', async () => {
  const editor = await Editor.start(project(FILES));
  const cursor = await editor.type('roles/oven-hand.md', FILES['roles/oven-hand.md'].replace('Oven H', 'Oven |>H'));
  const found = await editor.references('roles/oven-hand.md', cursor);
  expect(found.map(({ uri, range }) => [uri.split('/').at(-1), range.start.line])).toEqual([
    ['team.yaml', 14],
    ['baker.md', 7],
    ['baker.md', 10],
    ['baker.md', 10],
    ['baker.md', 4],
  ]);
});

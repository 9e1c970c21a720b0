import { describe, expect, test } from 'vitest';
import type { Document } from '../../src/document/document.ts';
import { applyEdits } from '../../src/document/edit.ts';
import { type Expanded, expandIncludes } from '../../src/document/includes.ts';
import { readDocument } from '../../src/document/read.ts';
import type { Pointer } from '../../src/text/place.ts';
import { shown } from './told.ts';

/** The first of some files, with its includes from the others; their folder is `team`. */
function expanded(files: Readonly<Record<string, string>>): Expanded {
  const documents = new Map(Object.entries(files).map(([path, text]) => [path, readDocument({ path, text })]));
  const [first] = documents.values();
  return expandIncludes(first as Document, { root: 'team', read: (path) => documents.get(path) });
}

const problems = (document: Expanded) =>
  document.problems.map((found) => ({
    file: found.at.file,
    ...shown([document, ...document.included].find(({ path }) => path === found.at.file) ?? document, {
      ...found,
      related: [],
    }),
  }));

/** The file and the source text of a value, wherever it came from. */
function source(document: Document, pointer: Pointer, on?: 'key'): string {
  const origin = document.origin({ file: document.path, pointer, ...(on ? { on } : {}) });
  return `${origin.document.path}: ${origin.document.text.slice(...origin.document.range(origin.place))}`;
}

const FILES = {
  'team/team.yaml': 'roles:\n  a:\n    tags: [x, { include: shared/tags.yaml }, y]\n    name: A\n',
  'team/shared/tags.yaml': '# ours\n- one\n- { include: shared/more.yaml }\n- two: 2\n',
  'team/shared/more.yaml': '[three, [four]]\n',
};

describe('an include in a list', () => {
  test('is replaced by the items of the file, and theirs in turn', () => {
    const document = expanded(FILES);
    expect(document.problems).toEqual([]);
    expect(document.data).toEqual({
      roles: { a: { tags: ['x', 'one', 'three', ['four'], { two: 2 }, 'y'], name: 'A' } },
    });
    expect(document.included.map(({ path }) => path)).toEqual(['team/shared/more.yaml', 'team/shared/tags.yaml']);
  });

  test('leads every value back to the file that it is written in', () => {
    const document = expanded(FILES);
    const tags = ['roles', 'a', 'tags'];
    expect(source(document, [...tags, 0])).toBe('team/team.yaml: x');
    expect(source(document, [...tags, 1])).toBe('team/shared/tags.yaml: one');
    expect(source(document, [...tags, 2])).toBe('team/shared/more.yaml: three');
    expect(source(document, [...tags, 3, 0])).toBe('team/shared/more.yaml: four');
    expect(source(document, [...tags, 4, 'two'], 'key')).toBe('team/shared/tags.yaml: two');
    expect(source(document, [...tags, 5])).toBe('team/team.yaml: y');
    expect(source(document, [...tags, 6])).toBe('team/team.yaml: [x, { include: shared/tags.yaml }, y]');
    expect(source(document, ['roles', 'a', 'name'], 'key')).toBe('team/team.yaml: name');
  });

  test('is what stands in the file itself for the values that it brings', () => {
    const document = expanded(FILES);
    const cut = (...pointer: Pointer) => document.text.slice(...document.range({ pointer }));
    expect(cut('roles', 'a', 'tags', 3)).toBe('{ include: shared/tags.yaml }');
    expect(cut('roles', 'a', 'tags', 5)).toBe('y');
  });

  test('lets edits through only where the file itself is meant', () => {
    const document = expanded(FILES);
    const edit = (index: number) => ({
      at: { file: document.path, pointer: ['roles', 'a', 'tags', index] },
      text: 'z',
    });
    expect(applyEdits(document, [edit(1), edit(5)])).toEqual({
      text: FILES['team/team.yaml'].replace('y]', 'z]'),
      leftOut: [edit(1)],
    });
  });

  test('works in front matter, and may come twice', () => {
    const document = expanded({
      'team/roles/a.md': '---\ntags:\n- include: t.yaml\n- include: ./x/../t.yaml\n---\nDo it.\n',
      'team/t.yaml': '- one\n',
    });
    expect(document.problems).toEqual([]);
    expect(document.data).toEqual({ tags: ['one', 'one'], instructions: 'Do it.' });
    expect(source(document, ['tags', 1])).toBe('team/t.yaml: one');
    expect(document.included).toHaveLength(1);
  });

  test('is nothing else where it has other keys, another value, or stands outside of a list', () => {
    const text = 'context: { include: [a], exclude: [b] }\nx: { include: t.yaml }\ny: [{ include: t.yaml, for: z }]\n';
    const document = expanded({ 'team/team.yaml': text });
    expect(document.problems).toEqual([]);
    expect(document.data).toEqual(readDocument({ path: 'team.yaml', text }).data);
  });

  test('keeps the findings of both files where they are', () => {
    const document = expanded({
      'team/team.yaml': 'tags: [{ include: t.yaml }]\nlist:\n- a\n-\n',
      'team/t.yaml': '- one\n- two:\n',
    });
    expect(problems(document)).toMatchObject([
      { file: 'team/team.yaml', at: '4:1-4:2', message: 'Item 2 of `list` is empty.' },
    ]);
    expect(document.included[0]?.problems).toMatchObject([{ message: '`two` has no value.' }]);
  });
});

describe('an include that leads nowhere', () => {
  const include = (path: string, files: Readonly<Record<string, string>> = {}) => {
    const document = expanded({ 'team/team.yaml': `tags: [a, { include: ${path} }]\n`, ...files });
    expect(document.data).toEqual({ tags: ['a'] });
    return problems(document);
  };

  test('names the file that is missing', () => {
    expect(include('t.yaml')).toEqual([
      {
        file: 'team/team.yaml',
        at: '1:22-1:28',
        rule: 'schema',
        message: 'There is no file "t.yaml" to include.',
        help: "The path starts at the team's folder, team.",
        related: [],
      },
    ]);
  });

  test.each(['../t.yaml', 'x/../../t.yaml', '/etc/passwd', 'C:\\t.yaml', '"\\\\\\\\host\\\\t"'])(
    'stays in the folder: %s',
    (path) => {
      expect(include(path)).toMatchObject([{ rule: 'schema', help: 'Move the file into team, or copy it there.' }]);
    },
  );

  test('wants a list', () => {
    expect(include('t.yaml', { 'team/t.yaml': 'a: b\n' })).toMatchObject([
      { rule: 'schema', message: '"t.yaml" is included in a list, and doesn\'t hold one.' },
    ]);
  });

  test('leaves it to a broken file to say what is wrong with it', () => {
    expect(include('t.yaml', { 'team/t.yaml': '- "a\n' })).toEqual([]);
  });

  test('runs in a circle, which is told with the way that it takes', () => {
    const document = expanded({
      'team/team.yaml': 'tags: [{ include: a.yaml }]\n',
      'team/a.yaml': '- x\n- { include: b.yaml }\n',
      'team/b.yaml': '- { include: a.yaml }\n- y\n',
    });
    expect(document.data).toEqual({ tags: ['x', 'y'] });
    expect(document.problems).toEqual([
      {
        rule: 'include-cycle',
        severity: 'error',
        at: { file: 'team/b.yaml', pointer: [0, 'include'], span: [13, 19] },
        message: 'The include runs in a circle: team/a.yaml → team/b.yaml → team/a.yaml.',
        related: [
          {
            at: { file: 'team/a.yaml', pointer: [1], span: [6, 25] },
            message: 'team/a.yaml includes team/b.yaml here.',
          },
        ],
        help: 'Take one of these includes out.',
      },
    ]);
  });

  test('includes itself', () => {
    expect(include('a.yaml', { 'team/a.yaml': '[{ include: a.yaml }]' })).toMatchObject([
      { file: 'team/a.yaml', message: 'The include runs in a circle: team/a.yaml → team/a.yaml.' },
    ]);
  });

  test('may not bring more than can be held', () => {
    const files: Record<string, string> = { 'team/team.yaml': 'tags: [{ include: 0.yaml }]\n' };
    for (let at = 0; at < 30; at++)
      files[`team/${at}.yaml`] = `[{ include: ${at + 1}.yaml }, { include: ${at + 1}.yaml }]`;
    files['team/30.yaml'] = '[x]';
    expect(problems(expanded(files))).toMatchObject(
      Array(14).fill({ rule: 'schema', message: 'The includes bring more than 100000 values.' }),
    );
  });
});

import { expect, test } from 'vitest';
import { readMarkdown } from '../../src/document/markdown.ts';
import { readYaml } from '../../src/document/yaml/yaml.ts';

const cut = (document: ReturnType<typeof readYaml>, pointer: (string | number)[], on?: 'key') =>
  document.text.slice(...document.range(on ? { pointer, on } : { pointer }));

test('every value and key of a team file is found again', () => {
  const text = `name: Payments # who
tools: [read, { edit: "src/**" }]
instructions: |
  One.

  Two.

levels:
- strategic
- 'tactical'
note: &a >- # folded
  some
  words
again: *a
`;
  const document = readYaml({ path: 'team.yaml', text });
  expect(document.data).toEqual({
    name: 'Payments',
    tools: ['read', { edit: 'src/**' }],
    instructions: 'One.\n\nTwo.\n',
    levels: ['strategic', 'tactical'],
    note: 'some words',
    again: 'some words',
  });
  expect(cut(document, ['name'])).toBe('Payments');
  expect(cut(document, ['name'], 'key')).toBe('name');
  expect(cut(document, ['tools'])).toBe('[read, { edit: "src/**" }]');
  expect(cut(document, ['tools', 1, 'edit'])).toBe('"src/**"');
  expect(cut(document, ['instructions'])).toBe('|\n  One.\n\n  Two.');
  expect(cut(document, ['levels'])).toBe("- strategic\n- 'tactical'");
  expect(cut(document, ['levels', 1])).toBe("'tactical'");
  expect(cut(document, ['note'])).toBe('>- # folded\n  some\n  words');
  expect(cut(document, ['again'])).toBe('*a');
  expect(cut(document, ['tools', 1, 'missing'])).toBe('{ edit: "src/**" }');
});

test('a role in Markdown is its front matter and its instructions', () => {
  const text = '---\nname: Ada\ntools: [read]\n---\n\n# Work\n\nDo it.\n\n';
  const document = readMarkdown({ path: 'roles/ada.md', text });
  expect(document.data).toEqual({ name: 'Ada', tools: ['read'], instructions: '# Work\n\nDo it.' });
  expect(cut(document, ['tools', 0])).toBe('read');
  expect(cut(document, ['instructions'])).toBe('# Work\n\nDo it.');
});

test('keys that name parts of prototypes are ordinary keys', () => {
  const { data, problems } = readYaml({
    path: 'a.yaml',
    text: '__proto__: { polluted: true }\nconstructor: x\nprototype: y\n',
  });
  expect(problems).toEqual([]);
  expect(Object.keys(data as object)).toEqual(['__proto__', 'constructor', 'prototype']);
  expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('data stands as long as it is what the author wrote, also where something is wrong with it', () => {
  const data = (text: string) => readYaml({ path: 'a.yaml', text }).data;
  expect(data('a:\nb: 1\n')).toEqual({ a: null, b: 1 });
  expect(data('a: 1\na: 2\n')).toEqual({ a: 2 });
  expect(data('a: [\n  x\n]\n')).toEqual({ a: ['x'] });
  expect(data('a: (see #1)\n')).toEqual({ a: '(see' });
  expect(data('a: @x\nb: 1\n')).toBeUndefined();
  expect(data('a: &a [*a]\n')).toBeUndefined();
});

test('the places of a file with mistakes can still be looked up', () => {
  const document = readYaml({ path: 'a.yaml', text: 'name: @ada\ntools: [read]\n' });
  expect(document.data).toBeUndefined();
  expect(cut(document, ['tools', 0])).toBe('read');
  expect(cut(document, ['name'])).toBe('@ada');
});

test('the values below an alias stand at its anchor', () => {
  const document = readYaml({ path: 'a.yaml', text: 'a: &x { b: 1 }\nc: *x\n' });
  expect(cut(document, ['c'])).toBe('*x');
  expect(cut(document, ['c', 'b'])).toBe('1');
  expect(cut(document, ['c', 'b'], 'key')).toBe('b');
});

test('a value that is missing is looked up where it would stand', () => {
  const document = readYaml({ path: 'a.yaml', text: 'a:\n  b: 1\nc: 2\n' });
  expect(cut(document, ['a', 'x', 'y'])).toBe('b: 1');
  expect(cut(document, ['a', 'x'], 'key')).toBe('b: 1');
  expect(cut(document, [])).toBe('a:\n  b: 1\nc: 2');
});

test('only the first hundred problems of a file are told', () => {
  const { problems } = readYaml({ path: 'a.yaml', text: Array.from({ length: 150 }, (_, at) => `k${at}:\n`).join('') });
  expect(problems).toHaveLength(101);
  expect(problems.at(-1)).toMatchObject({
    severity: 'info',
    message: 'The file has 50 more problems, which are left out here.',
  });
});

test('a file of more than two million characters is not read', () => {
  const { problems } = readYaml({ path: 'a.yaml', text: `a: ${'x'.repeat(2_000_000)}` });
  expect(problems).toMatchObject([{ message: 'The file has 2000003 bytes, and teamc reads at most 2000000.' }]);
});

test('a role in Markdown may have no front matter, an empty one, or no body', () => {
  const data = (text: string) => {
    const document = readMarkdown({ path: 'roles/a.md', text });
    expect(document.problems).toEqual([]);
    return document.data;
  };
  expect(data('# Work\n')).toEqual({ instructions: '# Work' });
  expect(data('---\n---\n')).toEqual({});
  expect(data('---\n# nothing yet\n---\nDo it.')).toEqual({ instructions: 'Do it.' });
  expect(data('\uFEFF---  \r\nname: A\r\n---\t\r\n\r\n  Do it.\r\nNow.\r\n')).toEqual({
    name: 'A',
    instructions: '  Do it.\r\nNow.',
  });
  expect(data('---\nname: A\n---\n\n \n')).toEqual({ name: 'A' });
  expect(data('Text.\n\n---\n\nkey: no front matter\n\n---\n')).toEqual({
    instructions: 'Text.\n\n---\n\nkey: no front matter\n\n---',
  });
});

import { expect, test } from 'vitest';
import { readYaml } from '../../src/document/yaml.ts';
import { readMarkdown } from '../../src/document/markdown.ts';

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

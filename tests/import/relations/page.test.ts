import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Lines } from '../../../src/text/source.ts';
import { recovered } from './agents.ts';

const page = readFileSync('docs/relations.md', 'utf8');
const examples = [...page.matchAll(/```markdown\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)];

test('every example of the page about relations has its answer', () => {
  expect(examples.length).toBe([...page.matchAll(/^```markdown$/gm)].length);
});

test.each(examples.map(([, text, answer]) => [text as string, answer as string]))('%j', (text, answer) => {
  const files = { 'lead.md': text, 'tester.md': '', 'doc-writer.md': '', 'boss.md': '' };
  const lines = new Lines(text);
  const found = recovered(files).relations.map(({ type, target, resolution, confidence, at }) => {
    const how = resolution.kind === 'inexact' ? `inexact by ${resolution.by}` : resolution.kind;
    return `${lines.position(at.span?.[0] ?? 0).line} ${type} ${target} (${how}, ${confidence})\n`;
  });
  expect(found.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).join('')).toBe(answer);
});

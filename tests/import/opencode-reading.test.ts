import { expect, test } from 'vitest';
import { readOpencode } from '../../src/import/platforms/opencode.ts';

/** What is told of an agent's file, as `rule: message`, and the agent's name and description. */
function read(text: string) {
  const path = '.opencode/agents/a.md';
  const { agents, problems } = readOpencode([
    { platform: 'opencode', kind: 'agent', path, inner: 'a.md', source: { path, text } },
  ]);
  const [{ id = '', data = {} } = {}] = agents;
  return { id, description: data['description'], told: problems.map(({ rule, message }) => `${rule}: ${message}`) };
}

const file = (lines: string): string => `---\n${lines}\n---\n\nWork.\n`;
const WHOLE = 'opencode takes the whole file for a prompt, and a may do everything.';

// opencode 1.18.34 was given a file with each of these.
test.each([
  [
    'four hyphens',
    `-${file('description: Works.')}`,
    `opencode wants three hyphens above the front matter and no more, so ${WHOLE}`,
  ],
  [
    'a line above it',
    `\n${file('description: Works.')}`,
    `Front matter begins in the first line only; here it begins further down, so ${WHOLE}`,
  ],
  ['no end to a quotation', file('description: "Works.'), `The front matter is no YAML, so ${WHOLE}`],
  ['a key twice', file('description: Works.\ncolor: 3\ncolor: 4'), `The front matter is no YAML, so ${WHOLE}`],
])('of a file whose front matter has %s no field means anything', (_, text, message) => {
  expect(read(text).told).toEqual([`platform-widens-tools: ${message}`]);
});

test('a date is no text to opencode, which then does not start', () => {
  const { told } = read(file('description: 2026-01-01\nmode: subagent'));
  expect(told.map((one) => one.split(':')[0])).toEqual(['platform-refuses-file']);
});

test('but other dates are kept as they are written', () => {
  const path = '.opencode/agents/a.md';
  const text = file('description: Works.\nsince: 2026-01-01');
  const { agents } = readOpencode([
    { platform: 'opencode', kind: 'agent', path, inner: 'a.md', source: { path, text } },
  ]);
  expect(agents[0]!.data['since']).toBe('2026-01-01');
});

test('front matter may name its language, and the text below it is the prompt', () => {
  const path = '.opencode/agents/a.md';
  const text = '--- yaml\ndescription: Works.\nmode: subagent\n---\n\nWork.\n';
  const { agents, problems } = readOpencode([
    { platform: 'opencode', kind: 'agent', path, inner: 'a.md', source: { path, text } },
  ]);
  expect(agents.map(({ data, prompt }) => [data['description'], prompt.map((one) => one.text)])).toEqual([
    ['Works.', ['Work.']],
  ]);
  expect(problems).toEqual([]);
});

test('an agent with an empty name is called "null"', () => {
  expect(read(file('name:\ndescription: Works.\nmode: subagent'))).toEqual({
    id: 'null',
    description: 'Works.',
    told: ['platform-drops-field: Nothing stands behind `name`, so opencode calls this agent "null".'],
  });
});

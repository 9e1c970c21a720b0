import { expect, test } from 'vitest';
import { readClaudeCode } from '../../src/import/platforms/claude-code.ts';

/** What is told of an agent's file, as `rule: message`. */
function told(text: string): readonly string[] {
  const path = '.claude/agents/a.md';
  const { problems } = readClaudeCode([
    { platform: 'claude-code', kind: 'agent', path, inner: 'a.md', source: { path, text } },
  ]);
  return problems.map(({ rule, message }) => `${rule}: ${message}`);
}

const withHeader = (lines: string): string => `---\nname: a\ndescription: Works.\n${lines}\n---\n\nWork.\n`;
const withHooks = (hooks: string): string => withHeader(`hooks: ${hooks}`);
const withHook = (hook: string): string => withHooks(`{ PreToolUse: [{ hooks: [${hook}] }] }`);
const RUN = 'type: command, command: "true"';

const REFUSED =
  "platform-drops-file: Claude Code can't read a hook that guards calls, so it loads no agent from this file and says nothing of it: ";

// Claude Code 2.1.328 was given a file with each of these, and listed it or did not.
test.each([
  ['{ PreToolUse: [{ matcher: Bash, action: block }] }', 'this entry has no list `hooks`'],
  ['{ PreToolUse: x }', '`PreToolUse` is no list'],
  ['{ PreToolUse: false }', '`PreToolUse` is no list'],
  ['{ PreToolUse: [x] }', 'this entry is no map'],
  ['{ PreToolUse: [{ matcher: 3, hooks: [] }] }', '`matcher` is no text'],
  ['{ PreToolUse: [{ hooks: [x] }] }', 'this hook is no map'],
  [
    '{ PreToolUse: [{ hooks: [{ command: x }] }] }',
    'the `type` of a hook is one of command, prompt, agent, http, mcp_tool',
  ],
  ['{ PreToolUse: [{ hooks: [{ type: command }] }] }', 'this hook has no `command`'],
  [`{ PreToolUse: [{ matcher: Bash, hooks: [{ ${RUN} }] }, { matcher: Edit }] }`, 'this entry has no list `hooks`'],
  ['{ PermissionRequest: [{ matcher: Bash }] }', 'this entry has no list `hooks`'],
  ['{ Before: [], PreToolUse: [{ matcher: Bash }] }', 'this entry has no list `hooks`'],
  [`{ hooks: { PreToolUse: [{ hooks: [{ ${RUN} }] }] } }`, 'there is no event `hooks`'],
  [`{ matcher: Bash, hooks: [{ ${RUN} }] }`, '`hooks` is no map of events'],
  ['none', '`hooks` is no map of events'],
  ['[PreToolUse]', '`hooks` is no map of events'],
])('an agent whose hooks are %s is not loaded', (hooks, why) => {
  expect(told(withHooks(hooks))).toEqual([`${REFUSED}${why}.`]);
});

test.each([
  [`${RUN}, timeout: "5"`, '`timeout` is a number above zero'],
  [`${RUN}, timeout: 0`, '`timeout` is a number above zero'],
  [`${RUN}, if: 3`, '`if` is a text'],
  [`${RUN}, once: "yes"`, '`once` is true or false'],
  [`${RUN}, shell: fish`, '`shell` is bash or powershell'],
  [`${RUN}, args: [1]`, '`args` is a list of texts'],
  ['type: prompt, prompt: 3', '`prompt` is a text'],
  ['type: http, url: nowhere', '`url` is a URL'],
  ['type: http, url: "http://a/b", headers: { a: 3 }', '`headers` is a map of texts'],
  ['type: mcp_tool, server: a, tool: b, input: c', '`input` is a map'],
])('nor one with the hook { %s }', (hook, why) => {
  expect(told(withHook(`{ ${hook} }`))).toEqual([`${REFUSED}${why}.`]);
});

test('nor one with a guard outside `hooks`', () => {
  const guard = `PreToolUse: [{ hooks: [{ ${RUN} }] }]`;
  expect(told(withHeader(guard))).toEqual([`${REFUSED}\`PreToolUse\` must stand below \`hooks\`.`]);
  expect(told(withHeader(`settings: { ${guard} }`))).toEqual([`${REFUSED}\`PreToolUse\` must stand below \`hooks\`.`]);
});

test.each([
  '{}',
  '',
  '{ PreToolUse: [] }',
  '{ PreToolUse: }',
  `{ PreToolUse: [{ matcher: "(", note: x, hooks: [{ ${RUN}, timeout: 0.5, note: 3 }] }] }`,
  '{ PreToolUse: [{ hooks: [{ type: http, url: "http://a/b", headers: { a: b } }] }] }',
  '{ PreToolUse: [{ hooks: [{ type: mcp_tool, server: a, tool: b, input: { c: 1 } }] }] }',
  '{ PreToolUse: [{ hooks: [] }] }',
])('hooks that are %s hurt nobody', (hooks) => {
  expect(told(withHooks(hooks))).toEqual([]);
});

test.each([
  ['{ PostToolUse: [{ matcher: Bash }] }', 'this entry has no list `hooks`'],
  ['{ Stop: x }', '`Stop` is no list'],
  ['{ BeforeTool: [] }', 'there is no event `BeforeTool`'],
])('hooks that guard nothing and are %s are only ignored', (hooks, why) => {
  expect(told(withHooks(hooks))).toEqual([`platform-drops-field: Claude Code ignores this hook: ${why}.`]);
});

test.each([
  ['a line above it', `\n${withHeader('model: sonnet')}`, 'Claude Code looks for front matter in the first line only'],
  ['four hyphens', `-${withHeader('model: sonnet')}`, 'Claude Code wants three hyphens above the front matter'],
  [
    'line ends of Windows and a colon too many',
    withHeader('x: a: b').replaceAll('\n', '\r\n'),
    'in a file with line ends of Windows it mends nothing',
  ],
  [
    'a second document',
    withHeader('...\nmodel: sonnet'),
    'its front matter is no YAML (line 4), and quoting it does not help',
  ],
])('front matter with %s is none to it', (_, text, words) => {
  const [first = ''] = told(text);
  expect(first).toContain('platform-drops-file');
  expect(first).toContain(words);
});

test('of a key that stands twice Claude Code takes the last one', () => {
  const path = '.claude/agents/a.md';
  const text = withHeader('tools: Read, Bash\ntools: Read');
  const { agents, problems } = readClaudeCode([
    { platform: 'claude-code', kind: 'agent', path, inner: 'a.md', source: { path, text } },
  ]);
  expect(agents.map(({ data }) => data['tools'])).toEqual(['Read']);
  expect(problems.map(({ rule }) => rule)).toEqual(['front-matter-repaired']);
});

import { expect, test } from 'vitest';
import { recovered, relations, said } from './agents.ts';

const OTHERS = ['tester', 'doc-writer', 'data-keeper', 'boss', 'code-reviewer'];

test('a heading says what the names in its list are', () => {
  const files = {
    'lead.md': [
      '---',
      'name: lead',
      '---',
      '# Lead',
      '',
      '## Delegates to',
      '',
      '- `tester` - runs the tests',
      '- @doc-writer: words',
      '- **data-keeper** (migrations)',
      '- [The Boss](./boss.md)',
      '- nobody-there',
    ].join('\n'),
    ...Object.fromEntries(OTHERS.map((name) => [`${name}.md`, ''])),
  };
  const found = recovered(files).relations;
  expect(found.map((relation) => said(relation, files))).toEqual([
    'lead.md:8:3 lead delegates-to tester (exact, certain, heading "Delegates to")',
    'lead.md:9:3 lead delegates-to doc-writer (exact, certain, heading "Delegates to")',
    'lead.md:10:5 lead delegates-to data-keeper (exact, certain, heading "Delegates to")',
    'lead.md:11:3 lead delegates-to boss (exact, certain, heading "Delegates to")',
    'lead.md:12:3 lead delegates-to nobody-there (dangling, certain, heading "Delegates to")',
  ]);
  expect(found.map((relation) => relation.for)).toEqual([
    'runs the tests',
    'words',
    'migrations',
    undefined,
    undefined,
  ]);
});

test.each([
  ['## Escalates To\n\n- boss', 'escalates-to boss (exact)'],
  ['**Escalation Target:** boss', 'escalates-to boss (exact)'],
  ['Escalation target for:\n- boss', 'escalates-from boss (exact)'],
  ['### Reports to: `boss`', 'reports-to boss (exact)'],
  ['- **Reports to**: boss on Fridays', 'reports-to boss (exact)'],
  ['Receives from: @boss', 'receives-from boss (exact)'],
  ['**Hands off to:**\n- tester', 'hands-off-to tester (exact)'],
  ['Coordinates with: `tester` for plans', 'collaborates-with tester (exact)'],
  ['## Billing Specialist Roster\n- @tester - numbers', 'delegates-to tester (exact)'],
  ['## Available Subagents (call with the task tool)\n- `tester` - numbers', 'delegates-to tester (exact)'],
  ['## Collaboration\n- **tester**: together', 'collaborates-with tester (exact, likely)'],
  ['## Integration with other agents\n- Share plans with doc-writer', 'collaborates-with doc-writer (exact, likely)'],
  [
    '## Integration with other agents\n- Support site-engineer on plans',
    'collaborates-with site-engineer (dangling, likely)',
  ],
  ['## Delegation\n- Broken tests → tester', 'delegates-to tester (exact, likely)'],
  ['### 汇报给\n- `boss`', 'reports-to boss (exact)'],
  ['**委托**：`tester`', 'delegates-to tester (exact)'],
  ['Escalates to:\n- Chief Planner', 'escalates-to Chief Planner (dangling, likely)'],
  ['**Delegates to:** Delegating mode', 'delegates-to Delegating mode (dynamic)'],
  ['**Reports to:** user', 'reports-to user (person)'],
  ['**Delegates to:** Frontend Specialists', 'delegates-to Frontend Specialists (group)'],
])('%j', (text, relation) => {
  expect(relations(`${text}\n`, OTHERS)).toEqual([relation]);
});

test.each(
  [
    '**Delegates to:** None',
    '**Escalates to:**\n- N/A',
    'Delegates to: {the best agent}',
    'Delegate events to static elements',
    '## Delegates to\n\n- `src/main.ts` first\n- `new_task` starts it',
    '## Integration\n- `redis-client` for the cache',
    '## Collaboration\n- Be kind to tester people',
    '## When to use tester\n- tester is slow',
    '## Delegation\n- Never delegate to tester',
    '```\nDelegates to: tester\n```',
    '**Delegation Patterns**\n\n**Use skills for:**\n- `doc-writer` - words',
    '## Delegates to\n\n- tester\n\nNotes.\n\n- doc-writer is old',
  ].map((text) => [text, text.startsWith('## Delegates to\n\n- tester') ? 1 : 0] as const),
)('%j gives %i relations', (text, count) => {
  expect(relations(text, OTHERS)).toHaveLength(count);
});

test('labels below a heading decide for themselves', () => {
  const text = [
    '### Delegation Map',
    '',
    'Delegates to:',
    '- `tester` for runs',
    '- `doc-writer` for words (manuals,',
    '  leaflets)',
    '',
    'Reports to: `boss` for scope, `data-keeper` for',
    'numbers, `code-reviewer` for style',
  ].join('\n');
  expect(relations(text, OTHERS)).toEqual([
    'delegates-to tester (exact)',
    'delegates-to doc-writer (exact)',
    'reports-to boss (exact)',
    'reports-to data-keeper (exact)',
    'reports-to code-reviewer (exact)',
  ]);
});

test('a roster keeps its groups, and the comments of its list', () => {
  const text = [
    '**Delegates To:**',
    '  # Words',
    '- `doc-writer` # For manuals',
    '  # Numbers',
    '- `tester`, `data-keeper` - runs',
  ].join('\n');
  const files = { 'lead.md': text, ...Object.fromEntries(OTHERS.map((name) => [`${name}.md`, ''])) };
  expect(recovered(files).relations.map(({ target, group, for: reason }) => [target, group, reason])).toEqual([
    ['doc-writer', 'Words', 'manuals'],
    ['tester', 'Numbers', 'runs'],
    ['data-keeper', 'Numbers', 'runs'],
  ]);
});

test('a class of agents stands for the members that it names', () => {
  expect(relations('**Collaboration:**\n- **Leads (`boss`, `code-reviewer`):** plans', OTHERS)).toEqual([
    'collaborates-with boss (exact, likely)',
    'collaborates-with code-reviewer (exact, likely)',
  ]);
});

test('a verb says which way things go', () => {
  const text =
    '## Integration with other agents\n- Receive plans from doc-writer\n- Provide numbers to code-reviewer\n- Work with data-keeper';
  const files = { 'lead.md': text, ...Object.fromEntries(OTHERS.map((name) => [`${name}.md`, ''])) };
  expect(recovered(files).relations.map(({ target, direction }) => [target, direction])).toEqual([
    ['doc-writer', 'in'],
    ['code-reviewer', 'out'],
    ['data-keeper', undefined],
  ]);
});

test('a table leads from keywords to agents', () => {
  const text = [
    '| Keywords | Call this specialist |',
    '|----------|---------------------|',
    '| test, "unit test", coverage | `tester` |',
    '| a \\| b, words | doc-writer, nobody-there |',
    '| | tester |',
    '',
  ].join('\n');
  const files = { 'lead.md': text, 'tester.md': '', 'doc-writer.md': '' };
  const found = recovered(files).relations;
  expect(found.map((relation) => [said(relation, files), relation.keywords])).toEqual([
    [
      'lead.md:3:33 lead delegates-to tester (exact, certain, table "Call this specialist")',
      ['test', 'unit test', 'coverage'],
    ],
    ['lead.md:4:19 lead delegates-to doc-writer (exact, certain, table "Call this specialist")', ['a | b', 'words']],
    [
      'lead.md:4:31 lead delegates-to nobody-there (dangling, certain, table "Call this specialist")',
      ['a | b', 'words'],
    ],
    ['lead.md:5:5 lead delegates-to tester (exact, certain, table "Call this specialist")', undefined],
  ]);
});

test('a table about many agents says whose relations a row gives', () => {
  const text =
    '| Agent | Delegates to | Reports to |\n|---|---|---|\n| boss | tester, doc-writer | - |\n| tester | None | boss |\n';
  const { relations: found } = recovered({ 'lead.md': text, 'boss.md': '', 'tester.md': '', 'doc-writer.md': '' });
  expect(found.map(({ source, type, target }) => [source, type, target])).toEqual([
    ['boss', 'delegates-to', 'tester'],
    ['boss', 'delegates-to', 'doc-writer'],
    ['tester', 'reports-to', 'boss'],
  ]);
});

test.each([
  '| Phase | Agent |\n|---|---|\n| one | tester |',
  '| Language | Skill to invoke |\n|---|---|\n| words | doc-writer |',
  '| Agent | Purpose |\n|---|---|\n| tester | runs |',
])('a table without a word of handing over gives no relation: %j', (text) => {
  expect(relations(text, OTHERS)).toEqual([]);
});

test.each([
  ['Task(subagent_type="tester", prompt="go")', 'tester'],
  ['{"subagent_type": "doc-writer"}', 'doc-writer'],
  ['Use Task(tester) then.', 'tester'],
  ['Use Agent("tester") then.', 'tester'],
  ['<new_task>\n<mode>tester</mode>', 'tester'],
  ['new_task with mode: "tester"', 'tester'],
])('a call delegates, also among code: %j', (call, target) => {
  expect(relations(`\`\`\`\n${call}\n\`\`\`\n`, OTHERS)).toEqual([`delegates-to ${target} (exact, likely)`]);
});

test.each([
  'subagent_type="{agent}"',
  'subagent_type: "agent-name"',
  'Task(do it)',
  'subagent_type="lead"',
  'new_task',
])('what is to be filled in, or is the caller itself, is no call: %j', (call) => {
  expect(relations(`Text: ${call}\n`, OTHERS)).toEqual([]);
});

test('a plain mention stays a mention, with its mark and how often', () => {
  const text =
    'Ask @tester, `doc-writer` or the data-keeper; the Code Reviewer reads [him](boss.md). tester and data-keeper.';
  const files = { 'lead.md': text, ...Object.fromEntries(OTHERS.map((name) => [`${name}.md`, ''])) };
  const { relations: found, mentions } = recovered(files);
  expect(found).toEqual([]);
  expect(mentions.map(({ target, by, times }) => [target, by, times])).toEqual([
    ['tester', 'at', 1],
    ['doc-writer', 'code', 1],
    ['data-keeper', 'id', 2],
    ['Code Reviewer', 'name', 1],
    ['boss', 'link', 1],
  ]);
});

test('a chain of command says who stands above and below its reader, also among code', () => {
  const text = [
    '## Role in the Hierarchy',
    '',
    '```',
    'The Director → Chief Planner → Lead (YOU) ↓',
    'Field Team: [tester, doc-writer]',
    '```',
    '',
    '## Pipeline',
    'a → b (you) → c',
  ].join('\n');
  expect(relations(text, OTHERS)).toEqual([
    'reports-to Chief Planner (dangling, likely)',
    'delegates-to tester (exact, likely)',
    'delegates-to doc-writer (exact, likely)',
  ]);
});

test.each([
  [
    '**Reports to:** Head Gardener\n**Collaborates with:** boss (layer 1), tester',
    'reports-to Head Gardener (dangling, likely) · collaborates-with boss (exact) · collaborates-with tester (exact)',
  ],
  ['**State:** new · **Reports to:** boss · **Since:** May', 'reports-to boss (exact)'],
  [
    '- **Tier:** two · **Delegates to:** `tester`, @doc-writer',
    'delegates-to tester (exact) · delegates-to doc-writer (exact)',
  ],
  ['> **Reports to:** boss', 'reports-to boss (exact)'],
  ['**Hands off to:** Clover for the rest', 'hands-off-to Clover (dangling, likely)'],
  ['**Hands off to:** The next phase, whatever it is', ''],
  ['**Delegates to:** `$plan`, `lint` command', ''],
  ['## Delegates to\n`field-worker`\n', 'delegates-to field-worker (dangling)'],
  ['### Delegates to (if there)\n- **`tester`** (core) - runs', 'delegates-to tester (exact)'],
  ['- **Escalated To By:** field teams on plans', 'escalates-from field teams (group)'],
  ['**Delegates to:** team/data-keeper', 'delegates-to team/data-keeper (by path data-keeper)'],
  ['**Delegates to:** doc-writer/data-keeper', 'delegates-to doc-writer (exact) · delegates-to data-keeper (exact)'],
  [
    '| Task | Delegate to |\n|---|---|\n| a | Scheduler |\n| b | `lint` skill |\n| c | This page |',
    'delegates-to Scheduler (dangling)',
  ],
  [
    '## Failure escalation rules\n### Step 2\n- **Action:** Escalate hard cases to @boss',
    'escalates-to boss (exact, likely)',
  ],
  ['## Failure escalation rules\n- Never escalate to @boss\n- Escalate to whoever is there', ''],
  ['## Rules\n- Escalate to @boss', ''],
  ['## Escalation\n- tester -> doc-writer -> boss', ''],
  ['## Escalation\n- tester -> doc-writer', ''],
  ['## Escalation\n- Cost over the limit: message data-keeper', 'escalates-to data-keeper (exact, likely)'],
  ['## Working with other agents\n- Consult `tester` command output', ''],
])('%j', (text, expected) => {
  expect(relations(`${text}\n`, OTHERS).join(' · ')).toBe(expected);
});

test('what a list below a name says, and what goes from one to the other, is what the relation is for', () => {
  const text = [
    '## Collaboration',
    '',
    '- Coordinate with `miller` on:',
    '  - **Grain** prices',
    '  - Days of delivery:',
    '    - not this',
    '  - Sacks',
    '',
    '- Receive bread orders from `shop`',
    '- Share the `recipes` with `school`',
    '- `carter`: flour',
    '  - not this either',
  ].join('\n');
  const { relations } = recovered({
    'baker.md': text,
    'miller.md': '',
    'shop.md': '',
    'school.md': '',
    'carter.md': '',
  });
  expect(relations.map((relation) => [relation.target, relation.for ?? relation.topics, relation.direction])).toEqual([
    ['miller', ['Grain prices', 'Days of delivery', 'Sacks'], undefined],
    ['shop', 'bread orders', 'in'],
    ['school', undefined, 'out'],
    ['carter', 'flour', undefined],
  ]);
});

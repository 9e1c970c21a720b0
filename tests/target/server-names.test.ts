import { expect, test } from 'vitest';
import type { RoleDefinition } from '../../src/schema/generated/definitions.ts';
import { judge } from '../../src/target/guard/judge.ts';
import type { GuardTable } from '../../src/target/guard/table.ts';
import { planFor } from '../import/back.ts';
import { loadText } from '../memory.ts';

/** Servers whose names clients write in another way when they call their tools. */
const keeper: RoleDefinition = {
  description: 'Keeps the ledger.',
  tools: ['mcp:Cloud Ledger 2.0', 'mcp:books.example/get item'],
  permissions: [{ mcp: [{ allow: '*' }, { deny: 'Cloud Ledger 2.0/drop.*' }] }],
};

function filesFor(target: string): ReadonlyMap<string, string> {
  const { team } = loadText(JSON.stringify({ teamc: 1, name: 'one', roles: { keeper } }));
  return new Map(planFor(team, target).files.map(({ path, content }) => [path, content]));
}

test('Claude Code is given servers under the names by which it calls them', () => {
  const files = filesFor('claude-code');
  expect(files.get('.claude/agents/keeper.md')).toContain(
    'tools: ["mcp__Cloud_Ledger_2_0", "mcp__books_example__get_item"]',
  );
  expect(files.get('.claude/settings.json')).toContain('"mcp__books_example__get_item"');
});

test.each([
  ['mcp__Cloud_Ledger_2_0__query', 'allow'],
  ['mcp__Cloud_Ledger_2_0__drop_all', 'deny'],
  ['mcp__books_example__get_item', 'allow'],
  ['mcp__books_example__put_item', 'deny'],
  ['mcp__other__query', 'deny'],
])('the guard knows the call %s: %s', (tool_name, decision) => {
  const table = JSON.parse(filesFor('claude-code').get('.claude/hooks/teamc-policy.json')!) as GuardTable;
  const call = { tool_name, tool_input: {}, agent_type: 'keeper' };
  expect(judge(call, table, { project: '/project', home: '/home/me' }).decision).toBe(decision);
});

test('opencode is given servers under the names by which it calls them, one key for one name', () => {
  const text = filesFor('opencode').get('.opencode/agents/keeper.md')!;
  expect(text.split('\n').filter((line) => /Ledger_|books_/.test(line))).toEqual([
    '  "Cloud_Ledger_2_0_*": "allow"',
    '  "books_example_get_item": "allow"',
    '  "Cloud_Ledger_2_0_drop_*": "deny"',
  ]);
});

test('a server whose name holds what parts it from its tools is still known by the guard', () => {
  const { team } = loadText(
    JSON.stringify({
      teamc: 1,
      name: 'one',
      roles: {
        keeper: {
          ...keeper,
          tools: ['mcp:a, b'],
          permissions: [{ mcp: [{ allow: 'a, b/*' }, { deny: 'a, b/drop' }] }],
        },
      },
    }),
  );
  const { files } = planFor(team, 'claude-code');
  const table = JSON.parse(files.find(({ path }) => path.endsWith('teamc-policy.json'))!.content) as GuardTable;
  const decisions = ['mcp__a__b__query', 'mcp__a__b__drop', 'mcp__a__c'].map(
    (tool_name) =>
      judge({ tool_name, tool_input: {}, agent_type: 'keeper' }, table, { project: '/p', home: '/h' }).decision,
  );
  expect(decisions).toEqual(['allow', 'deny', 'deny']);
});

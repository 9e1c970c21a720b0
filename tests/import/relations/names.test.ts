import { expect, test } from 'vitest';
import { recoverRelations } from '../../../src/import/relations/recover.ts';
import { agent, recovered } from './agents.ts';

const delegating = (name: string) => `---\ndelegates_to: ["${name}"]\n---\n`;

const TEAM = {
  'team/code-reviewer.md': '',
  'team/qa.md': '---\nname: quality-lead\n---\n',
  'team/builder.md': '---\nname: Site Builder 🏗️\n---\n',
  'team/data.md': '---\nagent_id: AGT-17\nname: data-keeper\n---\n',
};

test.each([
  ['code-reviewer', { kind: 'exact', id: 'code-reviewer' }],
  ['AGT-17', { kind: 'exact', id: 'data-keeper' }],
  ['Code-Reviewer', { kind: 'inexact', id: 'code-reviewer', by: 'case' }],
  ['code_reviewer', { kind: 'inexact', id: 'code-reviewer', by: 'separator' }],
  ['Code Reviewer', { kind: 'inexact', id: 'code-reviewer', by: 'separator' }],
  ['CodeReviewer', { kind: 'inexact', id: 'code-reviewer', by: 'separator' }],
  ['agent-code-reviewer', { kind: 'inexact', id: 'code-reviewer', by: 'prefix' }],
  ['code-reviewer-agent', { kind: 'inexact', id: 'code-reviewer', by: 'prefix' }],
  ['Code Reviewer mode', { kind: 'inexact', id: 'code-reviewer', by: 'prefix' }],
  ['plugin:code-reviewer', { kind: 'inexact', id: 'code-reviewer', by: 'prefix' }],
  ['team/code-reviewer', { kind: 'inexact', id: 'code-reviewer', by: 'path' }],
  ['./code-reviewer.md', { kind: 'inexact', id: 'code-reviewer', by: 'path' }],
  ['qa', { kind: 'inexact', id: 'quality-lead', by: 'file' }],
  ['site builder', { kind: 'inexact', id: 'Site Builder 🏗️', by: 'separator' }],
  ['code-review', { kind: 'dangling' }],
  ['general-purpose', { kind: 'builtin' }],
  ['user', { kind: 'person' }],
  ['Delegating mode', { kind: 'dynamic' }],
  ['Backend Specialists', { kind: 'group' }],
  ['each specialist', { kind: 'dynamic' }],
])('`%s` leads where it says', (name, resolution) => {
  const { relations } = recovered({ 'team/lead.md': delegating(name), ...TEAM });
  expect(relations.map((relation) => relation.resolution)).toEqual([resolution]);
});

test('a name without the prefix that the agents share leads to the one that has it', () => {
  const files = { 'acme-lead.md': delegating('tester'), 'acme-tester.md': '', 'acme-writer.md': '' };
  expect(recovered(files).relations[0]?.resolution).toEqual({ kind: 'inexact', id: 'acme-tester', by: 'prefix' });
});

test('a name that two agents answer to is ambiguous, unless one of them is a neighbour', () => {
  const twice = [agent('a/x.md', '---\nname: one\n---\n'), agent('b/x.md', '---\nname: two\n---\n')];
  const from = (file: string) => recoverRelations([agent(file, delegating('x')), ...twice]).relations[0]?.resolution;
  expect(from('c/lead.md')).toEqual({ kind: 'ambiguous', ids: ['one', 'two'] });
  expect(from('b/lead.md')).toEqual({ kind: 'inexact', id: 'two', by: 'path' });
  expect(from('b/deeper/lead.md')).toEqual({ kind: 'inexact', id: 'two', by: 'path' });
});

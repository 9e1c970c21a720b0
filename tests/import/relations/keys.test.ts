import { expect, test } from 'vitest';
import { recovered, relations, said } from './agents.ts';

const header = (...lines: string[]) => `---\n${lines.join('\n')}\n---\nText.\n`;

test.each([
  ['delegates_to', 'delegates-to'],
  ['delegates-to', 'delegates-to'],
  ['delegatesTo', 'delegates-to'],
  ['delegate_to', 'delegates-to'],
  ['can_delegate_to', 'delegates-to'],
  ['can_spawn', 'delegates-to'],
  ['reports_to', 'reports-to'],
  ['reportsTo', 'reports-to'],
  ['escalates_to', 'escalates-to'],
  ['escalation_to', 'escalates-to'],
  ['escalate_to', 'escalates-to'],
  ['escalation_from', 'escalates-from'],
  ['receives_from', 'receives-from'],
  ['collaborates_with', 'collaborates-with'],
  ['shares_context_with', 'collaborates-with'],
  ['requires_approval_from', 'approved-by'],
  ['hands_off_to', 'hands-off-to'],
])('the key `%s` says %s', (key, type) => {
  expect(relations(header(`${key}: [tester]`), ['tester'])).toEqual([`${type} tester (exact)`]);
});

test('names stand in a list, between commas, in brackets of a text, or alone', () => {
  const texts = [
    '[tester, writer]',
    'tester, writer',
    '"[tester, writer]"',
    '"`tester`, @writer"',
    '\n  - tester\n  - writer',
  ];
  for (const text of texts)
    expect(relations(header(`delegates_to: ${text}`), ['tester', 'writer'])).toEqual([
      'delegates-to tester (exact)',
      'delegates-to writer (exact)',
    ]);
});

test('nobody is nobody', () => {
  for (const text of ['[]', 'None', 'n/a', '[N/A]', '""', 'null'])
    expect(relations(header(`delegates_to: ${text}`))).toEqual([]);
});

test('relations stand deeper too, below keys that hold such things', () => {
  const text = header(
    'metadata:',
    '  delegate_to: [tester]',
    'integration:',
    '  can_delegate_to: [writer]',
    'hierarchy: { reports_to: boss }',
    'unrelated: { reports_to: nobody-else }',
  );
  expect(relations(text, ['tester', 'writer', 'boss'])).toEqual([
    'delegates-to tester (exact)',
    'delegates-to writer (exact)',
    'reports-to boss (exact)',
  ]);
});

test('an item may hold its terms, a map its reasons, and a group its names', () => {
  const files = {
    'lead.md': header(
      'handoffs:',
      '  - { label: Write tests, agent: tester, prompt: Go on. }',
      'escalates_to: { boss: scope, architect: design }',
      'delegates_to:',
      '  writing: [writer]',
    ),
    'tester.md': '',
    'boss.md': '',
    'architect.md': '',
    'writer.md': '',
  };
  const found = recovered(files).relations;
  expect(found.map((relation) => said(relation, files))).toEqual([
    'lead.md:3:34 lead hands-off-to tester (exact, certain, key "handoffs")',
    'lead.md:4:17 lead escalates-to boss (exact, certain, key "escalates_to")',
    'lead.md:4:30 lead escalates-to architect (exact, certain, key "escalates_to")',
    'lead.md:6:13 lead delegates-to writer (exact, certain, key "delegates_to")',
  ]);
  expect(found.map(({ for: reason, group }) => reason ?? group)).toEqual(['Write tests', 'scope', 'design', 'writing']);
});

test('the comment beside a name says what for', () => {
  const text = header('escalation_to:', '  - architect  # For decisions that cut across', '  - boss');
  const files = { 'lead.md': text, 'architect.md': '', 'boss.md': '' };
  expect(recovered(files).relations.map(({ target, for: reason }) => [target, reason])).toEqual([
    ['architect', 'For decisions that cut across'],
    ['boss', undefined],
  ]);
});

test('tools of the form Agent(x) and Task(x) delegate; an agent named among the tools is only mentioned', () => {
  const files = {
    'lead.md': header('tools: Read, Agent(tester, writer), Task(boss), reviewer'),
    'tester.md': '',
    'writer.md': '',
    'boss.md': '',
    'reviewer.md': '',
  };
  const { relations: found, mentions } = recovered(files);
  expect(found.map((relation) => said(relation, files))).toEqual([
    'lead.md:2:8 lead delegates-to tester (exact, certain, tool "tools")',
    'lead.md:2:8 lead delegates-to writer (exact, certain, tool "tools")',
    'lead.md:2:8 lead delegates-to boss (exact, certain, tool "tools")',
  ]);
  expect(mentions.map(({ target, by }) => [target, by])).toEqual([['reviewer', 'key']]);
});

test('opencode says in permission.task whom an agent may call, and the last pattern counts', () => {
  const files = {
    'lead.md': header(
      'permission:',
      '  task:',
      '    "*": deny',
      '    "core/*": allow',
      '    tester: ask',
      '    boss: deny',
    ),
    'tester.md': '',
    'boss.md': '',
    'core/a.md': '',
    'core/b.md': '',
  };
  expect(recovered(files, 'opencode').relations.map(({ target, resolution }) => [target, resolution])).toEqual([
    ['core/*', { kind: 'pattern', ids: ['core/a', 'core/b'] }],
    ['tester', { kind: 'exact', id: 'tester' }],
  ]);
  const shadowed = { ...files, 'lead.md': header('permission:', '  task: { tester: allow, "*": deny }') };
  expect(recovered(shadowed, 'opencode').relations).toEqual([]);
});

test('what a file depends on delegates where it is an agent', () => {
  const text = header('dependencies:', '  - subagent:tester', '  - context:standards/code');
  expect(relations(text, ['tester'])).toEqual(['delegates-to tester (exact)']);
});

test('who may work at the same time is a mention', () => {
  const { relations: found, mentions } = recovered({
    'lead.md': header('parallel_compatible: [tester, nobody-known]'),
    'tester.md': '',
  });
  expect(found).toEqual([]);
  expect(mentions.map(({ target, by }) => [target, by])).toEqual([['tester', 'key']]);
});

test('keys that mean other things are no relations', () => {
  const text = header(
    'team: Payments',
    'manager: { memory: 2 }',
    'delegation: { max_depth: 3, timeout: tester }',
    'escalation: { after: 2d }',
    'name: lead',
    'category: tester',
  );
  expect(relations(text, ['tester'])).toEqual([]);
});

test('a name in a sentence below a key is the one that is called', () => {
  const text = header(
    'handoffs:',
    '  - Pass it on to @tester when the plan wants runs, with all notes.',
    '  - agent: kit.review',
    '    label: Review',
  );
  expect(relations(text, ['tester'])).toEqual([
    'hands-off-to tester (exact, likely)',
    'hands-off-to kit.review (dangling)',
  ]);
});

test('what is no name below a key is told as likely at most, and files are no agents', () => {
  const text = header('delegates_to: plan.md (tasks), lasting papers (needs), field-worker');
  expect(relations(text)).toEqual([
    'delegates-to lasting papers (dangling, likely)',
    'delegates-to field-worker (dangling)',
  ]);
  expect(relations(header('delegates_to: ["[[tester]]"]'), ['tester'])).toEqual(['delegates-to tester (exact)']);
});

import { expect, test } from 'vitest';
import { recovered } from './agents.ts';

test('the steps of an escalation protocol are read with who handles them', () => {
  const text = [
    '## Escalation Protocol',
    '',
    '**Level 1: Self-repair**',
    '- Typo → correct it',
    '',
    '### Level 2 - Peer help',
    '- Slow query: ask @data-keeper',
    '',
    '**Level 3: Strategic review**',
    '- **Action:** go to `boss`',
    '',
    '## Other',
    '**Level 4: not of it**',
  ].join('\n');
  const { ladders, relations } = recovered({ 'lead.md': text, 'boss.md': '' });
  expect(relations).toEqual([]);
  expect(
    ladders.map(({ source, steps }) => [
      source,
      steps.map(({ level, title, by, items }) => [level, title, by, items.map(({ text, targets }) => [text, targets])]),
    ]),
  ).toEqual([
    [
      'lead',
      [
        [1, 'Self-repair', 'self', [['Typo → correct it', []]]],
        [2, 'Peer help', 'peers', [['Slow query: ask @data-keeper', ['data-keeper']]]],
        [3, 'Strategic review', 'escalates-to', [['**Action:** go to `boss`', ['boss']]]],
      ],
    ],
  ]);
});

test('levels that are of something else are no ladder', () => {
  const text = '## Log levels\n\n**Level 1: Debug**\n- x\n\n**Level 2: Info**\n- y\n';
  expect(recovered({ 'lead.md': text }).ladders).toEqual([]);
});

test('the conditions of an escalation keep the words of their author', () => {
  const text = '**Escalate When**:\n- The budget is spent\n- Nobody answers\n\nText.\n- other\n';
  expect(
    recovered({ 'lead.md': text }).conditions.map(({ label, items }) => [label, items.map((item) => item.text)]),
  ).toEqual([['Escalate When', ['The budget is spent', 'Nobody answers']]]);
});

test('a label gives a rank', () => {
  const { levels } = recovered({ 'lead.md': '**Level:** 020-lead\n\nLevel of detail: high\n' });
  expect(levels.map(({ source, level, at }) => [source, level, at.span])).toEqual([['lead', '020-lead', [11, 19]]]);
});

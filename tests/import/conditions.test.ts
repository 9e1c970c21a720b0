import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Account } from '../../src/import/account.ts';
import { project, teamc } from '../cli/project.ts';

const CONDITIONS =
  '## When to Escalate\n\nEscalate if:\n- **The budget** is spent\n- Nobody answers\n- `miller` is away\n';

const PROTOCOL = `## Escalation Protocol

**Level 1: Self-repair**
- Typo → correct it

**Level 2: Strategic review**
- The plan fails → think again
- **Action:** Escalate to @boss
`;

/** What became of the escalation of an agent with this text: its edges, and what stayed text. */
async function escalation(body: string) {
  const agent = (name: string, text: string) => ({
    [`.claude/agents/${name}.md`]: `---\nname: ${name}\ndescription: Works.\ntools: Read\n---\n\n${text}\n`,
  });
  const folder = project({ ...agent('lead', body), ...agent('boss', 'Decide.'), ...agent('miller', 'Mill.') });
  const { stdout } = await teamc(folder, ['import', '.', '--format', 'json']);
  const { conditions } = JSON.parse(stdout) as Account;
  const [, header = ''] = /^---\n([\s\S]*?)---\n/.exec(readFileSync(join(folder, 'team/roles/lead.md'), 'utf8'))!;
  return {
    edges: (parse(header) as Record<string, unknown>)['escalates-to'],
    text: conditions.map(({ from, heading, items, file, line }) => `${file}:${line} ${from} "${heading}": ${items}`),
    told: (await teamc(folder, ['import', '.', '--force'])).stdout.match(/^ {2}\d+ lists? of conditions.*$/m)?.[0],
  };
}

test('conditions to escalate are of the only edge on which a role escalates', async () => {
  const { edges, text } = await escalation(`## Escalates to\n\n- \`boss\`\n\n${CONDITIONS}`);
  expect(edges).toEqual([{ role: 'boss', when: ['The budget is spent', 'Nobody answers'] }]);
  expect(text).toEqual(['.claude/agents/lead.md:13 lead "Escalate if": 1']);
});

test('an edge that holds under conditions holds for what the ladder sends up it too', async () => {
  expect((await escalation(`${PROTOCOL}\n${CONDITIONS}`)).edges).toEqual([
    { role: 'boss', when: ['The budget is spent', 'Nobody answers', 'The plan fails'] },
  ]);
});

test('a ladder alone puts no conditions on an edge, which is then for all that comes up', async () => {
  expect((await escalation(PROTOCOL)).edges).toEqual(['boss']);
});

test.each([
  ['nobody', ''],
  ['several', '## Escalates to\n\n- `boss`\n- `miller`\n\n'],
])('conditions of a role that escalates to %s stay text, and are told', async (_, section) => {
  const { edges, text, told } = await escalation(`${section}${CONDITIONS}`);
  expect(edges).toEqual(section === '' ? undefined : ['boss', 'miller']);
  expect(text).toEqual([expect.stringMatching(/lead "Escalate if": 3$/)]);
  expect(told).toMatch(
    /^ {2}1 list of conditions to escalate stays text, as it is not certain to whom: \.claude\/agents\/lead\.md:\d+$/,
  );
});

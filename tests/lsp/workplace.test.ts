import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Workplace } from '../../src/lsp/workplace.ts';
import { roleCard } from '../../src/report/role-card.ts';
import { lint } from '../../src/rules/lint.ts';
import type { LoadedTeam } from '../../src/team/read.ts';
import { project } from '../cli/project.ts';

const TEAM = `teamc: 1
name: shop
entry: lead
defaults: { tools: [read], instructions: Be kind. }
`;
const LEAD = {
  name: 'Lead',
  description: 'Leads the shop.',
  delegates: 'clerk',
  body: 'Ask `clerk` first.',
};
const CLERK = '---\nextends: base\nname: Clerk\n---\nTake orders.\n';
const BASE = '---\nabstract: true\ndescription: Works for the lead.\n---\nWrite it down.\n';

const written = ({ name, description, delegates, body }: typeof LEAD): string =>
  `---\nname: ${name}\ndescription: ${description}\ndelegates-to: ${delegates}\n---\n${body}\n`;

/** All that an editor can tell of a team. */
function told(loaded: LoadedTeam): unknown {
  const { team, documents } = loaded;
  const roles = [...team.roles.values(), ...team.abstract.values()];
  return {
    cards: roles.map((role) => roleCard({ role, team, documents, plans: [], sound: true }, { color: 0 })),
    fields: roles.map(({ id, fields }) => [id, fields]),
    findings: lint(loaded, { profile: 'strict' }),
    texts: [...documents.values()].map(({ path, text }) => [path, text]),
    references: team.references.map(({ kind, at }) => [kind, documents.get(at.file)?.range(at)]),
  };
}

const words = fc.constantFrom(
  'Leads.',
  'Leads all, `clerk` too.',
  '"Quoted: yes"',
  'Über 🦊 alles',
  "''",
  '[a, b',
  'clerk',
);

test('a team of which only words have changed says what it would say when read again', () => {
  const folder = project({
    'team.yaml': TEAM,
    'roles/lead.md': written(LEAD),
    'roles/clerk.md': CLERK,
    'roles/base.md': BASE,
  });
  const change = fc.oneof(
    fc
      .record({
        name: words,
        description: words,
        delegates: fc.constantFrom('clerk', 'clerc', '[clerk, base]'),
        body: words,
      })
      .map((lead): readonly [string, string] => ['roles/lead.md', written({ ...LEAD, ...lead })]),
    words.map((body): readonly [string, string] => ['roles/lead.md', written({ ...LEAD, body })]),
    words.map((text): readonly [string, string] => ['roles/base.md', BASE.replace('Works for the lead.', text)]),
    words.map((text): readonly [string, string] => ['roles/clerk.md', CLERK.replace('Take orders.', text)]),
    words.map((text): readonly [string, string] => ['team.yaml', TEAM.replace('Be kind.', text)]),
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(change, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 5 }),
      (rounds) => {
        const kept = new Workplace(folder);
        const texts = new Map<string, string>();
        kept.team('team.yaml');
        for (const round of rounds) {
          for (const [path, text] of round) {
            texts.set(path, text);
            kept.changed(path, text);
          }
          const fresh = new Workplace(folder);
          for (const [path, text] of texts) fresh.changed(path, text);
          expect(told(kept.team('team.yaml')!)).toEqual(told(fresh.team('team.yaml')!));
        }
      },
    ),
    { numRuns: 60 * Number(process.env['TEAMC_SOAK'] ?? 1) },
  );
});

test('while one types words into a role, no role is read anew', () => {
  const folder = project({
    'team.yaml': TEAM,
    'roles/lead.md': written(LEAD),
    'roles/clerk.md': CLERK,
    'roles/base.md': BASE,
  });
  const place = new Workplace(folder);
  const clerk = () => place.team('team.yaml')?.team.roles.get('clerk');
  const before = clerk();
  place.changed('roles/lead.md', written({ ...LEAD, body: 'Ask nobody.', description: 'Leads it.' }));
  expect(clerk()).toBe(before);
  place.changed('roles/lead.md', written({ ...LEAD, delegates: '[]' }));
  expect(clerk()).not.toBe(before);
});

test('agents that lie where their platform keeps them are no team that an editor is told of', () => {
  const agent = '---\nname: reviewer\ndescription: Reads.\n---\nRead.\n';
  const place = new Workplace(project({ '.claude/agents/reviewer.md': agent, 'README.md': '# Notes\n' }));
  expect(place.teamFile('.claude/agents/reviewer.md')).toBe(undefined);
  expect(place.team('README.md')).toBe(undefined);
});

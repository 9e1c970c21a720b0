import { sectionsOf } from '../target/sections.ts';
import type { Manifest } from '../target/target.ts';
import { listOf } from '../team/items.ts';
import type { Role } from '../team/team.ts';
import { platformsOf } from './platforms.ts';
import type { Rule, RuleContext } from './rule.ts';

/** A prompt that is too long costs with every request, crowds out the work, or is cut. */
export const promptTooLong: Rule = {
  id: 'prompt-too-long',
  summary: 'A prompt, or all descriptions together, take more than a budget or a platform allows.',
  severity: 'warning',

  check(context) {
    const { team, facts } = context;
    const budget = team.definition.lint?.budget ?? Number.POSITIVE_INFINITY;
    const platforms = platformsOf(context);
    const limited = platforms.filter(({ limits }) => limits?.['prompt-length'] !== undefined);
    if (budget !== Number.POSITIVE_INFINITY || limited.length > 0)
      for (const role of facts.roles) if (role.own) checkPrompt(role, budget, limited, context);
    for (const platform of platforms) checkDescriptions(platform, context);
  },
};

/** Tokens are estimated: nobody knows which model will read, and four characters a token is near enough for English. */
function tokens(characters: number): number {
  return Math.ceil(characters / 4);
}

const ESTIMATED = '(estimated, four characters each)';

interface Part {
  readonly title: string;
  readonly feature: string;
  readonly length: number;
}

function checkPrompt(role: Role, budget: number, limited: readonly Manifest[], context: RuleContext): void {
  const parts = partsOf(role, context);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const told = (message: string): void => {
    context.report({
      at: role.fields.instructions === undefined ? role.at : role.place('instructions'),
      role: role.id,
      message,
      related: largest(parts).map((part) => ({
        at: role.place(part.feature),
        message: `"${part.title}" takes about ${tokens(part.length)} of them`,
      })),
      help: 'Say it shorter, or put what is needed now and then into a file that the role "reads".',
    });
  };
  if (tokens(length) > budget)
    told(`The prompt of ${role.id} takes about ${tokens(length)} tokens ${ESTIMATED}; the budget is ${budget}.`);
  for (const { title, limits } of limited) {
    const most = limits!['prompt-length']!;
    if (length > most) told(`The prompt of ${role.id} has ${length} characters, and ${title} takes ${most}.`);
  }
}

/** The instructions, and the sections that say in words what the role says as data. */
function partsOf(role: Role, { team }: RuleContext): readonly Part[] {
  const sections = sectionsOf(role, team, ({ id }) => id).map(({ title, feature, lines }) => ({
    title,
    feature: String(feature).split('.', 1)[0]!,
    length: lines
      .flatMap((line) => (typeof line === 'string' ? [line] : [line.text, ...line.under]))
      .reduce((sum, line) => sum + line.length + '- \n'.length, `## ${title}\n\n`.length),
  }));
  const instructions = role.fields.instructions ?? '';
  return [{ title: 'instructions', feature: 'instructions', length: instructions.length }, ...sections];
}

/** The parts that it is worth looking at: the three longest of those that take a tenth or more. */
function largest(parts: readonly Part[]): readonly Part[] {
  const all = parts.reduce((sum, { length }) => sum + length, 0);
  return [...parts]
    .filter(({ length }) => length * 10 >= all)
    .sort((a, b) => b.length - a.length)
    .slice(0, 3);
}

function checkDescriptions({ title, limits }: Manifest, { facts, team, report }: RuleContext): void {
  const most = limits?.['descriptions-tokens'];
  if (most === undefined) return;
  const lengths = facts.roles.map((role) => ({ role, length: descriptionOf(role).length }));
  const all = tokens(lengths.reduce((sum, { length }) => sum + length, 0));
  if (all <= most) return;
  report({
    at: team.at,
    message: `The descriptions of all ${lengths.length} roles take about ${all} tokens ${ESTIMATED}; together ${title} takes ${most}.`,
    related: lengths
      .sort((a, b) => b.length - a.length)
      .slice(0, 3)
      .map(({ role, length }) => ({ at: role.place('description'), message: `about ${tokens(length)} of them` })),
    help: 'Descriptions are read whenever somebody chooses: one or two sentences are enough.',
  });
}

function descriptionOf({ fields }: Role): string {
  return [fields.description ?? '', ...listOf(fields['when-to-use'])].join(' ');
}

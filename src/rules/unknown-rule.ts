import { didYouMean } from '../text/did-you-mean.ts';
import { below, keyOf, type Place } from '../text/place.ts';
import type { Finding, Rule, RuleContext } from './rule.ts';
import { type Ignore, ownIgnores } from './suppress.ts';

/** A rule that is switched off under a wrong name goes on speaking, and one that is switched on stays silent. */
export const unknownRule: Rule = {
  id: 'unknown-rule',
  summary: 'A setting or an ignore names a rule that does not exist.',
  severity: 'error',
  reading: true,

  check(context) {
    const { team, loaded, ruleIds, report } = context;
    for (const name of Object.keys(team.definition.lint?.rules ?? {})) {
      if (ruleIds.includes(name) || name.startsWith('x-')) continue;
      const at = keyOf(below(team.at, 'lint', 'rules', name));
      report({
        at,
        message: `There is no rule "${name}".`,
        ...proposal(name, at, ruleIds, 'Every rule has a page in docs/rules; "teamc explain" lists them.'),
      });
    }
    for (const ignore of ownIgnores(loaded)) checkIgnore(ignore, context);
  },
};

/** What such a comment was to hide is told anyway, so that it weighs less. A comment is told once. */
function checkIgnore({ names }: Ignore, { ruleIds, report }: RuleContext): void {
  const unknown = names.filter(({ name }) => !ruleIds.includes(name));
  const [first] = unknown;
  if (!first) return;
  const { name, at } = first;
  const help = 'Name the rules, then say why after a colon: "# teamc-ignore no-tools: it only talks".';
  const several = unknown.map((one) => `"${one.name}"`).join(', ');
  report({
    at,
    severity: 'warning',
    message: unknown.length === 1 ? `There is no rule "${name}".` : `There are no rules ${several}.`,
    ...(unknown.length === 1 ? proposal(name, at, ruleIds, help) : { help }),
  });
}

function proposal(name: string, at: Place, ruleIds: readonly string[], help: string): Pick<Finding, 'help' | 'fix'> {
  const meant = didYouMean(name, ruleIds);
  if (meant === undefined) return { help };
  const edit = at.span ? { at, text: meant } : { at, value: meant };
  return {
    help: `Did you mean "${meant}"?`,
    fix: { title: `Write "${meant}"`, safety: 'unsafe', edits: [edit] },
  };
}

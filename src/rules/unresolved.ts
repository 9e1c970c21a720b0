import type { NameKind } from '../team/team.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Reports every name of one kind that leads nowhere, with the name that was probably meant. */
export function reportUnresolved(
  { team, report }: RuleContext,
  kind: NameKind,
  message: (name: string) => string,
  nothing: string,
): void {
  for (const { name, at, candidates, role, kind: found } of team.unresolved) {
    if (found !== kind) continue;
    const meant = didYouMean(name, candidates);
    report({
      at,
      message: message(name),
      ...(role ? { role: role.id } : {}),
      ...(meant
        ? {
            help: `Did you mean "${meant}"?`,
            fix: { title: `Write "${meant}"`, safety: 'unsafe', edits: [{ at, text: meant }] },
          }
        : { help: candidates.length > 0 ? `There are: ${shorten(candidates)}.` : nothing }),
    });
  }
}

/** The check of a rule that passes on what was found while the files were read. */
export function passOn(rule: Pick<Rule, 'id'>, { loaded, report }: RuleContext): void {
  for (const { rule: id, ...finding } of loaded.problems) if (id === rule.id) report(finding);
}

function shorten(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ');
}

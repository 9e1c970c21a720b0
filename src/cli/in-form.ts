import type { Target } from '../target/target.ts';
import { Unusable } from './unusable.ts';

/** The targets that have a form. One that was asked for by name and lacks it is a mistake. */
export function inForm(targets: readonly Target[], form: string, named: boolean): readonly Target[] {
  const having = targets.filter(({ manifest }) => Object.hasOwn(manifest.as ?? {}, form));
  const lacking = targets.find((target) => !having.includes(target));
  if (lacking && (named || having.length === 0))
    throw new Unusable(
      `${lacking.manifest.title} has no form "${form}"; Claude Code can be built as a plugin, or with --user.`,
    );
  return having;
}

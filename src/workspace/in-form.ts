import type { Target } from '../target/target.ts';

/** The targets that have a form; or one that lacks it, where it was asked for by name or no other has it. */
export function inForm(
  targets: readonly Target[],
  form: string,
  named: boolean,
): readonly Target[] | { readonly lacking: string } {
  const having = targets.filter(({ manifest }) => Object.hasOwn(manifest.as ?? {}, form));
  const lacking = targets.find((target) => !having.includes(target));
  return lacking && (named || having.length === 0) ? { lacking: lacking.manifest.title } : having;
}

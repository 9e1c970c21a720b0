import { builtinManifest } from '../target/builtin.ts';
import type { Manifest } from '../target/target.ts';
import type { RuleContext } from './rule.ts';

/** The platforms whose limits concern a team: those that were asked about, else those that the team file names. */
export function platformsOf({ targets, team }: RuleContext): readonly Manifest[] {
  const names = targets.length > 0 ? targets : Object.keys(team.definition.targets ?? {});
  return names.flatMap((name) => builtinManifest(name) ?? []);
}

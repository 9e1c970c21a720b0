import { builtinManifest, builtinTarget } from '../target/builtin.ts';
import type { Manifest, Target } from '../target/target.ts';
import type { RuleContext } from './rule.ts';

/** The platforms whose limits concern a team: those that were asked about, else those that the team file names. */
export function platformsOf({ targets, ownTargets, team }: RuleContext): readonly Manifest[] {
  const names = targets.length > 0 ? targets : Object.keys(team.definition.targets ?? {});
  return names.flatMap((name) => ownTargets.get(name)?.manifest ?? builtinManifest(name) ?? []);
}

/** A target by its name, of a person's own or one that teamc brings. */
export function targetNamed(name: string, { ownTargets }: RuleContext): Target {
  return ownTargets.get(name) ?? builtinTarget(name)!;
}

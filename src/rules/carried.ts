import { builtinManifest } from '../target/builtin.ts';
import { claimOf } from '../target/claims.ts';
import type { Feature } from '../target/features.ts';
import type { Fidelity } from '../target/target.ts';
import { enumerate } from '../text/enumerate.ts';
import { below, keyOf, type Place } from '../text/place.ts';
import type { RuleContext } from './rule.ts';
import { written } from './written.ts';

/** Features of roles that a platform carries equally badly, for one reason. */
export interface Carried {
  readonly target: string;
  readonly level: Fidelity['level'];
  readonly because: string;
  readonly said: readonly Fidelity[];
}

/** Gathers what is said of the team's own roles, one group for each reason. */
export function byReason(fidelity: readonly Fidelity[], { team }: RuleContext): readonly Carried[] {
  const groups = new Map<string, { target: string; level: Fidelity['level']; because: string; said: Fidelity[] }>();
  for (const one of fidelity) {
    if (!team.roles.get(one.role)?.own) continue;
    const { target, level, because = 'the platform has nothing like it' } = one;
    const key = JSON.stringify([target, level, because]);
    const group = groups.get(key);
    if (group) group.said.push(one);
    else groups.set(key, { target, level, because, said: [one] });
  }
  return [...groups.values()];
}

/**
 * Where a group of features is told. What holds for every role there is, and what is said in several places, is told where
 * the team file names the platform, so that it is told and ignored once; anything else where it is said.
 */
export function placeOf(group: Carried, { team, loaded, ownTargets }: RuleContext): Place {
  const { said, target } = group;
  const first = said[0]!.at;
  if (!isGeneral(group, ownTargets) && said.every(({ at }) => isSame(at, first))) return first;
  const named = below(team.at, 'targets', target);
  return written(loaded, named) === undefined ? team.at : keyOf(named);
}

/** Whether the reason is the one that the platform's manifest gives for any role. */
function isGeneral({ said, target, because }: Carried, own: RuleContext['ownTargets']): boolean {
  const manifest = own.get(target)?.manifest ?? builtinManifest(target);
  return said.every(({ feature }) => {
    const claim = manifest && !feature.startsWith('targets.') ? claimOf(manifest, feature as Feature) : 'lost';
    return typeof claim === 'object' && claim.because === because;
  });
}

/** Where the features of a group are said, each place once. */
export function placesOf({ said }: Carried, place: Place): readonly Fidelity[] {
  const seen = new Set([keyText(place)]);
  return said.filter(({ at }) => !seen.has(keyText(at)) && seen.add(keyText(at)));
}

function isSame(one: Place, other: Place): boolean {
  return keyText(one) === keyText(other);
}

function keyText({ file, pointer }: Place): string {
  return JSON.stringify([file, pointer]);
}

/** The roles of a group, in words: the first ones, and how many more there are. */
export function rolesOf({ said }: Carried): string {
  const roles = [...new Set(said.map(({ role }) => role))];
  return roles.length > 4 ? `${roles.slice(0, 3).join(', ')} and ${roles.length - 3} more` : enumerate(roles);
}

/** A reason as the end of a sentence. */
export function ending(because: string): string {
  return /^(?:[A-Z][a-z]+ [a-z]|An? )/.test(because) && !/^(?:Roo|Claude)/.test(because)
    ? because[0]!.toLowerCase() + because.slice(1)
    : because;
}

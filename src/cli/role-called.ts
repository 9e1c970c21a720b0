import { Names } from '../team/names.ts';
import type { Role, Team } from '../team/team.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { enumerate } from '../text/enumerate.ts';
import { Unusable } from './unusable.ts';

/** A role, abstract or not, by its id, an alias, or the last part of its id where that means one. */
export function roleCalled(name: string, { roles, abstract }: Team): Role {
  const names = new Names<Role>();
  for (const [id, role] of [...roles, ...abstract]) names.add(id, role.aliases, role);
  const found = names.find(name);
  if (found) return found.thing;
  const several = names.several(name);
  if (several.length > 0) throw new Unusable(`"${name}" could be ${enumerate(several)}; write the whole id.`);
  const meant = didYouMean(name, names.ids());
  const hint = meant === undefined ? `there are ${enumerate(names.ids())}.` : `did you mean "${meant}"?`;
  throw new Unusable(`There is no role "${name}"; ${names.ids().length === 0 ? 'the team has none.' : hint}`);
}

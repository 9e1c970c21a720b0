import type { Document } from '../document/document.ts';
import type { Role } from '../team/team.ts';
import type { RuleContext } from './rule.ts';

/** The team's own files as they are written. */
export function ownDocuments({ loaded }: RuleContext): readonly Document[] {
  return [...loaded.ownFiles].flatMap((path) => loaded.documents.get(path) ?? []);
}

/** The role that a file is about as a whole, if it is about one. */
export function rolesByFile({ team }: RuleContext): ReadonlyMap<string, Role> {
  const all = [...team.roles.values(), ...team.abstract.values()];
  return new Map(all.filter(({ at }) => at.pointer.length === 0).map((role) => [role.at.file, role]));
}

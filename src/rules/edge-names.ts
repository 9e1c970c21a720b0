import type { Edge, Reference } from '../team/team.ts';

/** Whom an edge leads to, in the author's own names. */
export function namesOf({ to }: Edge): string {
  const names = to.map(nameOf);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function nameOf(reference: Reference): string {
  switch (reference.kind) {
    case 'role':
      return reference.role.id;
    case 'person':
      return reference.person.id;
    case 'group':
      return `the group ${reference.group.id}`;
    case 'word':
      return reference.word;
    case 'unresolved':
      return reference.name;
  }
}

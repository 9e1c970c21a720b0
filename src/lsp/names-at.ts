import type { Document, Range } from '../document/document.ts';
import { mentionsOf } from '../team/mentions.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Reference, Role } from '../team/team.ts';
import { below, type Place } from '../text/place.ts';
import type { EditedFile } from './edited-file.ts';
import type { Name } from './names-for.ts';
import { nameOf, wordAt } from './word-at.ts';

/** The document in which a name is really written, and where. */
export interface Written {
  readonly document: Document;
  readonly range: Range;
}

/** A place where a role, a group or a person is named. */
interface Named extends Written {
  readonly reference: Reference;
}

/** The same word for all references to one thing. */
function meantBy(reference: Reference): string | undefined {
  if (reference.kind === 'role') return `role ${reference.role.id}`;
  if (reference.kind === 'group') return `group ${reference.group.id}`;
  return reference.kind === 'person' ? `person ${reference.person.id}` : undefined;
}

/** Every place of a team that names the same, each once: in data, and of a role in prose and comments too. */
export function placesOf(meant: Reference, loaded: LoadedTeam): readonly Written[] {
  const word = meantBy(meant);
  const named = loaded.team.references
    .filter((reference) => meantBy(reference) === word)
    .flatMap((reference) => written(reference, loaded) ?? []);
  const seen = new Set<string>();
  return [...named, ...(meant.kind === 'role' ? spoken(meant.role.id, loaded) : [])].filter(
    ({ document, range: [start] }) => {
      const key = `${start}:${document.path}`;
      return !seen.has(key) && seen.add(key);
    },
  );
}

/** Where prose and comments speak of a role. */
function spoken(id: string, { ownFiles, documents }: LoadedTeam): readonly Written[] {
  return [...ownFiles].flatMap((path) => {
    const document = documents.get(path);
    return document ? mentionsOf(document, id).map(({ span }) => ({ document, range: span! })) : [];
  });
}

function written(reference: Reference, { documents }: LoadedTeam): Named | undefined {
  const found = documents.get(reference.at.file)?.origin(reference.at);
  return (
    found && { reference, document: found.document, range: bare(found.document, found.document.range(found.place)) }
  );
}

/** A range without the quotes around it. */
function bare({ text }: Document, [start, end]: Range): Range {
  const quoted = end - start > 1 && /["']/.test(text[start]!) && text[start] === text[end - 1];
  return quoted ? [start + 1, end - 1] : [start, end];
}

/** What is named at an offset of a file: the innermost of the names around it. */
export function nameAt(loaded: LoadedTeam, path: string, offset: number): Named | undefined {
  return loaded.team.references
    .filter(({ at }) => at.file === path || loaded.documents.get(at.file)?.origin(at).document.path === path)
    .flatMap((reference) => written(reference, loaded) ?? [])
    .filter(({ document, range: [start, end] }) => document.path === path && start <= offset && offset <= end)
    .sort((one, other) => one.range[1] - one.range[0] - (other.range[1] - other.range[0]))
    .at(0);
}

/**
 * What a cursor is on: what is named there or, where nothing is, the role whose entry or file begins there: on the key
 * of a role in the team file, in the first line of a role's own file, and on what people call it.
 */
export function meantAt(loaded: LoadedTeam, file: EditedFile, offset: number): Meant | undefined {
  const { path } = file;
  const named = nameAt(loaded, path, offset);
  if (named) return named;
  const roles = [...loaded.team.roles.values(), ...loaded.team.abstract.values()];
  for (const role of roles.filter(({ at }) => at.file === path)) {
    if (isCalledAt(role, offset, loaded)) return { reference: itself(role) };
    const found = definitionOf(itself(role), loaded);
    if (!found || found.range[0] > offset || offset > found.range[1]) continue;
    // In a file of its own a role's id is the file's name, which stands nowhere in it.
    return role.at.pointer.length > 0
      ? { reference: itself(role), range: bare(found.document, found.range) }
      : { reference: itself(role) };
  }
  const word = wordAt(file, offset);
  const name = nameOf(file, word, loaded);
  const reference = name && referenceTo(name, loaded);
  return reference && { reference, range: word.range };
}

/** Whether the name that people call a role stands at an offset of its file. */
function isCalledAt({ at, fields }: Role, offset: number, { documents }: LoadedTeam): boolean {
  const document = documents.get(at.file);
  if (!document || fields.name === undefined) return false;
  const [start, end] = bare(document, document.range(below(at, 'name')));
  return start <= offset && offset <= end && document.text.slice(start, end) === fields.name;
}

/** What a cursor is on, and the name that it is on, if it is on one. */
export interface Meant {
  readonly reference: Reference;
  readonly range?: Range;
}

/** What a name leads to, where it is one of a role, a group or a person. */
function referenceTo({ name, kind }: Name, { team }: LoadedTeam): Reference | undefined {
  const role = kind === 'role' ? (team.roles.get(name) ?? team.abstract.get(name)) : undefined;
  if (role) return itself(role);
  const group = kind === 'group' ? team.groups.get(name) : undefined;
  if (group) return { kind: 'group', group, at: group.at };
  const person = kind === 'person' ? team.people.get(name) : undefined;
  return person && { kind: 'person', person, at: person.at };
}

/** Where what is named is defined: a role's file or entry, a group, a person. */
export function definitionOf(
  reference: Reference,
  { documents }: LoadedTeam,
): { readonly document: Document; readonly range: Range } | undefined {
  const at = placeOf(reference);
  const document = at && documents.get(at.file);
  if (!at || !document) return undefined;
  if (at.pointer.length > 0) return { document, range: document.range({ ...at, on: 'key' }) };
  const end = document.text.search(/\r?\n|$/);
  return { document, range: [0, end] };
}

function placeOf(reference: Reference): Place | undefined {
  if (reference.kind === 'role') return reference.role.at;
  if (reference.kind === 'group') return reference.group.at;
  return reference.kind === 'person' ? reference.person.at : undefined;
}

/** A role as its own name would lead to it. */
function itself(role: Role): Reference {
  return { kind: 'role', role, name: role.id, exact: true, at: role.at };
}

import type { Edit } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import { replacementsOf } from '../document/edit.ts';
import { Patch } from '../document/patch.ts';
import { keyOf, type Pointer } from '../text/place.ts';
import { mentionsOf } from './mentions.ts';
import type { LoadedTeam } from './read.ts';
import type { LoadedScenario } from './scenario-read.ts';
import type { Reference, Role } from './team.ts';

/** A file that gets another text, and perhaps another name. */
export interface Rewritten {
  readonly path: string;
  /** Where it goes, if its name changes. */
  readonly to?: string;
  readonly before: string;
  readonly after: string;
}

/** What another id of a role does to files. */
export interface Renaming {
  readonly files: readonly Rewritten[];
  /** How many places name the role as a reference or in a pattern of a tool that takes roles. */
  readonly references: number;
  /** How many places name it in prose or in a comment. */
  readonly mentions: number;
}

/** All that may name a role: its team, the team's scenarios, and other teams that use this one. */
export interface Neighborhood {
  readonly team: LoadedTeam;
  readonly scenarios: readonly LoadedScenario[];
  readonly around: readonly LoadedTeam[];
}

type RoleReference = Extract<Reference, { kind: 'role' }>;

/**
 * Gives a team's own role another id wherever it is named. Comments and layout stay; so do aliases, by which the role may
 * still be called. What can't be changed where it stands is left, so that a second look at the result has to tell whether
 * every name still leads where it led. Nothing is written here.
 */
export function renameRole({ team: loaded, scenarios, around }: Neighborhood, role: Role, id: string): Renaming {
  const patches = new Patches();
  const played = scenarios.flatMap(({ scenario, documents }) => documents.get(scenario.at.file) ?? []);
  const own = [...[...loaded.ownFiles].flatMap((path) => loaded.documents.get(path) ?? []), ...played];
  const byPath = new Map(own.map((document) => [document.path, document]));
  const groups = [
    { references: loaded.team.references, documents: loaded.documents },
    ...scenarios,
    ...around.map(({ team, documents }) => ({ references: team.references, documents })),
  ];
  const named = groups.flatMap(({ references, documents }) =>
    references
      .filter((reference): reference is RoleReference => isOf(reference, role))
      .filter((reference) => patches.make({ at: reference.at, value: calledNow(reference, role, id) }, documents)),
  );
  const patterns = own.flatMap((document) => patternsIn(document, role.id, id));
  const inPatterns = patterns.filter((edit) => patches.make(edit, byPath));
  if (role.at.pointer.length > 0) patches.make({ at: keyOf(role.at), value: id }, loaded.documents);
  const mentions = own.flatMap((document) => mentionsOf(document, role.id));
  const inProse = mentions.filter((at) => patches.make({ at, text: id }, byPath));
  return {
    files: patches.files(role, id, loaded.documents),
    references: named.length + inPatterns.length,
    mentions: inProse.length,
  };
}

/** Whether a reference leads to a role, by a name that changes with its id. */
function isOf(reference: Reference, { id, at }: Role): boolean {
  if (reference.kind !== 'role') return false;
  const { role, name } = reference;
  if (role.at.file !== at.file || role.at.pointer.join('/') !== at.pointer.join('/')) return false;
  return name === id || name.endsWith(`/${id}`) || (!role.aliases.includes(name) && id.endsWith(`/${name}`));
}

/** The new id as a reference must say it: behind the name that another team has for this one. */
function calledNow({ name }: RoleReference, role: Role, id: string): string {
  return name.endsWith(`/${role.id}`) ? name.slice(0, -role.id.length) + id : id;
}

/** The tools whose argument is a role. */
const TALK: ReadonlySet<string> = new Set(['delegate', 'switch-role']);

/** What a person reads, and where other rules hold. */
const TEXTS: ReadonlySet<string> = new Set(['instructions', 'because', 'instead', 'name', 'description']);

/** Patterns and grants of tools that take a role, and a platform's main role, where they name just this one. */
function patternsIn({ path, data }: Document, id: string, next: string): readonly Edit[] {
  const found: Edit[] = [];
  forTexts(data, [], false, (text, keys, talks) => {
    const isName = talks && text === id;
    const isGrant = text.endsWith(`:${id}`) && TALK.has(text.slice(0, -id.length - 1));
    if (isName || isGrant)
      found.push({ at: { file: path, pointer: [...keys] }, value: text.slice(0, -id.length) + next });
  });
  return found;
}

/** Visits the texts in data that no person reads; `talks` where they are what a tool that takes roles is called with. */
function forTexts(
  value: unknown,
  keys: (string | number)[],
  talks: boolean,
  visit: (text: string, keys: Pointer, talks: boolean) => void,
): void {
  if (typeof value === 'string') visit(value, keys, talks);
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    if (TEXTS.has(key)) continue;
    const isMain = key === 'main' && keys[0] === 'targets';
    keys.push(Array.isArray(value) ? Number(key) : key);
    forTexts((value as Readonly<Record<string, unknown>>)[key], keys, talks || isMain || TALK.has(key), visit);
    keys.pop();
  }
}

/** The changes of all files, each place once. */
class Patches {
  readonly #patches = new Map<string, Patch>();

  /** Makes an edit unless it is made already or can't be made; answers whether it was. */
  make(edit: Edit, documents: ReadonlyMap<string, Document>): boolean {
    const holder = documents.get(edit.at.file);
    const cuts = (holder && replacementsOf(edit, holder)) ?? [];
    const fresh = cuts.filter((cut) => {
      const patch = this.#patches.get(cut.document.path) ?? new Patch(cut.document.text);
      this.#patches.set(cut.document.path, patch);
      return !patch.has(cut) && patch.isFree(cut);
    });
    for (const cut of fresh) this.#patches.get(cut.document.path)!.add(cut);
    return fresh.length > 0;
  }

  /** The files that change; a role's own file comes first, and goes where the id says. */
  files({ at, id }: Role, next: string, documents: ReadonlyMap<string, Document>): readonly Rewritten[] {
    const path = at.pointer.length > 0 ? undefined : at.file;
    const rest = [...this.#patches]
      .filter(([file, patch]) => file !== path && patch.text() !== patch.before)
      .map(([file, patch]) => ({ path: file, before: patch.before, after: patch.text() }));
    if (path === undefined) return rest;
    const before = documents.get(path)?.text ?? '';
    const end = path.lastIndexOf('.');
    const to = path.slice(0, end - id.length) + next + path.slice(end);
    return [{ path, to, before, after: this.#patches.get(path)?.text() ?? before }, ...rest];
  }
}

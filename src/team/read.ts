import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import { expandIncludes } from '../document/includes.ts';
import type { RoleDefinition, TeamDefinition } from '../schema/generated/definitions.ts';
import { sound } from '../schema/sound.ts';
import { below, keyOf, type Place } from '../text/place.ts';
import type { Source } from '../text/source.ts';
import { link, type RoleSource, type TeamSource } from './link.ts';
import type { Ring, Team } from './team.ts';

/** The files of a project, wherever they come from: a disk, an editor, a test. Paths have forward slashes. */
export interface Files {
  /** The document at a path, or what kept it from being read. Nothing when there is no such file. */
  document(path: string): Document | Diagnostic | undefined;
  /** The same for a file whose root is a list, as includes are. */
  list(path: string): Document | Diagnostic | undefined;
  /** The paths of all role files below a team's folder, in order, with what was in the way of listing them. */
  roles(folder: string): { readonly paths: readonly string[]; readonly problems: readonly Diagnostic[] };
  /** The paths of the scenarios of a team's folder, in order; where that can be asked for. */
  scenarios?(folder: string): readonly string[];
  /** The team file of a folder or path, if there is one. */
  teamFile(path: string): string | undefined;
  /** A file's text as it stands, for files that are no documents of the language; where that can be asked for. */
  source?(path: string): Source | Diagnostic | undefined;
}

/** A team as it was found, with the documents that places refer to and everything that was wrong on the way. */
export interface LoadedTeam {
  readonly team: Team;
  /** All files that were read, those of used teams too, by path. */
  readonly documents: ReadonlyMap<string, Document>;
  readonly problems: readonly Diagnostic[];
  /** The files that belong to the team itself. */
  readonly ownFiles: ReadonlySet<string>;
  /** What is known of agents that are read where their platform keeps them, and are no team yet. */
  readonly inPlace?: InPlace;
}

/** Agents of a platform that are linted as they are. */
export interface InPlace {
  /** The target that writes such files. */
  readonly target: string;
  /** Where names stand that the text only probably says to be related, as `file:offset`. */
  readonly guesses: ReadonlySet<string>;
  /** The agents of whom each may be meant by a name that several answer to, by the place of the name, as `file:offset`. */
  readonly namesakes: ReadonlyMap<string, readonly string[]>;
}

/** Reads and links a team. Whatever is wrong with its files becomes a finding, never an exception. */
export function readTeam(path: string, files: Files): LoadedTeam {
  const reader = new Reader(files);
  const source = reader.team(path, []);
  const ownFiles = new Set(reader.ownFiles);
  return { team: link(source), documents: reader.documents, problems: reader.problems, ownFiles };
}

/** A team on the way down `uses`, and the place that leads on to the next. */
interface UseStep {
  readonly path: string;
  readonly name: string;
  readonly at: Place;
}

/** How ids of roles look: words with slashes between them. */
export const ROLE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]*(?:\/[A-Za-z0-9][A-Za-z0-9_-]*)*$/;
/** Words of the language that no role can be called. */
export const WORDS = ['self', 'peers', 'delegator'];

class Reader {
  readonly documents = new Map<string, Document>();
  readonly problems: Diagnostic[] = [];
  readonly ownFiles = new Set<string>();
  readonly #files: Files;

  constructor(files: Files) {
    this.#files = files;
  }

  team(path: string, trail: readonly UseStep[]): TeamSource {
    const at: Place = { file: path, pointer: [] };
    const own = trail.length === 0;
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
    const data = this.#read(path, folder, own);
    const definition = this.#sound('team', data, at) as unknown as TeamDefinition;
    const usesRings: Ring[] = [];
    return {
      at,
      folder: folder.slice(folder.lastIndexOf('/') + 1) || 'team',
      definition,
      roles: [...this.#inlineRoles(definition, at), ...this.#roleFiles(folder, own)],
      uses: this.#uses(definition, at, folder, trail, usesRings),
      usesRings,
    };
  }

  #inlineRoles(definition: TeamDefinition, at: Place): readonly RoleSource[] {
    return Object.entries(definition.roles ?? {}).flatMap(([id, fields]) => {
      const place = below(at, 'roles', id);
      return this.#idFits(id, keyOf(place)) ? [{ id, fields, at: place }] : [];
    });
  }

  #roleFiles(folder: string, own: boolean): readonly RoleSource[] {
    const { paths, problems } = this.#files.roles(folder);
    this.problems.push(...problems);
    const start = folder === '.' ? 'roles/' : `${folder}/roles/`;
    return paths.flatMap((path) => {
      const id = path.slice(start.length).replace(/\.(?:md|ya?ml)$/i, '');
      const at: Place = { file: path, pointer: [] };
      const data = this.#read(path, folder, own);
      // Somebody took it away since the folder was looked at.
      if (this.#files.document(path) === undefined) return [];
      // A file that can't be read is still a role: others may name it, and its own mistake is told once.
      return this.#idFits(id, at) ? [{ id, fields: this.#sound('role', data, at) as RoleDefinition, at }] : [];
    });
  }

  #read(path: string, folder: string, own: boolean): unknown {
    const found = this.#files.document(path);
    if (own) this.ownFiles.add(path);
    if (found === undefined || 'rule' in found) {
      if (found) this.problems.push(found);
      return undefined;
    }
    const expanded = expandIncludes(found, { root: folder, read: (file) => this.#files.list(file) });
    this.documents.set(path, expanded);
    for (const list of expanded.included) {
      this.documents.set(list.path, list);
      if (own) this.ownFiles.add(list.path);
      this.problems.push(...list.problems);
    }
    this.problems.push(...expanded.problems);
    return expanded.data;
  }

  #sound(name: 'team' | 'role', data: unknown, at: Place): Readonly<Record<string, unknown>> {
    if (data === undefined) return {};
    const { data: rest, problems } = sound(name, data, at);
    this.problems.push(...problems);
    return rest;
  }

  #idFits(id: string, at: Place): boolean {
    if (ROLE_ID.test(id) && !WORDS.includes(id)) return true;
    this.problems.push({
      rule: 'schema',
      severity: 'error',
      at,
      message: WORDS.includes(id)
        ? `"${id}" is a word of the language and can't be the id of a role.`
        : `"${id}" can't be the id of a role: use letters, digits, "-" and "_", with slashes between the parts.`,
      help: 'Give the role another id; what people call it belongs in "name".',
    });
    return false;
  }

  #uses(
    definition: TeamDefinition,
    at: Place,
    folder: string,
    trail: readonly UseStep[],
    rings: Ring[],
  ): ReadonlyMap<string, TeamSource> {
    const teams = new Map<string, TeamSource>();
    for (const [name, relative] of Object.entries(definition.uses ?? {})) {
      if (relative === undefined || name.startsWith('x-')) continue;
      const place = below(at, 'uses', name);
      const path = this.#files.teamFile(resolve(folder, relative));
      if (path === undefined) {
        const help = `The path starts at this file's folder${folder === '.' ? '' : `, ${folder}`}.`;
        this.#unknownTeam(place, `There is no team at "${relative}".`, help);
        continue;
      }
      const steps = [...trail, { path: at.file, name: definition.name ?? at.file, at: place }];
      const start = steps.findIndex((step) => step.path === path);
      if (start !== -1) rings.push(steps.slice(start));
      else this.#use(path, steps, (team) => teams.set(name, team));
    }
    return teams;
  }

  #use(path: string, steps: readonly UseStep[], add: (team: TeamSource) => void): void {
    const team = this.team(path, steps);
    const { at } = steps.at(-1)!;
    if (this.documents.get(path)?.data !== undefined) add(team);
    else this.#unknownTeam(at, `The team in ${path} can't be read.`, `Run "teamc lint ${path}" to see why.`);
  }

  #unknownTeam(at: Place, message: string, help: string): void {
    this.problems.push({ rule: 'unknown-team', severity: 'error', at, message, help });
  }
}

/** Joins a relative path to a folder, both with forward slashes. */
function resolve(folder: string, relative: string): string {
  const parts = relative.startsWith('/') ? [] : folder.split('/');
  for (const part of relative.split(/[\\/]/)) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..' && parts.at(-1) !== '.') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const path = parts.filter((part) => part !== '.').join('/');
  return (relative.startsWith('/') ? `/${path}` : path) || '.';
}

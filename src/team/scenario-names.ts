import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { enumerate } from '../text/enumerate.ts';
import type { Place } from '../text/place.ts';
import { wordsOf } from './condition.ts';
import { type Draft, Scope } from './scope.ts';
import type { NameKind, Person, Reference, Role, Team, Unresolved } from './team.ts';

/** Failure classes that the simulation itself knows. */
export const KNOWN_FAILURES = [
  'wrong-result',
  'timeout',
  'tool-error',
  'gate-failed',
  'refused',
  'unavailable',
  'no-route',
  'turn-limit',
  'utilization',
  'utilization-warning',
  'utilization-critical',
  'derailed',
] as const;

/** What a scenario may name: the team's names, and those of its own tasks. Whatever leads nowhere becomes a finding. */
export class ScenarioNames {
  readonly scope: Scope;
  readonly #team: Team;
  readonly #found: Unresolved[] = [];
  readonly #problems: Diagnostic[] = [];
  /** Every name that led to a role, a group or a person, with its place. */
  readonly references: Reference[] = [];
  #tasks: ReadonlySet<string> = new Set();
  #classes: ReadonlySet<string> = new Set();

  constructor(team: Team) {
    this.#team = team;
    this.scope = new Scope('', new Map(), team.people, team.levels, new Set(), {
      unresolved: this.#found,
      inexact: [],
      references: this.references,
    });
    // Linking has made each role from a draft; to be found by its names it needs nothing that the draft lost.
    for (const role of team.roles.values()) this.scope.add(role as Draft);
    for (const [id, group] of team.groups) this.scope.groups.set(id, group);
    this.#classes = new Set([...KNOWN_FAILURES, ...classesOf(team)]);
  }

  /** Adds the names that the scenario itself brings. */
  bring(tasks: readonly string[], classes: readonly string[]): void {
    this.#tasks = new Set(tasks);
    this.#classes = new Set([...this.#classes, ...classes]);
  }

  isTask(name: string): boolean {
    return this.#tasks.has(name);
  }

  role(name: string, at: Place): Role | undefined {
    const reference = this.scope.role(name, at);
    return reference.kind === 'role' ? reference.role : undefined;
  }

  /** A role or a person. */
  actor(name: string, at: Place): Role | Person | undefined {
    return this.#team.people.get(name) ?? this.role(name, at);
  }

  /** The roles that a name of a role or a group stands for. */
  roles(name: string, at: Place): readonly Role[] {
    const group = this.#team.groups.get(name);
    if (group) return group.members;
    const role = this.role(name, at);
    return role ? [role] : [];
  }

  /** The ids that a name in an event stands for, where some kinds of names are possible. */
  ids(name: string, kinds: readonly NameSet[], at: Place): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const kind of kinds) for (const id of this.#idsOf(name, kind)) ids.add(id);
    const found = kinds.includes('role') ? this.scope.find(name) : undefined;
    if (found) this.references.push({ kind: 'role', name, at, ...found });
    if (ids.size === 0)
      this.tell(
        at,
        `There is no ${enumerate(kinds.map((kind) => WORDING[kind])).replace(/ and ([^ ]+( [^ ]+)?)$/, ' or $1')} "${name}".`,
        this.#candidates(kinds),
        name,
      );
    return ids;
  }

  #idsOf(name: string, kind: NameSet): readonly string[] {
    if (kind !== 'role') return this.#namesOf(kind).includes(name) ? [name] : [];
    const group = this.#team.groups.get(name);
    const role = this.scope.find(name)?.role;
    return [...(group?.members ?? []).map(({ id }) => id), ...(role ? [role.id] : [])];
  }

  #namesOf(kind: NameSet): readonly string[] {
    const team = this.#team;
    switch (kind) {
      case 'role':
        return [...this.scope.names(), ...team.groups.keys()];
      case 'person':
        return [...team.people.keys()];
      case 'task':
        return [
          ...this.#tasks,
          ...[...team.roles.values()].flatMap(({ work }) =>
            work.examples.flatMap(({ tasks }) => tasks.flatMap(({ id }) => id ?? [])),
          ),
        ];
      case 'class':
        return [...this.#classes];
      case 'step':
        return [
          ...team.ladder.map(({ name, by }) => name ?? (typeof by === 'string' ? by : 'person')),
          'user',
          'utilization',
        ];
      case 'gate':
        return [...team.roles.values()].flatMap(({ fields }) => Object.keys(fields['quality-gates'] ?? {}));
    }
  }

  #candidates(kinds: readonly NameSet[]): readonly string[] {
    return [...new Set(kinds.flatMap((kind) => this.#namesOf(kind)))];
  }

  /** Tells of something that is wrong, with the name that was probably meant. */
  tell(at: Place, message: string, candidates: readonly string[] = [], name = ''): void {
    const meant = didYouMean(name, candidates);
    const help =
      meant !== undefined
        ? `Did you mean "${meant}"?`
        : candidates.length > 0
          ? `There are: ${enumerate(candidates)}.`
          : undefined;
    this.#problems.push({ rule: 'schema', severity: 'error', at, message, ...(help === undefined ? {} : { help }) });
  }

  /** Everything that was found wrong. */
  problems(): readonly Diagnostic[] {
    return [...this.#found.map(unresolvedProblem), ...this.#problems];
  }
}

/** The kinds of names that an event may hold. */
export type NameSet = 'role' | 'person' | 'task' | 'class' | 'step' | 'gate';

const WORDING: Readonly<Record<NameSet, string>> = {
  role: 'role',
  person: 'person',
  task: 'task',
  class: 'failure class',
  step: 'step of the ladder',
  gate: 'gate',
};

function classesOf(team: Team): readonly string[] {
  const climbing = team.edges.filter(({ type }) => type === 'escalates-to' || type === 'collaborates-with');
  return [...team.ladder.flatMap(({ when }) => when), ...climbing.flatMap(({ when }) => wordsOf(when))];
}

const NOUNS: Readonly<Partial<Record<NameKind, string>>> = { ambiguous: 'role', step: 'task' };

function unresolvedProblem({ kind, name, at, candidates }: Unresolved): Diagnostic {
  const noun = NOUNS[kind] ?? kind;
  const several = kind === 'ambiguous';
  const meant = several ? undefined : didYouMean(name, candidates);
  const help = meant !== undefined ? `Did you mean "${meant}"?` : `There are: ${enumerate(candidates)}.`;
  return {
    rule: `unknown-${kind === 'ambiguous' ? 'role' : kind}`,
    severity: 'error',
    at,
    message: several ? `Several roles could be meant by "${name}".` : `There is no ${noun} "${name}".`,
    ...(candidates.length > 0 ? { help } : {}),
  };
}

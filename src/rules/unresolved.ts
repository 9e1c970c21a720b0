import type { Fix } from '../diagnostic/diagnostic.ts';
import type { InPlace, LoadedTeam } from '../team/read.ts';
import type { NameKind, Unresolved } from '../team/team.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { enumerate } from '../text/enumerate.ts';
import { below, type Place } from '../text/place.ts';
import type { Finding, Rule, RuleContext } from './rule.ts';
import { isUnreadable, written } from './written.ts';

/** How a rule speaks of names of one kind. */
export interface Wording {
  readonly message: (name: string, found: Unresolved) => string;
  /** What to do where there is nothing to choose from. */
  readonly nothing: string;
  /** What to do where that is known better than from a similar name. */
  readonly hint?: (name: string, found: Unresolved) => string | undefined;
  /** The name that is meant, where that is known better than from its letters. */
  readonly meant?: (name: string) => string | undefined;
}

/** For how many names of one kind a similar one is looked for: each search reads all names of the team. */
const MOST_GUESSES = 100;

/** Reports every name of one kind that leads nowhere, with the name that was probably meant. */
export function reportUnresolved({ team, loaded, report }: RuleContext, kind: NameKind, wording: Wording): void {
  const excused = excuse(kind, loaded);
  let guesses = 0;
  for (const found of team.unresolved) {
    const { name, role } = found;
    if (found.kind !== kind || excused(name)) continue;
    const at = itemAt(found, loaded);
    const several = placeIn(at, loaded, (place, { namesakes }) => namesakes.get(place));
    const advice = several ? 'Write the whole id of the one that is meant.' : wording.hint?.(name, found);
    report({
      at,
      message: several ? `"${name}" could be ${enumerate(several)}.` : wording.message(name, found),
      ...(role ? { role: role.id } : {}),
      ...(isGuess(at, loaded) ? { severity: 'warning' as const } : {}),
      ...(advice === undefined ? proposal(found, at, wording, loaded, ++guesses <= MOST_GUESSES) : { help: advice }),
    });
  }
}

/** Whether only the look of a text says that a name is related at all: a sentence weighs less than a key. */
function isGuess(at: Place, loaded: LoadedTeam): boolean {
  return placeIn(at, loaded, (place, { guesses }) => guesses.has(place)) === true;
}

/** What is known of a place in a platform's own file. */
function placeIn<T>(
  at: Place,
  { documents, inPlace }: LoadedTeam,
  known: (place: string, inPlace: InPlace) => T,
): T | undefined {
  const start = inPlace && documents.get(at.file)?.range(at)[0];
  return inPlace && start !== undefined ? known(`${at.file}:${start}`, inPlace) : undefined;
}

/** The name that was probably meant, or else what there is to choose from. */
function proposal(
  { name, kind, candidates, role }: Unresolved,
  at: Place,
  wording: Wording,
  loaded: LoadedTeam,
  guess: boolean,
): Partial<Finding> {
  // A role that names another never means itself.
  const others = kind === 'role' && guess ? candidates.filter((id) => id !== role?.id) : candidates;
  const meant = wording.meant?.(name) ?? (guess ? didYouMean(name, others) : undefined);
  if (meant !== undefined) return { help: `Did you mean "${meant}"?`, fix: renaming(at, name, meant, loaded) };
  return { help: candidates.length > 0 ? `There are: ${shorten(candidates)}.` : wording.nothing };
}

/** The check of a rule that passes on what was found while the files were read. */
export function passOn(rule: Pick<Rule, 'id'>, { loaded, report }: RuleContext): void {
  for (const { rule: id, ...finding } of loaded.problems) if (id === rule.id) report(finding);
}

/** Writes another name in the place of one, and keeps what stands behind it, as in `tool:pattern`. */
function renaming(at: Place, name: string, meant: string, loaded: LoadedTeam): Fix {
  const text = at.on === 'key' ? at.pointer.at(-1) : written(loaded, at);
  const rest = typeof text === 'string' && text.startsWith(name) ? text.slice(name.length) : '';
  return { title: `Write "${meant}"`, safety: 'unsafe', edits: [{ at, value: meant + rest }] };
}

/** The item of a list that holds the name, where only the list is known. */
function itemAt({ at, name }: Unresolved, loaded: LoadedTeam): Place {
  const value = at.on === 'key' ? undefined : written(loaded, at);
  return Array.isArray(value) && value.includes(name) ? below(at, value.indexOf(name)) : at;
}

/** Where the team file declares the names of a kind. */
const SECTIONS: Readonly<Partial<Record<NameKind, keyof LoadedTeam['team']['definition']>>> = {
  role: 'roles',
  group: 'groups',
  person: 'people',
  tool: 'tool-groups',
  model: 'models',
  level: 'levels',
  permissions: 'permissions',
};

/**
 * Tells the names that may well exist: they are declared where something could not be read. That mistake is told
 * already, and what follows from it is none of its own.
 */
function excuse(kind: NameKind, loaded: LoadedTeam): (name: string) => boolean {
  const { at, definition } = loaded.team;
  if (kind === 'step') return () => false;
  if (isUnreadable(loaded, at.file)) return () => true;
  if (kind === 'gate') {
    const hidden = [...loaded.ownFiles].some((file) => isUnreadable(loaded, file));
    return () => hidden;
  }
  const section = SECTIONS[kind];
  if (section === undefined) return () => false;
  const declared = written(loaded, below(at, section));
  const misspelt =
    declared === undefined &&
    namesIn(written(loaded, at)).some((key) => !(key in definition) && didYouMean(key, [section]));
  const readable = new Set(namesIn(definition[section]));
  const all = new Set(namesIn(declared));
  const misshaped = declared !== undefined && (typeof declared !== 'object' || declared === null);
  return (name) => misspelt || misshaped || (all.has(name) && !readable.has(name));
}

function namesIn(section: unknown): readonly string[] {
  if (Array.isArray(section)) return section.filter((name) => typeof name === 'string');
  return typeof section === 'object' && section !== null ? Object.keys(section) : [];
}

function shorten(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ');
}

import { expandIncludes } from '../document/includes.ts';
import { sound } from '../schema/sound.ts';
import type { Files, LoadedTeam } from './read.ts';
import type { Role } from './team.ts';

/** The fields that are words for people and models: no name in them is linked. */
const WORDS: readonly string[] = ['name', 'description', 'when-to-use', 'instructions'];

/**
 * A team in which a role file has other words since it was read, and nothing else: as it would be read again, in a
 * hundredth of the time. Undefined where more has changed, or might have. The team that is given is used up, as its roles
 * are taken over.
 */
export function reword(loaded: LoadedTeam, path: string, files: Files): LoadedTeam | undefined {
  const before = loaded.documents.get(path);
  const found = files.document(path);
  const role = roleIn(path, loaded);
  if (!before || !found || 'rule' in found || !role || isBase(role, loaded)) return undefined;
  const root = loaded.team.at.file.includes('/') ? loaded.team.at.file.replace(/\/[^/]*$/, '') : '.';
  const now = expandIncludes(found, { root, read: (file) => files.list(file) });
  if (now.included.length > 0 || now.problems.length > 0 || before.problems.length > 0) return undefined;
  const [old, fresh] = [before.data, now.data].map((data) => sound('role', data, { file: path, pointer: [] }));
  if (!old || !fresh || old.problems.length > 0 || fresh.problems.length > 0) return undefined;
  const words = wordsBetween(old.data, fresh.data, role);
  if (!words) return undefined;
  Object.assign(role, { fields: { ...role.fields, ...words } });
  return { ...loaded, team: { ...loaded.team }, documents: new Map(loaded.documents).set(path, now) };
}

function roleIn(path: string, { team }: LoadedTeam): Role | undefined {
  const isHere = ({ at }: Role): boolean => at.file === path && at.pointer.length === 0;
  return [...team.roles.values()].find(isHere) ?? [...team.abstract.values()].find(isHere);
}

function isBase({ id }: Role, { team }: LoadedTeam): boolean {
  const from = (role: Role): boolean => role.bases.includes(id);
  return [...team.roles.values()].some(from) || [...team.abstract.values()].some(from);
}

/** The words that a file has now, as the role's fields hold them; undefined where anything else differs. */
function wordsBetween(
  old: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
  { fields }: Role,
): Readonly<Record<string, unknown>> | undefined {
  if (Object.keys(old).join() !== Object.keys(now).join()) return undefined;
  const held = fields as Readonly<Record<string, unknown>>;
  const words: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(now)) {
    if (JSON.stringify(value) === JSON.stringify(old[key])) continue;
    const word = WORDS.includes(key) ? reworded(key, held[key], old[key], value) : undefined;
    if (word === undefined) return undefined;
    words[key] = word;
  }
  return words;
}

/** What a field holds once it is said otherwise: a base's instructions go before a role's own. */
function reworded(key: string, held: unknown, old: unknown, now: unknown): unknown {
  if (key !== 'instructions') return held === old && typeof now === 'string' ? now : undefined;
  if (typeof held !== 'string' || typeof old !== 'string' || typeof now !== 'string') return undefined;
  const [was, is] = [old.trim(), now.trim()];
  return was !== '' && is !== '' && held.endsWith(was) ? held.slice(0, -was.length) + is : undefined;
}

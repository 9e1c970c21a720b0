import type { Side } from '../analysis/compare-teams.ts';
import { teamSide } from '../analysis/team-side.ts';
import { BUILTIN, builtinTarget } from '../target/builtin.ts';
import type { Target } from '../target/target.ts';
import { targetSide } from '../target/target-side.ts';
import type { LoadedTeam } from '../team/read.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { enumerate } from '../text/enumerate.ts';
import type { Disk } from '../workspace/disk.ts';
import { openRevision } from '../workspace/revision.ts';
import { Trouble } from '../workspace/trouble.ts';
import { oneTeam, soundTeam } from './one-team.ts';
import { Unusable } from './unusable.ts';

/** A side of a comparison as it was named on the command line, loaded. */
export interface NamedSide {
  readonly name: string;
  readonly loaded: LoadedTeam;
  readonly side: Side;
  /** The revision that the team's files come from. */
  readonly revision?: string;
}

/** What a name of a side says: a path, in a revision or on the disk, and a target. */
export interface SideName {
  readonly path: string;
  readonly revision?: string;
  readonly target?: Target;
}

/** Reads `PATH`, `REV:PATH`, and either with `@TARGET` or `@ideal` behind it. */
export function sideName(name: string, exists: (path: string) => boolean): SideName {
  if (exists(name)) return { path: name };
  const { rest, target } = withoutTarget(name, exists);
  const [, revision, path] = /^((?:[^:{]|\{[^}]*\})+):(.*)$/s.exec(rest) ?? [];
  const drive = /^[A-Za-z]:[\\/]/.test(rest);
  const place =
    revision === undefined || path === undefined || drive || exists(rest) ? { path: rest } : { path, revision };
  return { ...place, ...(target ? { target } : {}) };
}

/** Loads both sides; a team that both name is read once. */
export function loadSides(names: readonly [string, string], disk: Disk, cwd: string): readonly [NamedSide, NamedSide] {
  const known = new Map<string, LoadedTeam>();
  const load = (name: string): NamedSide => {
    const { path, revision, target } = sideName(name, (given) => disk.exists(disk.path(given)));
    const key = JSON.stringify([path, revision]);
    const loaded =
      known.get(key) ?? (revision === undefined ? oneTeam(disk, path || undefined) : teamAt(cwd, revision, path));
    known.set(key, loaded);
    const side = target ? targetSide(loaded.team, target) : teamSide(loaded.team);
    return { name, loaded, side, ...(revision === undefined ? {} : { revision }) };
  };
  return [load(names[0]), load(names[1])];
}

function withoutTarget(
  name: string,
  exists: (path: string) => boolean,
): { readonly rest: string; readonly target?: Target } {
  const at = name.lastIndexOf('@');
  const word = name.slice(at + 1);
  if (at === -1 || /[:{}/\\]/.test(word)) return { rest: name };
  const rest = name.slice(0, at);
  const target = builtinTarget(word);
  if (word === 'ideal' || target) return { rest, ...(target ? { target } : {}) };
  if (rest !== '' && !rest.includes(':') && !exists(rest)) return { rest: name };
  const words = ['ideal', ...BUILTIN.map((one) => one.name)];
  const meant = didYouMean(word, words);
  throw new Unusable(
    `There is no target "${word}"; ${meant === undefined ? `there are ${enumerate(words)}.` : `did you mean "${meant}"?`}`,
  );
}

/** The team at a path of a git revision, as git writes paths. */
export function teamAt(cwd: string, name: string, path: string): LoadedTeam {
  try {
    const revision = openRevision(cwd, name);
    const file = revision.teamFile(revision.path(path));
    if (file === undefined)
      throw new Unusable(
        `There is no team at "${path || '.'}" in "${name}"; paths start at the root of the repository.`,
      );
    return soundTeam(file, revision, `${name}:${path}`);
  } catch (error) {
    if (error instanceof Trouble) throw new Unusable(error.message);
    throw error;
  }
}

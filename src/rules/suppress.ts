import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import { linesOf, locatePlace } from '../document/position.ts';
import { type Suppression, suppressions } from '../document/suppressions.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Place } from '../text/place.ts';

/** A `teamc-ignore` comment of a team. */
export interface Ignore extends Suppression {
  /** Its line, without the line break. */
  readonly at: Place;
  /** The rules as they are named, each with its place; none where all are meant. */
  readonly names: readonly Named[];
}

/** A rule that a comment names. */
export interface Named {
  readonly name: string;
  readonly at: Place;
}

/** A rule that a comment names in vain: it ran and found nothing on that line. */
export interface Idle {
  readonly ignore: Ignore;
  readonly named: Named;
}

/** The `teamc-ignore` comments of a team, and what they cover. */
export interface Suppressions {
  covers(diagnostic: Diagnostic): boolean;
  /** Comments that do not say why. */
  readonly withoutReason: readonly Place[];
  /** What is named in vain in the team's own files, of the rules that can be judged by what `covers` was asked so far. */
  idle(isJudged: (rule: string) => boolean): readonly Idle[];
}

/** Collects the comments of a team's own files, once somebody asks. */
export function suppressionsOf(loaded: LoadedTeam): Suppressions {
  let known: readonly Ignore[] | undefined;
  const ignores = (): readonly Ignore[] => {
    known ??= ownIgnores(loaded);
    return known;
  };
  const above = lookingUp(loaded, ignores);
  const used = new Map<Ignore, Set<string>>();
  return {
    covers({ at, rule }) {
      const covering = above(at).filter(({ rules }) => rules === 'all' || rules.includes(rule));
      for (const ignore of covering) used.set(ignore, (used.get(ignore) ?? new Set()).add(rule));
      return covering.length > 0;
    },
    get withoutReason() {
      return ignores()
        .filter(({ why }) => why === '')
        .map(({ at }) => at);
    },
    idle: (isJudged) =>
      ignores().flatMap((ignore) =>
        ignore.names
          .filter(({ name }) => isJudged(name) && !used.get(ignore)?.has(name))
          .map((named) => ({ ignore, named })),
      ),
  };
}

/** Answers the comments that are about the line of a place. */
function lookingUp(loaded: LoadedTeam, ignores: () => readonly Ignore[]): (at: Place) => readonly Ignore[] {
  let byLine: ReadonlyMap<string, readonly Ignore[]> | undefined;
  return (at) => {
    if (ignores().length === 0) return [];
    byLine ??= grouped(ignores());
    const { file, line } = locatePlace(at, loaded.documents);
    return byLine.get(`${line} ${file}`) ?? [];
  };
}

/** Comments by the line that they are about. */
function grouped(ignores: readonly Ignore[]): ReadonlyMap<string, readonly Ignore[]> {
  const groups = new Map<string, Ignore[]>();
  for (const ignore of ignores) {
    const key = `${ignore.appliesTo} ${ignore.at.file}`;
    groups.set(key, [...(groups.get(key) ?? []), ignore]);
  }
  return groups;
}

/** The comments in a team's own files. */
export function ownIgnores({ documents, ownFiles }: LoadedTeam): readonly Ignore[] {
  return [...documents.values()]
    .filter(({ path, text }) => ownFiles.has(path) && text.includes('teamc-ignore'))
    .flatMap(ignoresIn);
}

function ignoresIn(document: Document): readonly Ignore[] {
  return suppressions(document).map((suppression) => {
    const start = linesOf(document).start(suppression.line);
    const text = /[^\r\n]*/.exec(document.text.slice(start))?.[0] ?? '';
    const place = (from: number, to: number): Place => ({
      file: document.path,
      pointer: [],
      span: [start + from, start + to],
    });
    const list = /teamc-ignore\b([^:]*?)(?::|-->|$)/d.exec(text);
    const [from, to] = list?.indices?.[1] ?? [0, 0];
    const names = [...text.slice(from, to).matchAll(/[^\s,]+/g)].map(({ 0: name, index }) => ({
      name,
      at: place(from + index, from + index + name.length),
    }));
    return { ...suppression, at: place(0, text.length), names: suppression.rules === 'all' ? [] : names };
  });
}

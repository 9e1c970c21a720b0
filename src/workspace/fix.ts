import type { Diagnostic, Fix } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import { applyFixes, type FixedText } from '../document/edit.ts';
import { locatePlace } from '../document/position.ts';
import type { FixedFinding, LintedTeam } from '../report/result.ts';
import type { Files } from '../team/read.ts';
import { Disk } from './disk.ts';
import { replaceFile } from './fix-write.ts';
import { overlay } from './overlay.ts';

/** How often teams are looked at again: what one fix uncovers, the next round may fix. */
const MOST_ROUNDS = 10;

/** What came of fixing teams. */
export interface Fixing {
  /** The teams as they are now. */
  readonly teams: readonly LintedTeam[];
  readonly fixed: readonly FixedFinding[];
  /** What kept files from being written, a sentence for each. */
  readonly troubles: readonly string[];
}

/**
 * Fixes what is found, round after round until nothing is left that can be: first in memory, then each file is written
 * once, as a whole. `look` lints the teams in the files that it is given.
 */
export function fixTeams(disk: Disk, look: Look, safeties: ReadonlySet<Fix['safety']>): Fixing {
  const { texts, teams, done } = fixInMemory(disk, look, safeties);
  const failed = new Map<string, string>();
  for (const [path, { before, after }] of texts) {
    const why = before === after ? undefined : replaceFile(disk.full(path), disk.full('.'), before, after);
    if (why !== undefined) failed.set(path, `"${path}" was left as it is: ${why}.`);
  }
  return {
    teams: failed.size === 0 ? teams : look(new Disk(disk.full('.'))),
    fixed: done.filter(({ files }) => !files.some((file) => failed.has(file))).map(({ finding }) => finding),
    troubles: [...failed.values()],
  };
}

/** Lints the teams in some files. */
export type Look = (files: Files) => readonly LintedTeam[];

/** What is to become of files, and what was found in them before and is found then. */
export interface FixedInMemory {
  readonly texts: ReadonlyMap<string, FixedText>;
  readonly teams: readonly LintedTeam[];
  /** What was fixed, with the files that it changes. */
  readonly done: readonly { readonly finding: FixedFinding; readonly files: readonly string[] }[];
}

/** The same without a disk: nothing is written. */
export function fixInMemory(files: Files, look: Look, safeties: ReadonlySet<Fix['safety']>): FixedInMemory {
  const texts = new Map<string, FixedText>();
  const done: FixedInMemory['done'][number][] = [];
  let teams = look(files);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const made = fixRound(teams, safeties, texts);
    if (made.length === 0) break;
    done.push(...made);
    teams = look(overlay(files, new Map([...texts].map(([path, { after }]) => [path, after]))));
  }
  return { texts, teams, done };
}

/** Makes the fixes of one round; the files get their new texts. */
function fixRound(
  teams: readonly LintedTeam[],
  safeties: ReadonlySet<Fix['safety']>,
  texts: Map<string, FixedText>,
): FixedInMemory['done'] {
  const wanted = teams.flatMap(({ loaded: { documents }, diagnostics }) =>
    diagnostics.flatMap((diagnostic) =>
      diagnostic.fix && safeties.has(diagnostic.fix.safety) ? [{ diagnostic, fix: diagnostic.fix, documents }] : [],
    ),
  );
  const { texts: changed, made } = applyFixes(wanted);
  for (const [path, { before, after }] of changed)
    texts.set(path, { before: texts.get(path)?.before ?? before, after });
  return made
    .filter(({ files }) => files.some((file) => changed.has(file)))
    .map(({ item: { diagnostic, documents }, files }) => ({ finding: fixedOf(diagnostic, documents), files }));
}

function fixedOf(diagnostic: Diagnostic, documents: ReadonlyMap<string, Document>): FixedFinding {
  const { file, line, column } = locatePlace(diagnostic.at, documents);
  return { diagnostic, file, line, column };
}

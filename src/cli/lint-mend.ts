import type { Fix } from '../diagnostic/diagnostic.ts';
import type { FixedFinding, LintedTeam } from '../report/result.ts';
import { count } from '../report/summary.ts';
import type { Files } from '../team/read.ts';
import { type Baseline, type Recorded, readBaseline, type Sifted } from '../workspace/baseline.ts';
import type { DiscoveredTeam } from '../workspace/discover.ts';
import type { Disk } from '../workspace/disk.ts';
import { fixTeams } from '../workspace/fix.ts';
import { lintTeams, type RuleChoices } from './lint-teams.ts';
import { Unusable } from './unusable.ts';

/** What the command line says of findings besides telling them. */
export interface MendOptions {
  readonly fix?: true;
  readonly fixUnsafe?: true;
  readonly baseline?: string;
  readonly updateBaseline?: true;
}

/** What is left to tell. */
export interface Mended {
  readonly teams: readonly LintedTeam[];
  /** What was fixed, if anything was to be. */
  readonly fixed?: readonly FixedFinding[];
  /** What people should know besides, a sentence each. */
  readonly notes: readonly string[];
  /** What went wrong, a sentence each. */
  readonly troubles: readonly string[];
}

/** Lints teams, fixes what may be fixed, and leaves out what a baseline records or, if it is to be updated, records it. `files` stands
 * for the disk where an editor has a newer text. */
export function lintAndMend(
  disk: Disk,
  teams: readonly DiscoveredTeam[],
  choices: RuleChoices,
  options: MendOptions,
  files: Files = disk,
): Mended {
  const { baseline: path, updateBaseline: update } = options;
  if (update && path === undefined) throw new Unusable('--update-baseline needs --baseline FILE, which says where.');
  const baseline = path === undefined ? undefined : open(disk, path, update === true);
  // A baseline records whole teams, whatever part of them was named.
  const asked: readonly DiscoveredTeam[] = update ? teams.map(({ only: _, ...team }) => team) : teams;
  let sifted: Sifted | undefined;
  const look = (files: Files): readonly LintedTeam[] => {
    const found = lintTeams(files, asked, choices);
    sifted = update ? undefined : baseline?.sift(found);
    return sifted?.teams ?? found;
  };
  const fixing = fix(disk, look, options, files);
  if (!baseline || path === undefined) return { ...fixing, notes: [] };
  if (update) return { ...fixing, ...record(disk, path, baseline.updated(fixing.teams), fixing.teams) };
  const whole = asked.every(({ only }) => only === undefined);
  return { ...fixing, notes: remarks(path, sifted?.held ?? 0, whole ? (sifted?.gone ?? []) : []) };
}

function fix(
  disk: Disk,
  look: (files: Files) => readonly LintedTeam[],
  options: MendOptions,
  files: Files,
): Omit<Mended, 'notes'> {
  if (!options.fix && !options.fixUnsafe) return { teams: look(files), troubles: [] };
  const safeties: readonly Fix['safety'][] = options.fixUnsafe ? ['safe', 'unsafe'] : ['safe'];
  return fixTeams(disk, look, new Set(safeties));
}

/** Opens a baseline. One that is missing is no empty one: in a build server that would pass whatever is found. */
function open(disk: Disk, path: string, update: boolean): Baseline {
  if (!update && !disk.exists(path))
    throw new Unusable(`There is no baseline "${path}"; --update-baseline records today's findings in it.`);
  const baseline = readBaseline(disk, path);
  if ('because' in baseline) throw new Unusable(`The baseline "${path}" can't be used: it ${baseline.because}.`);
  return baseline;
}

function record(
  disk: Disk,
  path: string,
  updated: Baseline,
  teams: readonly LintedTeam[],
): Pick<Mended, 'teams' | 'notes'> {
  const failure = disk.write(path, updated.text());
  if (failure !== undefined) throw new Unusable(`The baseline can't be written to "${path}": it ${failure}.`);
  return {
    teams: updated.sift(teams).teams,
    notes: [`${count(updated.size, 'finding')} recorded in "${path}".`],
  };
}

function remarks(path: string, held: number, gone: readonly Recorded[]): readonly string[] {
  const number = gone.reduce((sum, entry) => sum + entry.count, 0);
  const [first] = gone;
  return [
    ...(held > 0 ? [`${count(held, 'finding')} not shown, as "${path}" records ${held === 1 ? 'it' : 'them'}.`] : []),
    ...(first
      ? [
          `${count(number, 'finding')} recorded in "${path}" ${number === 1 ? 'is' : 'are'} gone, such as ${first.rule} in "${first.file}"; --update-baseline takes ${number === 1 ? 'it' : 'them'} out.`,
        ]
      : []),
  ];
}

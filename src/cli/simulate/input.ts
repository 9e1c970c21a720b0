import { BUILTIN, builtinTarget } from '../../target/builtin.ts';
import type { Target } from '../../target/target.ts';
import type { LoadedTeam } from '../../team/read.ts';
import { bareScenario, type Scenario } from '../../team/scenario.ts';
import { type LoadedScenario, readScenario } from '../../team/scenario-read.ts';
import { digest } from '../../workspace/digest.ts';
import { discoverTeams } from '../../workspace/discover.ts';
import type { Disk } from '../../workspace/disk.ts';
import { instead } from '../choice.ts';
import { oneTeam } from '../one-team.ts';
import { Unusable } from '../unusable.ts';

/** Something to play: a scenario's file, or a request for a team. */
export interface Played {
  readonly team: LoadedTeam;
  readonly scenario: Scenario;
  readonly documents: LoadedScenario['documents'];
  readonly problems: LoadedScenario['problems'];
  readonly path?: string;
}

/** What the arguments name: scenario files, or a team and a request in words. */
export function playsOf(disk: Disk, words: readonly string[]): readonly Played[] {
  if (words.length === 0) throw new Unusable(`Say what is asked, as in ${EXAMPLE}, or name a scenario.`);
  const scenarios = words.filter((word) => isScenario(disk, word));
  if (scenarios.length === words.length) return scenarios.map((path) => scenarioAt(disk, disk.path(path)));
  const missing = words.find((word) => /\.ya?ml$/i.test(word) && !disk.exists(disk.path(word)));
  if (missing !== undefined) throw new Unusable(`There is nothing at "${missing}"; name a scenario that exists.`);
  if (scenarios.length > 0)
    throw new Unusable('Scenarios bring their own requests; name scenarios only, or a team and a request.');
  return [requestOf(disk, words)];
}

const EXAMPLE = '`teamc simulate teams/shop "Add a login"`';

function requestOf(disk: Disk, words: readonly string[]): Played {
  const [first = '', second, ...more] = words;
  if (more.length > 0) throw new Unusable(`The request is one argument: put it in quotes, as in ${EXAMPLE}.`);
  const text = second ?? first;
  if (second === undefined && disk.exists(disk.path(first)))
    throw new Unusable(`Say what "${first}" is asked, as in ${EXAMPLE}.`);
  if (text.trim() === '') throw new Unusable(`The request is empty; say what is asked, as in ${EXAMPLE}.`);
  const team = oneTeam(disk, second === undefined ? undefined : first);
  return { team, scenario: bareScenario(text), documents: team.documents, problems: [] };
}

/** Whether an argument is a file with a request in it, or one that was meant to be. */
export function isScenario(disk: Disk, word: string): boolean {
  const path = disk.path(word);
  if (disk.kind(path) !== 'file') return false;
  const found = disk.document(path);
  if (!found || 'rule' in found) return true;
  return !disk.isTeamFile(path) || /(?:^|\/)scenarios\//.test(path);
}

/** A scenario belongs to the team that it names, else to the nearest one above its file. */
function scenarioAt(disk: Disk, path: string): Played {
  const team = oneTeam(disk, teamPathOf(disk, path));
  const { scenario, documents, problems } = readScenario(path, disk, team);
  return { team, scenario, documents, problems, path };
}

function teamPathOf(disk: Disk, path: string): string {
  const found = disk.document(path);
  const data = found && !('rule' in found) ? (found.data as { readonly team?: unknown } | undefined) : undefined;
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
  if (typeof data?.team === 'string') return disk.path(disk.inside(folder, `${folder}/${data.team}`));
  // A folder of scenarios holds no team of its own, however broken one of them may be.
  const home = /(?:^|\/)scenarios$/.test(folder) ? folder.replace(/\/?scenarios$/, '') || '.' : path;
  const [above] = discoverTeams(disk, [home]).teams;
  if (!above)
    throw new Unusable(`There is no team in or above "${path}"; say "team:" in the scenario, or put it below a team.`);
  return above.path;
}

/** A target by its name; nothing for the team's own meaning. */
export function targetNamed(name: string | undefined): Target | undefined {
  if (name === undefined || name === 'ideal') return undefined;
  const target = builtinTarget(name);
  if (target) return target;
  throw new Unusable(`There is no target "${name}"; ${instead(name, ['ideal', ...BUILTIN.map((each) => each.name)])}`);
}

/** Names the content of all files that some plays are made of: plays of other content have another name. */
export function sourcesOf(plays: readonly Played[]): string {
  const files = new Map(plays.flatMap(({ team, documents }) => [...team.documents, ...documents]));
  const texts = [...files].map(([path, { text }]) => [path, text] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return digest(JSON.stringify(texts));
}

import type { LintedTeam } from '../report/result.ts';
import { lint } from '../rules/lint.ts';
import { type Files, type LoadedTeam, readTeam } from '../team/read.ts';
import { reword } from '../team/reword.ts';
import { withScenarios } from '../team/with-scenarios.ts';
import { discoverTeams } from '../workspace/discover.ts';
import { Disk } from '../workspace/disk.ts';
import { overlay } from '../workspace/overlay.ts';
import type { Project } from '../workspace/plan-rename.ts';

/**
 * The teams in a folder that an editor shows. A team is read when it is first asked about and kept until `changed` or
 * `refresh` says that a file has another text.
 */
export class Workplace {
  readonly #disk: Disk;
  readonly #teamFiles = new Map<string, string | undefined>();
  readonly #teams = new Map<string, LoadedTeam>();
  /** The teams as they were when they were last asked for. */
  readonly #before = new Map<string, LoadedTeam>();
  /** By team file, the files that have another text since then; `all` where that is not known. */
  readonly #since = new Map<string, Set<string> | 'all'>();
  /** What is open in the editor, which goes before what the disk holds. */
  readonly #texts = new Map<string, string>();
  #files: Files;

  constructor(folder: string) {
    this.#disk = new Disk(folder);
    this.#files = this.#disk;
  }

  /** The files as the editor sees them. */
  get project(): Project {
    return { disk: this.#disk, files: this.#files };
  }

  /** A file's path as teams write it, from its path on the disk. */
  path(full: string): string {
    return this.#disk.path(full);
  }

  /** The path on the disk of a file that a team names. */
  full(path: string): string {
    return this.#disk.full(path);
  }

  /** An open file has another text. */
  changed(path: string, text: string | undefined): void {
    if (text === undefined) this.#texts.delete(path);
    else this.#texts.set(path, text);
    this.#files = overlay(this.#disk, this.#texts);
    this.#teams.clear();
    for (const team of this.#before.keys()) {
      const since = this.#since.get(team) ?? new Set();
      if (since !== 'all') this.#since.set(team, since.add(path));
    }
  }

  /** Files may have changed, come or gone on the disk. */
  refresh(): void {
    this.#disk.refresh();
    this.#teamFiles.clear();
    this.#teams.clear();
    for (const team of this.#before.keys()) this.#since.set(team, 'all');
  }

  /** The team file of the team that a file belongs to. */
  teamFile(path: string): string | undefined {
    if (!this.#teamFiles.has(path)) {
      // Agents that a platform keeps have no team file that anything could be answered from.
      const team = discoverTeams(this.#disk, [path]).teams.find(({ project }) => project === undefined);
      this.#teamFiles.set(path, team?.path);
    }
    return this.#teamFiles.get(path);
  }

  /** The team that a file belongs to. */
  team(path: string): LoadedTeam | undefined {
    const file = this.teamFile(path);
    if (file === undefined) return undefined;
    return this.#keep(file, this.#teams.get(file) ?? this.#reworded(file) ?? readTeam(file, this.#files));
  }

  #keep(file: string, team: LoadedTeam): LoadedTeam {
    this.#teams.set(file, team);
    this.#before.set(file, team);
    this.#since.delete(file);
    return team;
  }

  /** The team as it was, where since then only words have changed. */
  #reworded(file: string): LoadedTeam | undefined {
    const since = this.#since.get(file);
    let team = this.#before.get(file);
    if (since === undefined || since === 'all') return undefined;
    for (const path of since) team = team && reword(team, path, this.#files);
    return team;
  }

  /** The same, perhaps as it was before the last change: at once, for what changes little while one types. */
  lately(path: string): LoadedTeam | undefined {
    return this.#before.get(this.teamFile(path) ?? '') ?? this.team(path);
  }

  /** The same with everything that is wrong with it. */
  linted(path: string): LintedTeam | undefined {
    const loaded = this.team(path);
    if (!loaded) return undefined;
    const whole = withScenarios(loaded, this.#files);
    return { loaded: whole, path: loaded.team.at.file, diagnostics: lint(whole) };
  }
}

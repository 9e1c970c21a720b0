import { pathToFileURL } from 'node:url';
import { type Finding, findingsOf } from './findings.ts';
import { Workplace } from './workplace.ts';

/** What has changed since the last time, and the teams to check now. */
export interface CheckRequest {
  /** The folder that paths begin at. */
  readonly root: string;
  /** The texts of files that were opened, changed or, without a text, closed in the editor. */
  readonly changes: readonly (readonly [path: string, text: string | undefined])[];
  /** Whether files may have changed on the disk. */
  readonly refresh: boolean;
  /** The team files of the teams. */
  readonly teams: readonly string[];
}

/** A team, and what an editor shows of it; plain data, as it comes from another thread. */
export interface CheckedTeam {
  readonly team: string;
  readonly findings: readonly Finding[];
}

/** Checks teams, wherever that is done. */
export type Check = (request: CheckRequest) => Promise<readonly CheckedTeam[]>;

/** Starts with nothing known; each answer keeps what it read for the next. */
export function checking(): (request: CheckRequest) => readonly CheckedTeam[] {
  let workplace: Workplace | undefined;
  let folder: string | undefined;
  return ({ root, changes, refresh, teams }) => {
    if (!workplace || folder !== root) workplace = new Workplace(root);
    const place = workplace;
    folder = root;
    if (refresh) place.refresh();
    for (const [path, text] of changes) place.changed(path, text);
    const uri = (path: string): string => pathToFileURL(place.full(path)).href;
    return teams.flatMap((team) => {
      const linted = place.linted(team);
      return linted ? [{ team, findings: findingsOf(linted, uri) }] : [];
    });
  };
}

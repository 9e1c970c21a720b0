import { readTeam } from '../../team/read.ts';
import { enumerate } from '../../text/enumerate.ts';
import { manifestsIn } from '../../workspace/build.ts';
import { discoverTeams } from '../../workspace/discover.ts';
import type { Disk } from '../../workspace/disk.ts';
import type { Output } from '../../workspace/output.ts';
import { Unusable } from '../unusable.ts';

/** A team by its name, and the team file that it was built from. */
export interface ToClean {
  readonly team: string;
  readonly source: string;
}

/**
 * The team whose files are to go. What was written is known from the manifests, so that a team that is broken or gone can
 * be taken out too: it is known by its team file, or else as the only one.
 */
export function whatToClean(output: Output, path: string | undefined, disk: Disk): ToClean {
  const known = manifestsIn(output);
  const found = discoverTeams(disk, path === undefined ? [] : [path]).teams;
  // Files of a platform that are read in place are what is to go, and no team of their own.
  const teams = found.filter(({ project }) => project === undefined);
  const asked =
    path === undefined ? teams.map((team) => team.path) : [...teams.map((team) => team.path), disk.path(path)];
  const built = known.filter(({ source }) => asked.some((at) => source === at || source.startsWith(`${at}/`)));
  if (built.length === 1) return built[0]!;
  const [only] = teams;
  if (built.length === 0 && only && teams.length === 1) {
    const { team } = readTeam(only.path, disk);
    return known.find((manifest) => manifest.team === team.name) ?? { team: team.name, source: only.path };
  }
  if (path === undefined && teams.length === 0 && known.length === 1) return known[0]!;
  const names = enumerate((built.length > 0 ? built : known).map(({ source }) => source));
  if (known.length === 0) throw new Unusable(`Nothing in "${output.show('')}" is teamc's.`);
  throw new Unusable(`It can't be told whose files are to go; name one of the teams that were built here: ${names}.`);
}

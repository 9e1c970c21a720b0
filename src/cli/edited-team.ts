import { buffer } from 'node:stream/consumers';
import { decode } from '../document/decode.ts';
import type { Files } from '../team/read.ts';
import { type Discovered, discoverTeams } from '../workspace/discover.ts';
import type { Disk } from '../workspace/disk.ts';
import { overlay } from '../workspace/overlay.ts';
import type { Io } from './io.ts';
import { Unusable } from './unusable.ts';

/** The team of a file that comes from stdin, and files in which it has that text; it need not be on the disk yet. */
export async function editedTeam(
  file: string,
  { stdin }: Io,
  disk: Disk,
): Promise<{ readonly teams: Discovered['teams']; readonly files: Files }> {
  const path = disk.path(file);
  const decoded = decode(path, stdin ? await buffer(stdin as AsyncIterable<Uint8Array>) : Buffer.alloc(0));
  if ('problem' in decoded) throw new Unusable(`${path}: ${decoded.problem.message}`);
  const teams = teamsOf(path, disk);
  if (teams.length === 0)
    throw new Unusable(`There is no team in or above "${file}"; a team begins with a file "team.yaml".`);
  return { teams, files: overlay(disk, new Map([[path, decoded.source.text]])) };
}

/** The team that a file belongs to, found by the nearest folder above it that is there. */
function teamsOf(path: string, disk: Disk): Discovered['teams'] {
  if (disk.exists(path)) return discoverTeams(disk, [path]).teams;
  if (/(?:^|\/)team\.ya?ml$/i.test(path)) return [{ path }];
  let folder = disk.path(`${path}/..`);
  while (disk.kind(folder) !== 'folder') folder = disk.path(`${folder}/..`);
  const own = disk.teamFile(folder);
  const team = own ?? discoverTeams(disk, [folder]).teams[0]?.path;
  return team === undefined ? [] : [{ path: team, only: [disk.inside(disk.path(`${team}/..`), path)] }];
}

import { homedir } from 'node:os';
import { Command } from 'commander';
import { type ClientCheck, prettyCheckup, type Touched } from '../../report/checkup.ts';
import { BUILTIN, builtinTarget } from '../../target/builtin.ts';
import { compile } from '../../target/compile.ts';
import type { Target } from '../../target/target.ts';
import { readTeam } from '../../team/read.ts';
import type { Team } from '../../team/team.ts';
import { manifestsIn } from '../../workspace/build.ts';
import { clientOnPath, compareVersions, extensionInEditors, type FoundClient } from '../../workspace/clients.ts';
import { discoverTeams } from '../../workspace/discover.ts';
import type { Disk } from '../../workspace/disk.ts';
import { Output } from '../../workspace/output.ts';
import { packageVersion } from '../../workspace/package.ts';
import { choice } from '../choice.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { usable } from '../usable.ts';

const AFTER = `
What teamc says of a platform was checked with one version of it. The clients are looked for on the PATH and among the
extensions of editors, and asked for their version with --version; nothing is sent anywhere. Between another version and
the verified one the changes are told that a team may notice, with the roles that they touch.

The exit code is 1 when such a change touches a role of a team that is built here for that client, and else 0, also when
nothing is installed.

Examples:
  teamc doctor
  teamc doctor --out dist      for teams that were built into another folder
  teamc doctor --format json   for programs`;

interface Options {
  readonly out: string;
  readonly format: 'pretty' | 'json';
}

/** `teamc doctor`: the clients on this computer against the versions that were verified. */
export function doctorCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('doctor')
    .description('the clients on this computer against the versions that were verified')
    .option('-o, --out <dir>', 'the folder that teams were built into', '.')
    .addOption(choice('-f, --format <format>', 'how to report', ['pretty', 'json']).default('pretty'))
    .addHelpText('after', AFTER)
    .action(async (options: Options, command: Command) => {
      const { disk, style } = globalsOf(command, io);
      const teams = await usable(async () => teamsHere(disk, options.out));
      const targets = BUILTIN.map(({ name }) => builtinTarget(name)!);
      const checks = await Promise.all(targets.map((target) => check(target, teams, io)));
      if (options.format === 'json')
        io.stdout.write(
          `${JSON.stringify({ version: 1, teamc: packageVersion(), node: process.versions.node, clients: checks }, undefined, 2)}\n`,
        );
      else
        io.stdout.write(`teamc ${packageVersion()}, Node ${process.versions.node}\n\n${prettyCheckup(checks, style)}`);
      exit(checks.some(isTouched) ? EXIT.finding : EXIT.fine);
    });
}

/** A team, and the targets that it was built for here; undefined is all that it names. */
interface TeamHere {
  readonly team: Team;
  readonly builtFor: ReadonlySet<string>;
}

function isTouched({ built, changes }: ClientCheck): boolean {
  return changes.some(({ teams }) => teams.some(({ team }) => built.includes(team)));
}

/** The teams that were built into a folder and, if there are none, those that are here. */
function teamsHere(disk: Disk, out: string): readonly TeamHere[] {
  const built = manifestsIn(new Output(disk.full(disk.path(out)), out))
    .filter(({ source }) => disk.kind(source) === 'file')
    .map(({ source, files }) => ({
      team: readTeam(source, disk).team,
      builtFor: new Set([...files.values()].map(({ target }) => target)),
    }));
  if (built.length > 0) return built;
  const { teams } = discoverTeams(disk, []);
  return teams
    .filter(({ project }) => project === undefined)
    .map(({ path }) => ({ team: readTeam(path, disk).team, builtFor: new Set<string>() }));
}

async function check({ manifest, ...target }: Target, teams: readonly TeamHere[], { env }: Io): Promise<ClientCheck> {
  const { client = {}, verified, title } = manifest;
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir();
  const found =
    (client.command === undefined ? undefined : await clientOnPath(client.command, env)) ??
    extensionInEditors(client.extensions ?? [], home);
  const is = standing(found, verified);
  const between = is === 'older' || is === 'newer' ? changesBetween(manifest, found!.version!, verified) : [];
  const built = teams.filter(({ builtFor }) => builtFor.has(manifest.target));
  return {
    target: manifest.target,
    title,
    verified,
    path: found?.path,
    found: found?.version,
    is,
    built: built.map(({ team }) => team.name),
    changes: between.map((change) => touched(change, { manifest, ...target }, built.length > 0 ? built : teams)),
  };
}

function standing(found: FoundClient | undefined, verified: string): ClientCheck['is'] {
  if (!found) return 'missing';
  if (found.version === undefined || !/^\d+\.\d+\.\d+$/.test(verified)) return 'unknown';
  const order = compareVersions(found.version, verified);
  return order === 0 ? 'verified' : order < 0 ? 'older' : 'newer';
}

type Change = NonNullable<Target['manifest']['changes']>[number];

/** What changed after the older of two versions, up to the newer one. */
function changesBetween({ changes = [] }: Target['manifest'], one: string, other: string): readonly Change[] {
  const [older, newer] = compareVersions(one, other) < 0 ? [one, other] : [other, one];
  return changes.filter(({ version }) => compareVersions(version, older) > 0 && compareVersions(version, newer) <= 0);
}

/** The roles of each team that have a feature which a change concerns. */
function touched({ version, what, concerns }: Change, target: Target, teams: readonly TeamHere[]): Touched {
  const has = (feature: string): boolean => concerns.some((each) => feature === each || feature.startsWith(`${each}.`));
  const hit = teams.map(({ team }) => {
    const rows = compile(team, target).fidelity.filter(({ feature }) => has(feature));
    return { team: team.name, roles: [...new Set(rows.map(({ role }) => role))] };
  });
  return { version, what, teams: hit.filter(({ roles }) => roles.length > 0) };
}

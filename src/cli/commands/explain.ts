import { Command } from 'commander';
import { roleCard } from '../../report/role-card.ts';
import { rulePageText } from '../../report/rule-page.ts';
import { visible } from '../../report/visible.ts';
import { rules } from '../../rules/generated/rules.ts';
import { compile } from '../../target/compile.ts';
import { targetsOf } from '../../target/enforcement.ts';
import type { Role, Team } from '../../team/team.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { enumerate } from '../../text/enumerate.ts';
import { discoverTeams } from '../../workspace/discover.ts';
import { rulePage } from '../../workspace/package.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { readOneTeam, unsoundness } from '../one-team.ts';
import { Unusable } from '../unusable.ts';

const AFTER = `
A lint rule's name prints its page: what it finds, why, and what it allows. A role's name prints all that holds for the
role: each field with the line it comes from, its tools and rules in the order of reading, who hands it work and whom it
reaches, and what each platform makes of it. While the team has errors, what they leave open is left out.

Examples:
  teamc explain delegation-cycle
  teamc explain backend-lead
  teamc explain backend-lead --team teams/delivery-squad`;

/** `teamc explain`: a lint rule's page, or all that holds for a role. */
export function explainCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('explain')
    .description("a lint rule's page, or all that holds for a role")
    .argument('<name>', 'a lint rule or a role')
    .option('-t, --team <path>', 'the team (default: the one in this folder or above it)')
    .addHelpText('after', AFTER)
    .action((name: string, options: { readonly team?: string }, command: Command) => {
      io.stdout.write(explained(name, options.team, globalsOf(command, io), io));
      exit(EXIT.fine);
    });
}

function explained(name: string, path: string | undefined, { disk, style }: Globals, { stderr }: Io): string {
  const page = rules.some(({ id }) => id === name) ? rulePage(name) : undefined;
  if (page !== undefined) return rulePageText(page, style);
  if (path === undefined && discoverTeams(disk, []).teams.length === 0) throw new Unusable(unknown(name, []));
  const { loaded, file } = readOneTeam(disk, path);
  const { team, documents } = loaded;
  const role = named(team, name);
  if (!role) throw new Unusable(unknown(name, [...team.roles.keys()]));
  const unsound = unsoundness(loaded, file);
  if (unsound !== undefined) stderr.write(`${visible(`teamc: ${unsound}`)}\n`);
  const plans = unsound === undefined ? targetsOf(team).map((target) => compile(team, target)) : [];
  return roleCard({ role, team, documents, plans, sound: unsound === undefined }, style);
}

/** A role by its id, an alias, or the last part of its id. */
function named(team: Team, name: string): Role | undefined {
  const roles = [...team.roles.values()];
  const others = roles.filter(({ id, aliases }) => aliases.includes(name) || id.endsWith(`/${name}`));
  return team.roles.get(name) ?? (others.length === 1 ? others[0] : undefined);
}

function unknown(name: string, roles: readonly string[]): string {
  const meant = didYouMean(name, [...roles, ...rules.map(({ id }) => id)]);
  const none = `There is no rule${roles.length > 0 ? ' and no role' : ''} "${name}"`;
  if (meant) return `${none}; did you mean "${meant}"?`;
  return roles.length > 0
    ? `${none}; roles are ${enumerate(roles)}.`
    : `${none}, and no team here that could have such a role.`;
}

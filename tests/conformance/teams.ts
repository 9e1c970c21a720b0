import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtinTarget } from '../../src/target/builtin.ts';
import { compile } from '../../src/target/compile.ts';
import type { Claim, Level, Plan } from '../../src/target/target.ts';
import { readTeam } from '../../src/team/read.ts';
import type { Role, Team } from '../../src/team/team.ts';
import type { Tool } from '../../src/team/tools.ts';
import { Disk } from '../../src/workspace/disk.ts';
import { folder, gitInit, writeFiles } from './scratch.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** A team compiled for one target, its files written to a repository of their own. */
export interface Built {
  readonly team: Team;
  readonly plan: Plan;
  readonly folder: string;
  /** The team's only entry, which platforms start with. */
  readonly entry: Role | undefined;
}

/** The teams that teamc ships. */
export function shippedTeams(): readonly Team[] {
  const disk = new Disk(PROJECT);
  return readdirSync(`${PROJECT}teams`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const { team, problems } = readTeam(`teams/${name}/team.yaml`, disk);
      if (problems.length > 0) throw new Error(`teams/${name}: ${problems[0]!.message}`);
      return team;
    });
}

/** Compiles a team for a target and writes what comes out. */
export function built(team: Team, target: string): Built {
  const plan = compile(team, builtinTarget(target)!);
  if (plan.problems.length > 0) throw new Error(`${team.name} for ${target}: ${plan.problems[0]!.message}`);
  const root = folder(`${target}-${team.name}`);
  gitInit(root);
  writeFiles(root, plan.files);
  return { team, plan, folder: root, entry: team.entries.length === 1 ? team.entries[0] : undefined };
}

/** What a plan claims for a role's calls of a tool: of its rules where it has any, else of having it at all. */
export function claimFor(plan: Plan, role: Role, tool: Tool): Claim {
  const own = plan.fidelity.filter((said) => said.role === role.id);
  const features = tool === 'delegate' ? ['permissions.delegate', 'delegates-to'] : [`permissions.${tool}`, 'tools'];
  const found = features.flatMap((feature) => own.find((said) => said.feature === feature) ?? []);
  return found[0] ?? { level: 'native' satisfies Level };
}

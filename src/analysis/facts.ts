import type { ToolPolicy } from '../team/policy.ts';
import type { EdgeType, Role, Team } from '../team/team.ts';
import { type Authority, authorityOf } from './authority.ts';
import { climbsOf } from './climbs.ts';
import { type DeadEnd, deadEnds } from './dead-ends.ts';
import { entered } from './entering.ts';
import { type Escalation, escalationOf } from './escalation.ts';
import { type EscalationCycle, escalationCycles } from './escalation-cycles.ts';
import { shortestCycles } from './graph/shortest-cycles.ts';
import { type IdleRule, idleRules } from './idle-rules.ts';
import { type Levels, levelsOf } from './levels.ts';
import { type Permitted, permittedCalls } from './permitted.ts';
import { type Arc, type Relation, relate } from './relation.ts';
import { rootsOf, unassigned } from './roots.ts';

export type { Arc, Relation } from './relation.ts';

/** What can be worked out about a team. Each fact is computed at most once, when it is first asked for. */
export interface Facts {
  readonly roles: readonly Role[];
  /** The position of a role in `roles`. */
  indexOf(role: Role): number;
  relation(type: EdgeType): Relation;
  /** Rings of delegation that nothing bounds, neither `max-rounds` nor an approval: the shortest of each knot. */
  readonly delegationCycles: readonly (readonly Arc[])[];
  /** Whether work that people bring can get to a role: by delegation, by escalation or by switching roles. */
  isReachable(role: Role): boolean;
  /** The team's own roles that no other role delegates to. */
  readonly unassigned: readonly Role[];
  /** The roles with a person at hand: the entries, or who could be one, and those that only people start. */
  readonly roots: ReadonlySet<Role>;
  readonly levels: Levels;
  readonly escalation: Escalation;
  /** The shortest ring of each knot of escalation, with the failure classes that go round in it. */
  readonly escalationCycles: readonly EscalationCycle[];
  /** The roles at which escalation ends although nobody is there to decide. */
  readonly deadEnds: readonly DeadEnd[];
  /** What the roles may do, themselves and down the edges. */
  readonly authority: Authority;
  /** The permission rules of the team's own roles that change nothing, whoever reads them. */
  readonly idleRules: readonly IdleRule[];
  /** A call inside a pattern that a role's policy for a tool does not deny. */
  permitted(policy: ToolPolicy, pattern: string): Permitted;
}

/** Prepares the facts about a team. */
export function analyze(team: Team): Facts {
  const roles = [...team.roles.values()];
  const index = new Map(roles.map((role, position) => [role, position]));
  const indexOf = (role: Role): number => index.get(role) ?? -1;
  const relations = new Map<EdgeType, Relation>();
  const relation = (type: EdgeType): Relation => {
    const known = relations.get(type);
    if (known) return known;
    const made = relate(
      team.edges.filter((edge) => edge.type === type),
      roles.length,
      indexOf,
    );
    relations.set(type, made);
    return made;
  };
  const once = memo();
  const escalation = () => once('escalation', () => escalationOf(team));
  const climbs = () => once('climbs', () => climbsOf(team, escalation().classes, roles.length, indexOf));
  return {
    roles,
    indexOf,
    relation,
    get delegationCycles() {
      return once('delegationCycles', () => {
        const edges = team.edges.filter(
          ({ type, maxRounds, approval }) =>
            type === 'delegates-to' && maxRounds === undefined && approval === undefined,
        );
        const { graph: g, arcs } = relate(edges, roles.length, indexOf, (from, to) => from !== to);
        return shortestCycles(g).map((cycle) => cycle.map((arc) => arcs[arc]!));
      });
    },
    isReachable: (role) => once('entered', () => entered(team)).has(role),
    get unassigned() {
      return once('unassigned', () => unassigned(team));
    },
    get roots() {
      return once('roots', () => rootsOf(team));
    },
    get levels() {
      return once('levels', () => levelsOf(team));
    },
    get escalation() {
      return escalation();
    },
    get escalationCycles() {
      return once('escalationCycles', () => escalationCycles(climbs()));
    },
    get deadEnds() {
      return once('deadEnds', () => deadEnds(climbs(), escalation(), this.roots, roles, indexOf));
    },
    get authority() {
      return once('authority', () => authorityOf(roles, indexOf));
    },
    get idleRules() {
      return once('idleRules', () => idleRules(roles.filter(({ own }) => own)));
    },
    permitted: permittedCalls(),
  };
}

function memo(): <T>(name: string, compute: () => T) => T {
  const known = new Map<string, unknown>();
  return <T>(name: string, compute: () => T): T => {
    if (!known.has(name)) known.set(name, compute());
    return known.get(name) as T;
  };
}

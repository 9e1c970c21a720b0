import { decide } from '../pattern/decide.ts';
import { type CommandRuling, decideCommand } from '../pattern/decide-command.ts';
import { normalizePath } from '../pattern/normal.ts';
import { type Decision, type Policy, rank, stricter } from '../pattern/policy.ts';
import { policyOf } from '../team/policy.ts';
import type { Role, Team } from '../team/team.ts';
import { TOOLS, type Tool } from '../team/tools.ts';
import { BUILTIN, builtinTarget } from './builtin.ts';
import { claimOf } from './claims.ts';
import type { Claim, Enforced, Target } from './target.ts';

/** What a target makes of a call. */
export interface Enforcement extends Claim {
  readonly decision: Decision;
}

/** What one target makes of a team's permissions. Every answer is worked out once. */
export interface Enforcer {
  readonly target: Target;
  /** The policy that holds for a role's tool. */
  of(role: Role, tool: Tool): Enforced;
  /** The decision on one call; `own` is the team's own. Throws `UnsupportedPattern` as `decide` does. */
  decide(role: Role, tool: Tool, argument: string, own: Decision): Enforcement;
}

/** The targets that a team names among those that teamc brings, or all of them where it names none. */
export function targetsOf({ definition }: Team): readonly Target[] {
  const named = Object.keys(definition.targets ?? {}).filter((name) => !name.startsWith('x-'));
  const names = named.length > 0 ? named : BUILTIN.map(({ name }) => name);
  return names.flatMap((name) => builtinTarget(name) ?? []);
}

/** Prepares the answers of one target. */
export function enforcer(target: Target): Enforcer {
  const known = new Map<Role, Map<Tool, Enforced>>();
  const of = (role: Role, tool: Tool): Enforced => {
    const own = known.get(role) ?? new Map<Tool, Enforced>();
    known.set(role, own);
    const found = own.get(tool) ?? target.platform?.enforced?.(role, tool) ?? byManifest(target, role, tool);
    own.set(tool, found);
    return found;
  };
  return {
    target,
    of,
    decide(role, tool, argument, own) {
      const { level, because, ...enforced } = of(role, tool);
      const claim: Claim = { level, ...(because === undefined ? {} : { because }) };
      if (tool === 'shell')
        return onLine({ policy: enforced.policy, edit: of(role, 'edit').policy }, claim, argument, own, target);
      const asked = TOOLS[tool] === 'path' ? (target.platform?.pathForm?.(argument) ?? argument) : argument;
      return { decision: decide(policyFor(enforced, tool, asked), asked).decision, ...claim };
    },
  };
}

const OUTSIDE = /^(?:\/|~(?:\/|$)|\.\.(?:\/|$)|[A-Za-z]:(?:\/|$))/;

/** The policy that holds for an argument: paths that lead out of the project may have one of their own. */
export function policyFor(
  { policy, outside }: Pick<Enforced, 'policy' | 'outside'>,
  tool: Tool,
  argument: string,
): Policy {
  if (!outside || TOOLS[tool] !== 'path') return policy;
  return OUTSIDE.test(normalizePath(argument)) ? outside : policy;
}

/** A target without code enforces a role's rules where its manifest says so, else nothing. */
function byManifest({ manifest }: Target, role: Role, tool: Tool): Enforced {
  const said = claimOf(manifest, tool === 'delegate' ? 'delegates-to' : `permissions.${tool}`);
  const claim: Claim = typeof said === 'string' ? { level: said } : said;
  const held = claim.level === 'native' || claim.level === 'guarded';
  return { ...claim, policy: held ? { lists: policyOf(role, tool).lists } : { lists: [] } };
}

/** A command line, as the platform takes it apart. What it does not see of the line is said where that loosens the decision. */
function onLine(
  { policy, edit }: { readonly policy: Policy; readonly edit: Policy },
  claim: Claim,
  line: string,
  own: Decision,
  { manifest, platform }: Target,
): Enforcement {
  const readings = platform?.readings?.(line);
  if (!readings) {
    const { decision }: CommandRuling = decideCommand(policy, line, edit);
    return { decision, ...claim };
  }
  const decision = isClosed(policy)
    ? 'deny'
    : readings.map((text) => decide(policy, text).decision).reduce(stricter, 'allow');
  const blind = rank(decision) > rank(own) && (claim.level === 'native' || claim.level === 'guarded');
  if (!blind) return { decision, ...claim };
  const seen =
    readings.length === 0 ? 'nothing of this line' : `only ${readings.map((text) => `\`${text}\``).join(', ')}`;
  return { decision, level: claim.level, because: `${manifest.title} sees ${seen} there` };
}

/** Whether every call is denied, so that the tool is not even shown: then nothing runs unseen either. */
function isClosed({ lists }: Policy): boolean {
  return lists.some(({ rules, otherwise }) => {
    const last = rules.at(-1);
    return last ? last.pattern === '*' && last.decision === 'deny' : otherwise === 'deny';
  });
}

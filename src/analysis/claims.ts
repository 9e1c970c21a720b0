import type { Assertion, Claim, ClaimedCall, CountBound, Role } from '../team/team.ts';
import type { Authority, Reach } from './authority.ts';

/** A role that can do what a claim speaks of. */
export interface Doer {
  readonly role: Role;
  readonly claimed: ClaimedCall;
  readonly reach: Reach;
}

/** Who of those that a claim speaks of can do what it speaks of; those that act themselves come first. */
export interface Doers {
  readonly asked: readonly Role[];
  readonly doers: readonly Doer[];
  /** The roles of which it could not be found out. */
  readonly undecided: readonly Role[];
}

/** The roles that a claim speaks of. */
export function rolesOfClaim({ everyone, named, except }: Claim, roles: readonly Role[]): readonly Role[] {
  const meant = new Set(everyone ? roles : named);
  const left = new Set(except);
  return roles.filter((role) => meant.has(role) && !left.has(role));
}

/** Finds who can do what a claim speaks of, each with the first call that shows it, the shortest paths first. */
export function doersOf(claim: Claim, roles: readonly Role[], authority: Authority): Doers {
  const asked = rolesOfClaim(claim, roles);
  const found = new Map<Role, Doer>();
  const undecided = new Set<Role>();
  for (const claimed of claim.calls) {
    const reach = reachOf(claimed, asked, claim.unasked, authority);
    for (const role of asked) {
      const answer = reach(role);
      if (answer === 'undecided') undecided.add(role);
      if (typeof answer !== 'object') continue;
      const known = found.get(role);
      if (!known || answer.path.length < known.reach.path.length) found.set(role, { role, claimed, reach: answer });
    }
  }
  return {
    asked,
    doers: [...found.values()].sort((a, b) => a.reach.path.length - b.reach.path.length),
    undecided: [...undecided].filter((role) => !found.has(role)),
  };
}

function reachOf(
  { tool, pattern, reached }: ClaimedCall,
  asked: readonly Role[],
  unasked: boolean,
  authority: Authority,
): (role: Role) => Reach | 'none' | 'undecided' {
  if (reached) return authority.reached({ tool, pattern }, unasked);
  const own = authority.own(asked, { tool, pattern }, unasked);
  return (role) => {
    const call = own(role);
    return typeof call === 'object' ? { path: [], by: role, call } : call;
  };
}

/** How many roles a bound speaks of; nothing where it is neither a number nor a share. */
export function limitOf({ value }: CountBound, of: number): number | undefined {
  if (typeof value === 'number') return value;
  const share = /^(\d+(?:\.\d+)?)%$/.exec(value)?.[1];
  return share === undefined ? undefined : (Number(share) / 100) * of;
}

/** Whether a count keeps a bound. */
export function keeps(count: number, name: CountBound['name'], limit: number): boolean {
  switch (name) {
    case 'at-least':
      return count >= limit;
    case 'at-most':
      return count <= limit;
    case 'above':
      return count > limit;
    case 'below':
      return count < limit;
  }
}

/** Two exclusive roles in one: a role that is or extends both. */
export function joined(
  { roles }: Extract<Assertion, { kind: 'exclusive' }>,
  all: readonly Role[],
): readonly { readonly role: Role; readonly both: readonly [Role, Role] }[] {
  return all.flatMap((role) => {
    const lineage = new Set([role.id, ...role.bases]);
    const [one, other] = roles.filter(({ id }) => lineage.has(id));
    return one && other && one !== other ? [{ role, both: [one, other] as const }] : [];
  });
}

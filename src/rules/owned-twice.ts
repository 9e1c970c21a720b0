import { type Ownership, ownershipsOf, sharedPath } from '../analysis/ownership.ts';
import { PathIndex } from '../analysis/path-index.ts';
import { enumerate } from '../text/enumerate.ts';
import type { Rule } from './rule.ts';

/** Two who each believe a file to be theirs alone overwrite each other. */
export const ownedTwice: Rule = {
  id: 'owned-twice',
  summary: 'A path that one role owns alone has another owner.',
  severity: 'error',

  check({ facts, report }) {
    const ownerships = ownershipsOf(facts.roles);
    if (!ownerships.some(({ exclusive }) => exclusive)) return;
    const index = new PathIndex<Ownership>();
    const earlier = new Set<Ownership>();
    for (const ownership of ownerships) index.add(ownership.pattern, ownership);
    for (const ownership of ownerships) {
      earlier.add(ownership);
      if (!ownership.exclusive) continue;
      const { role, pattern, at } = ownership;
      const shared = index
        .near(pattern)
        .filter((other) => other.role !== role && (!other.exclusive || earlier.has(other)))
        .flatMap((other) => {
          const path = sharedPath(pattern, other.pattern);
          return path === undefined ? [] : [{ other, path }];
        });
      const owners = [...new Set(shared.map(({ other }) => other.role.id))];
      if (owners.length === 0) continue;
      report({
        at,
        role: role.id,
        message: `${role.id} alone owns "${pattern}", yet "${shared[0]!.path}" belongs to ${enumerate(owners)} as well.`,
        related: shared.map(({ other }) => ({
          at: other.at,
          message: `${other.role.id} owns "${other.pattern}"${other.exclusive ? ', alone as well' : ''}`,
        })),
        help: 'Divide the paths so that each has one owner, or drop "exclusive".',
      });
    }
  },
};

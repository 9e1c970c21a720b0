import type { Rule } from './rule.ts';

/** A team that uses itself, over whatever detour, would hold itself without end. */
export const usesCycle: Rule = {
  id: 'uses-cycle',
  summary: 'Teams use each other in a ring.',
  severity: 'error',

  check({ team, report }) {
    for (const ring of team.usesRings) {
      const [first, ...rest] = ring;
      const next = (position: number): string => ring[(position + 1) % ring.length]!.name;
      report({
        at: first!.at,
        message:
          ring.length === 1
            ? `${first!.name} uses itself.`
            : `Teams use each other in a circle: ${[...ring.map(({ name }) => name), first!.name].join(' → ')}.`,
        related: rest.map(({ name, at }, position) => ({ at, message: `${name} uses ${next(position + 1)}` })),
        help: 'Take one of them out of "uses"; roles that both teams need belong in a team of their own.',
      });
    }
  },
};

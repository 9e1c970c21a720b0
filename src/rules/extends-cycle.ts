import type { Rule } from './rule.ts';

/** A role that is its own base has no beginning to take its fields from. */
export const extendsCycle: Rule = {
  id: 'extends-cycle',
  summary: 'Roles extend each other in a ring.',
  severity: 'error',

  check({ team, report }) {
    for (const ring of team.extendsRings) {
      const [first, ...rest] = ring;
      const next = (position: number): string => ring[(position + 1) % ring.length]!.name;
      report({
        at: first!.at,
        role: first!.name,
        message:
          ring.length === 1
            ? `${first!.name} extends itself.`
            : `Inheritance runs in a circle: ${[...ring.map(({ name }) => name), first!.name].join(' → ')}.`,
        related: rest.map(({ name, at }, position) => ({ at, message: `${name} extends ${next(position + 1)}` })),
        help: 'Take one "extends" out; what the roles share belongs in a base of its own.',
      });
    }
  },
};

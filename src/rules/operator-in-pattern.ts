import type { Rule } from './rule.ts';

/** A command line is split at its operators before it is matched, so no part of it ever holds one. */
export const operatorInPattern: Rule = {
  id: 'operator-in-pattern',
  summary: 'A pattern for commands holds an operator of the shell, so it can never match.',
  severity: 'error',

  check({ team, report }) {
    const told = new Set<string>();
    for (const role of team.roles.values())
      for (const { tool, pattern, at } of role.rules) {
        const operator = tool === 'shell' ? operatorIn(pattern) : undefined;
        const place = JSON.stringify(at);
        if (operator === undefined || told.has(place)) continue;
        told.add(place);
        report({
          at,
          role: role.id,
          message: `"${pattern}" never matches, because of its "${operator}".`,
          help: 'A command line is split at operators, and each part is decided by itself: write a pattern for each part. What output is redirected to is an edit.',
        });
      }
  },
};

/** The first operator outside quotes. */
function operatorIn(pattern: string): string | undefined {
  const bare = pattern.replace(/'[^']*'|"(?:[^"\\]|\\.)*"|\\./g, '');
  return /&&|\|\||\$\(|[;|&<>`\n]/.exec(bare)?.[0].replace('\n', '\\n');
}

import type { Dialect, Policy, RuleList } from '../pattern/policy.ts';

/**
 * A quick proof that a policy denies every argument of a pattern: some list denies the pattern in so many words, and
 * whatever it allows after that begins with other letters. `false` proves nothing; then the automata have to answer.
 */
export function isPlainlyDenied(policy: Policy, dialect: Dialect, pattern: string): boolean {
  return policy.lists.some((list) => deniesPlainly(list, dialect, pattern));
}

function deniesPlainly({ rules, otherwise }: RuleList, dialect: Dialect, pattern: string): boolean {
  const denied = rules.findLastIndex(
    (rule) =>
      rule.decision === 'deny' && rule.dialect === dialect && (rule.pattern === '*' || rule.pattern === pattern),
  );
  if (denied === -1 && otherwise !== 'deny') return false;
  return rules
    .slice(denied + 1)
    .every(
      (rule) => rule.decision === 'deny' || (rule.dialect === dialect && areApart(dialect, rule.pattern, pattern)),
    );
}

function areApart(dialect: Dialect, one: string, other: string): boolean {
  const [a, b] = [stemOf(dialect, one), stemOf(dialect, other)];
  return a !== undefined && b !== undefined && !a.startsWith(b) && !b.startsWith(a);
}

/** What every argument of a pattern begins with; nothing where the pattern is read with more than its letters. */
function stemOf(dialect: Dialect, pattern: string): string | undefined {
  const stem = pattern.replace(/ \*$/, '').replace(/[*?].*$/s, '');
  if (dialect === 'command') return /^\S+(?: \S+)* ?$/.test(stem) ? stem : undefined;
  if (dialect === 'path') return /^(?:[\w-][\w.-]*\/)*(?:[\w-][\w.-]*)?$/.test(stem) ? stem : undefined;
  return undefined;
}

import type { Policy } from '../../pattern/policy.ts';

/**
 * The regular expression for the paths that a policy does not deny, for Roo's `fileRegex`: anchored, because Roo tests
 * it unanchored, and nothing where the policy cannot be written as one. A rule that denies what an earlier one left
 * open becomes a negative look-ahead in front of it.
 */
export function fileRegexOf({ lists }: Policy): string | undefined {
  if (lists.length !== 1) return lists.length === 2 ? partOf(lists[0]!.rules.map(({ pattern }) => pattern)) : undefined;
  const [list] = lists;
  const start = list!.rules.findLastIndex(({ pattern }) => pattern === '*');
  const base = start === -1 ? list!.otherwise : list!.rules[start]!.decision;
  let open = base === 'deny' ? '' : '.*';
  for (const { pattern, decision } of list!.rules.slice(start + 1)) {
    const source = sourceOf(pattern);
    if (decision === 'deny') open = open && `(?!${source}$)(?:${open})`;
    else open = open ? `(?:${source}|${open})` : source;
  }
  return open === '' ? undefined : `^${open}$`;
}

function partOf(patterns: readonly string[]): string {
  return `^(?:${patterns.map(sourceOf).join('|')})$`;
}

/** A path glob as the source of a regular expression. */
function sourceOf(glob: string): string {
  if (glob === '*' || glob === '**') return '.*';
  const segments = glob.split('/').filter((segment, at, all) => segment !== '**' || all[at - 1] !== '**');
  return segments
    .map((segment, index) => {
      const last = index === segments.length - 1;
      if (segment === '**') return last ? '.+' : '(?:[^/]+/)*';
      return segmentSource(segment) + (last ? '' : '/');
    })
    .join('');
}

function segmentSource(segment: string): string {
  return segment.replace(/\*+|\?|[\\^$.|+()[\]{}]/g, (part) =>
    part.startsWith('*') ? '[^/]*' : part === '?' ? '[^/]' : `\\${part}`,
  );
}

import type { Policy, RuleList } from '../../pattern/policy.ts';

/**
 * The regular expression for the paths that a policy does not deny, for Roo's `fileRegex`: anchored, because Roo tests
 * it unanchored, and nothing where every path is denied. A rule that denies what an earlier one left open becomes a
 * negative look-ahead in front of it; of several lists all must agree, which takes a look-ahead for each but the last.
 */
export function fileRegexOf({ lists }: Policy): string | undefined {
  const open = lists.map(openPaths);
  if (open.length === 0 || open.includes('')) return undefined;
  const ahead = open.slice(0, -1).filter((source) => source !== '.*');
  return `^${ahead.map((source) => `(?=${source}$)`).join('')}${ahead.length > 0 ? `(?:${open.at(-1)})` : open.at(-1)}$`;
}

/** What one list does not deny; the empty text where that is nothing. */
function openPaths({ rules, otherwise }: RuleList): string {
  const start = rules.findLastIndex(({ pattern }) => pattern === '*');
  const base = start === -1 ? otherwise : rules[start]!.decision;
  let open = base === 'deny' ? '' : '.*';
  for (const { pattern, decision } of rules.slice(start + 1)) {
    const source = sourceOf(pattern);
    if (decision === 'deny') open = open && `(?!${source}$)(?:${open})`;
    else open = open ? `(?:${source}|${open})` : source;
  }
  return open;
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

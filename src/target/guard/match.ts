import { normalizePath, squeezeBlanks } from '../../pattern/normal.ts';

/** How the argument of a tool is matched. */
export type Kind = 'command' | 'path' | 'url' | 'name';

/**
 * Whether a pattern of the language matches an argument. It says the same as the automata of the permission engine, in
 * a form that a guard can carry; the tests hold the two equal.
 */
export function matchesPattern(kind: Kind, pattern: string, argument: string): boolean {
  if (pattern === '*') return true;
  switch (kind) {
    case 'command':
      return matchesCommand(squeezeBlanks(pattern), squeezeBlanks(argument));
    case 'path':
      return matchesPath(normalizePath(pattern), normalizePath(argument));
    case 'url':
      return matchesUrl(pattern, argument);
    case 'name':
      return wildcard(pattern, argument);
  }
}

/** A trailing ` *` may be left out. */
function matchesCommand(pattern: string, command: string): boolean {
  return wildcard(pattern, command) || (pattern.endsWith(' *') && wildcard(pattern.slice(0, -2), command));
}

/** `*` is any text and `?` one character. Going back to the last star only keeps it linear in both. */
function wildcard(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let position = 0; position < text.length; ) {
    const item = pattern[at];
    if (item === '*') {
      star = at++;
      resume = position;
    } else if (item === '?' || (item !== undefined && item === text[position])) {
      at++;
      position++;
    } else if (star !== -1) {
      at = star + 1;
      position = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** Only a pattern that begins outside the project leads outside it. */
function matchesPath(pattern: string, path: string): boolean {
  const outside = /^(?:\.\.(?:\/|$)|\/|~(?:\/|$)|[A-Za-z]:(?:\/|$))/;
  if (outside.test(path) && (!outside.test(pattern) || pattern.startsWith('..'))) return false;
  const segments = pattern.split('/').filter((segment, at, all) => segment !== '**' || all[at - 1] !== '**');
  const source = segments.map((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === '**') return last ? '[^]+' : '(?:[^]*/)?';
    return segmentSource(segment) + (last ? '' : '/');
  });
  return new RegExp(`^${source.join('')}$`).test(path);
}

function segmentSource(segment: string): string {
  return segment.replace(/\*+|\?|[\\^$.|+()[\]{}]/g, (part) =>
    part.startsWith('*') ? '[^/]*' : part === '?' ? '[^/]' : `\\${part}`,
  );
}

/** Before the first slash after `://` a star stays within the host. */
function matchesUrl(pattern: string, url: string): boolean {
  const scheme = pattern.indexOf('://');
  if (scheme === -1) return wildcard(pattern, url);
  const slash = pattern.indexOf('/', scheme + 3);
  const host = slash === -1 ? pattern : pattern.slice(0, slash);
  const rest = slash === -1 ? '' : pattern.slice(slash);
  const source = host.replace(/[*?]|[\\^$.|+()[\]{}]/g, (part) =>
    part === '*' ? '[^/\\\\?#@]*' : part === '?' ? '[^/\\\\?#@]' : `\\${part}`,
  );
  const found = new RegExp(`^${source}`).exec(url);
  if (!found) return false;
  // The host's stars are greedy and stop before the first slash, where the rest of the pattern begins or everything ends.
  return wildcard(rest, url.slice(found[0].length));
}

/**
 * A path in the form in which it is matched: `/` between segments, `.` and `..` resolved, no slash at the end.
 *
 * A path in the project comes out relative to its root (the root itself is `.`); one that leads outside keeps its
 * `../`, `/`, `~/` or `C:/` in front. What lies above the home folder has no known place and comes out as `../…`, which
 * only `*` matches.
 */
export function normalizePath(path: string): string {
  const forward = path.replaceAll('\\', '/');
  const root = /^(?:(?:~|[A-Za-z]:)(?=\/)|\/)/.exec(forward)?.[0] ?? '';
  const segments: string[] = [];
  for (const segment of forward.slice(root.length).split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..' || segments.length === 0 || segments.at(-1) === '..') segments.push(segment);
    else segments.pop();
  }
  return joinPath(root, segments);
}

function joinPath(root: string, segments: readonly string[]): string {
  const below = segments.join('/');
  if (root === '') return below === '' ? '.' : below;
  if (segments[0] === '..' && root === '~') return below;
  const inside = segments.slice(segments.lastIndexOf('..') + 1).join('/');
  if (root === '/') return `/${inside}`;
  return inside === '' ? root : `${root}/${inside}`;
}

/** A command with its blanks outside quotes counted as one, and none at its ends. An open quote keeps what follows it. */
export function squeezeBlanks(command: string): string {
  if (!/[\t ]{2}|\t|^ | $/.test(command)) return command;
  const tokens = command.match(SHELL_TOKEN)!;
  const isBlank = (at: number): boolean => /^[\t ]/.test(tokens[at] ?? '');
  const from = isBlank(0) ? 1 : 0;
  const to = isBlank(tokens.length - 1) ? tokens.length - 1 : tokens.length;
  return tokens
    .map((token, at) => (isBlank(at) ? ' ' : token))
    .slice(from, to)
    .join('');
}

/** A quotation (its end may be missing), a character after a backslash, blanks, or other text. */
const SHELL_TOKEN = /'[^']*'?|"(?:[^"\\]|\\.)*"?|\\.?|[\t ]+|[^'"\\\t ]+/gs;

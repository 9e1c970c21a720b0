/** Why a path can't be written to, as the end of a sentence; undefined for one that stays inside the output folder. */
export function refusal(path: string): string | undefined {
  if (path === '') return 'is empty';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (/[\u0000-\u001f\u007f]/.test(path)) return 'holds control characters';
  if (path.includes('\\')) return 'holds a backslash; write forward slashes';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute, and would leave the output folder';
  const segments = path.split('/');
  if (segments.includes('..')) return 'leaves the output folder';
  if (segments.some((segment) => segment === '' || segment === '.')) return 'has an empty part';
  const [first, ...rest] = segments.map((segment) => segment.toLowerCase());
  if (first === '.teamc') return "lies in .teamc, which is teamc's own";
  if (first === '.git' || rest.includes('.git')) return 'lies in .git, where files can run as programs';
  return undefined;
}

/** The folders that lead to a path, the outermost first. */
export function foldersOf(path: string): readonly string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}

/** Two paths that can't both be written: equal where case does not count, or one a folder on the way to the other. */
export interface Collision {
  readonly path: string;
  readonly other: string;
}

/** The collisions among paths, each path told once. */
export function collisionsOf(paths: readonly string[]): readonly Collision[] {
  const first = new Map<string, string>();
  const found: Collision[] = [];
  for (const path of paths) {
    const other = first.get(folded(path));
    if (other === undefined) first.set(folded(path), path);
    else found.push({ path, other });
  }
  for (const path of paths) {
    const other = foldersOf(path)
      .map((folder) => first.get(folded(folder)))
      .find((file) => file !== undefined);
    if (other !== undefined) found.push({ path, other });
  }
  return found;
}

/** A path as a file system sees it that takes no notice of case. */
function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

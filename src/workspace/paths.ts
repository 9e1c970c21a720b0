import path, { type PlatformPath } from 'node:path';

/** A path as teamc writes it, with forward slashes, on every system. Where a backslash is a letter it stays one. */
export function slashed(given: string, { sep }: Pick<PlatformPath, 'sep'> = path): string {
  return sep === '/' ? given : given.replaceAll(sep, '/');
}

/** Whether a path lies below a folder; both are absolute. On Windows another drive is no way out of it either. */
export function isBelow(
  folder: string,
  given: string,
  { relative, isAbsolute, sep }: Pick<PlatformPath, 'relative' | 'isAbsolute' | 'sep'> = path,
): boolean {
  const way = relative(folder, given);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

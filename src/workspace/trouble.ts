/** Why the output folder can't be used as it is: one sentence for the person. Nothing was written, or it was taken back. */
export class Trouble extends Error {}

/** A trouble out of what the operating system said about a path. */
export function trouble(what: string, error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  return new Trouble(`${what}: ${osReason(error)}.`);
}

/** The code of an error of the operating system, such as `ENOENT`. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? '';
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'the disk is mounted read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: "this user's share of the disk is used up",
  EFBIG: 'it would be larger than this user may make a file',
  ENOENT: 'there is no such folder, and none can be made',
  ENOTDIR: 'a part of the path is a file and no folder',
  EISDIR: 'there is a folder',
  EEXIST: 'somebody else put something there meanwhile',
  ELOOP: 'it is a link that leads to itself',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EBUSY: 'another program uses it',
};

function osReason(error: unknown): string {
  const code = codeOf(error);
  return REASONS[code] ?? (code || String(error));
}

/** A pattern of opencode as patterns of the language, and whether they mean exactly the same. */
export interface Spelled {
  readonly patterns: readonly string[];
  readonly exact: boolean;
}

/** How many spellings one pattern may take; beyond that it is only approximated. */
const MOST = 16;

/**
 * A wildcard for paths as globs: opencode's `*` runs over slashes, and the language's stays within a segment. A star
 * between letters is either within a segment or across some, so that several globs together mean the same.
 */
export function pathGlobs(pattern: string): Spelled {
  const text = pattern.replaceAll('\\', '/');
  if (/^\*+$/.test(text)) return { patterns: ['*'], exact: true };
  let spelled = [''];
  const parts = text.split(/(\*+)/);
  for (const [index, part] of parts.entries()) {
    if (!part.startsWith('*')) {
      spelled = spelled.map((start) => start + part);
      continue;
    }
    const before = parts[index - 1] ?? '';
    const after = parts[index + 1] ?? '';
    const opens = before === '' || before.endsWith('/');
    const ends = after === '' && index >= parts.length - 2;
    const choices = starChoices(opens, ends, after.startsWith('/'));
    spelled = spelled.flatMap((start) => choices.map((choice) => start + choice));
    if (spelled.length > MOST) return { patterns: [approximate(text)], exact: false };
  }
  return { patterns: spelled, exact: !text.includes('?') };
}

/** What a run of stars may be, by what stands around it: the beginning or a slash, the end, a slash. */
function starChoices(opens: boolean, ends: boolean, closes: boolean): readonly string[] {
  if (opens && ends) return ['**'];
  if (opens && closes) return ['*/**'];
  if (opens) return ['**/*'];
  if (ends) return ['*', '*/**'];
  if (closes) return ['*/**'];
  return ['*', '*/**/*'];
}

/** One glob that matches at least as much within folders. */
function approximate(text: string): string {
  return text.replace(/\*+/g, '**').replace(/(?<=[^/])\*\*|\*\*(?=[^/])/g, '*');
}

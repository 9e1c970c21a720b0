import type { Names } from './names.ts';
import { isOther } from './targets.ts';
import { isHandle, nameAt, type WrittenName } from './written-name.ts';

/** All names that resolve within a text and can be no other word: marked, or of several parts. */
export function namesWithin(text: string, from: number, end: number, names: Names): WrittenName[] {
  const found: WrittenName[] = [];
  CANDIDATE.lastIndex = from;
  for (let match = CANDIDATE.exec(text); match && match.index < end; match = CANDIDATE.exec(text)) {
    const capital = /^\p{Lu}/u.test(match[0]) && !/[-_/.]/.test(match[0]);
    const name = capital && names.phraseLength(match[0]) < 2 ? undefined : nameAt(text, match.index, end, names);
    if (!name) continue;
    if (isPlainName(name) && !isOther(text, name.end, end)) found.push(name);
    CANDIDATE.lastIndex = Math.max(name.end, CANDIDATE.lastIndex);
  }
  return found;
}

/**
 * Where a name may begin: a mark, a word of several parts, a word with a capital. It looks at each word once, for it
 * begins nowhere inside one.
 */
const CANDIDATE =
  /[`[]|(?<![\p{L}\p{N}_.:/@+#-])(?:@(?=[\p{L}\p{N}_])|[\p{L}\p{N}]+[-_/.](?=[\p{L}\p{N}])|\p{Lu}[\p{L}\p{N}]*)/gu;

/** Whether a name that resolves can be no ordinary word. */
function isPlainName({ mark, written, resolution }: WrittenName): boolean {
  if (!['exact', 'inexact', 'ambiguous'].includes(resolution.kind)) return false;
  if (mark !== 'bare') return mark === 'link' || isHandle(written) || / /.test(written);
  return /[\p{L}\p{N}][-_/.][\p{L}\p{N}]/u.test(written) || /^\p{Lu}.* \p{Lu}/u.test(written);
}

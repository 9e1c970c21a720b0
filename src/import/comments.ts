import type { Draft } from './draft.ts';

/** A comment of front matter, and the key that it stands beside or above. */
interface HeaderComment {
  readonly key: string;
  readonly text: string;
}

/**
 * Hands the comments of the front matter over to the fields that were made of the keys they stand at: a comment is where
 * authors say why.
 */
export function carryComments(draft: Draft, fieldOf: (key: string) => string | undefined): void {
  const { header } = draft.agent;
  if (!header?.text.includes('#')) return;
  for (const { key, text } of commentsIn(header.text)) {
    const field = fieldOf(key);
    const pointer = field === undefined ? [] : [field];
    draft.comments.push({ pointer, text });
  }
}

function commentsIn(text: string): readonly HeaderComment[] {
  const found: HeaderComment[] = [];
  let waiting: string[] = [];
  let key = '';
  let block: number | undefined;
  for (const line of text.split(/\r?\n/)) {
    const indent = line.length - line.trimStart().length;
    if (block !== undefined && (line.trim() === '' || indent > block)) continue;
    block = undefined;
    const own = /^\s*#\s?(.*)$/.exec(line);
    if (own) {
      waiting.push(own[1] ?? '');
      continue;
    }
    const top = /^([A-Za-z_][\w.-]*)\s*:/.exec(line);
    if (top) key = top[1]!;
    for (const comment of waiting) found.push({ key, text: comment });
    waiting = [];
    const inline = inlineComment(line);
    if (inline !== undefined) found.push({ key, text: top || line.trim() === '' ? inline : `${line.replace(/\s#.*$/, '').trim()}: ${inline}` });
    if (/:\s*[|>][+-]?\d*\s*$/.test(line)) block = indent;
  }
  for (const comment of waiting) found.push({ key: '', text: comment });
  return found;
}

/** A comment behind a value: a number sign after a blank, outside of quotes. */
function inlineComment(line: string): string | undefined {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && /[\s[{,:]/.test(line[at - 1] ?? ' ')) quote = character;
    else if (character === '#' && /\s/.test(line[at - 1] ?? ' ')) return line.slice(at + 1).trim();
  }
  return undefined;
}

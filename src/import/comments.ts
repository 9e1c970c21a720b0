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
  const waiting: string[] = [];
  let key = '';
  for (const line of outsideOfBlocks(text)) {
    const own = /^\s*#\s?(.*)$/.exec(line);
    if (own) {
      waiting.push(own[1] ?? '');
      continue;
    }
    const top = /^([A-Za-z_][\w.-]*)\s*:/.exec(line)?.[1];
    key = top ?? key;
    for (const comment of waiting.splice(0)) found.push({ key, text: comment });
    const inline = inlineComment(line);
    if (inline === undefined) continue;
    const item = line.replace(/\s#.*$/, '').trim();
    found.push({ key, text: top !== undefined || item === '' ? inline : `${item}: ${inline}` });
  }
  return [...found, ...waiting.map((comment) => ({ key: '', text: comment }))];
}

/** The lines that are no text of a block scalar. */
function outsideOfBlocks(text: string): readonly string[] {
  let block: number | undefined;
  return text.split(/\r?\n/).filter((line) => {
    const indent = line.length - line.trimStart().length;
    if (block !== undefined && (line.trim() === '' || indent > block)) return false;
    block = /:\s*[|>][+-]?\d*\s*$/.test(line) ? indent : undefined;
    return true;
  });
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

import type { Draft } from './draft.ts';

/** A comment of front matter, and the key that it stands beside or above. */
interface HeaderComment {
  readonly key: string;
  readonly text: string;
  /** The line that it is about, as offsets into the front matter. */
  readonly line: readonly [number, number];
}

/**
 * Hands the comments of the front matter over to the fields that were made of the keys they stand at: a comment is where
 * authors say why.
 */
export function carryComments(draft: Draft, fieldOf: (key: string) => string | undefined): void {
  const { header } = draft.agent;
  if (!header?.text.includes('#')) return;
  const mappings = draft.placesBelow([]);
  for (const { key, text, line } of commentsIn(header.text)) {
    const { span } = header.place(...line);
    const field = fieldOf(key);
    const inLine = mappings.filter(
      ({ at }) => span && at.file === draft.agent.file && at.span && at.span[0] >= span[0] && at.span[0] < span[1],
    );
    const deepest = inLine.toSorted((a, b) => b.pointer.length - a.pointer.length)[0];
    draft.comments.push({ pointer: deepest?.pointer ?? (field === undefined ? [] : [field]), text });
  }
}

function commentsIn(text: string): readonly HeaderComment[] {
  const found: HeaderComment[] = [];
  const waiting: string[] = [];
  let key = '';
  for (const { written, start } of outsideOfBlocks(text)) {
    const line = [start, start + written.length] as const;
    const own = /^\s*#\s?(.*)$/.exec(written);
    if (own) {
      waiting.push(own[1] ?? '');
      continue;
    }
    const top = /^([A-Za-z_][\w.-]*)\s*:/.exec(written)?.[1];
    key = top ?? key;
    for (const comment of waiting.splice(0)) found.push({ key, text: comment, line });
    const inline = inlineComment(written);
    if (inline !== undefined) found.push({ key, text: inline, line });
  }
  return [...found, ...waiting.map((comment) => ({ key: '', text: comment, line: [0, 0] as const }))];
}

/** The lines that are no text of a block scalar, with their offsets. */
function outsideOfBlocks(text: string): readonly { readonly written: string; readonly start: number }[] {
  let block: number | undefined;
  let next = 0;
  return text.split('\n').flatMap((line) => {
    const start = next;
    next += line.length + 1;
    const indent = line.length - line.trimStart().length;
    if (block !== undefined && (line.trim() === '' || indent > block)) return [];
    block = /:\s*[|>][+-]?\d*\s*$/.test(line) ? indent : undefined;
    return [{ written: line.trimEnd(), start }];
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

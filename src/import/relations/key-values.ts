import type { Names } from './names.ts';

/** The names in one text: as a list in brackets, between commas, or alone. */
export function partsOf(value: string): string[] {
  const text = value.trim().slice(0, 10_000);
  const called = /\s/.test(text) ? text.match(/(?<![\p{L}\p{N}])@[\p{L}\p{N}][\p{L}\p{N}_-]*/gu) : null;
  if (called && text.split(/\s+/).length > 5) return called.map((name) => name.slice(1));
  const inner = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const parts = inner.split(/[,;\n、，]/).map((part) =>
    part
      .trim()
      .replace(/^[-*•]\s+/, '')
      .replace(/^["'`@[]+|["'`\]]+$/g, '')
      .trim(),
  );
  const names = parts.filter((part) => part !== '');
  return names.length > 1 && names.some((name) => name.split(/\s+/).length > 8) ? [inner] : names;
}

/** A name and the remark behind it: `x - for plans`, `x (plans)`, `x: plans`. */
export function withNote(part: string, names: Names): [name: string, note?: string] {
  if (part.length > 500 || names.resolve(part).kind === 'exact') return [part];
  const match = /^([^\s(:#]+|[^(:#]{1,80}?(?=\s*\())(?:\s*\(([^()]*)\)|\s+[-–—#]\s*(.*)|:\s+(.*))$/u.exec(part);
  const note = match?.[2] ?? match?.[3] ?? match?.[4];
  return match?.[1] !== undefined && note !== undefined ? [match[1], note.trim()] : [part];
}

/** The comments that stand behind a value on its line, by the value. */
export function commentsOf(header: string): Map<string, string> {
  const comments = new Map<string, string>();
  for (const line of header.split('\n')) {
    const hash = line.indexOf(' #');
    if (hash === -1 || line.length > 1000) continue;
    const value = line
      .slice(0, hash)
      .trim()
      .replace(/^-\s+/, '')
      .replace(/^["'`@]+|["'`]+$/g, '');
    const comment = line.slice(hash + 2).trim();
    if (comment !== '' && value !== '' && !value.includes(' ')) comments.set(value, comment.replace(/^#*\s*/, ''));
  }
  return comments;
}

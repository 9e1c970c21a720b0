const TOKEN = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'|(?<=\s)#[^\n]*|["'[\]{}]/g;

/** The quotes and brackets between two offsets that open and are not closed, from the outermost to the innermost. */
export function openings(text: string, from: number, to: number): readonly number[] {
  const open: number[] = [];
  for (const { 0: token, index } of text.slice(from, to).matchAll(TOKEN)) {
    if (token === '[' || token === '{') open.push(from + index);
    else if (token === ']' || token === '}') open.pop();
    else if ((token === '"' || token === "'") && beginsValue(text, from + index)) return [from + index];
  }
  return open;
}

/** A quote is one only where a value can begin; elsewhere it is an apostrophe, or part of the text. */
function beginsValue(text: string, at: number): boolean {
  return at === 0 || /[\s[{,:]/.test(text[at - 1] as string);
}

/** The offset after the bracket that closes the one at the start of a value; undefined when none does. */
export function closingBracket(value: string): number | undefined {
  let depth = 0;
  for (const { 0: token, index } of value.matchAll(TOKEN)) {
    if (token === '[' || token === '{') depth++;
    else if ((token === ']' || token === '}') && --depth === 0) return index + 1;
  }
  return undefined;
}

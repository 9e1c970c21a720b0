/** Names as a sentence lists them: `a`, `a and b`, `a, b and c`; after the first dozen only how many more there are. */
export function enumerate(names: readonly string[]): string {
  if (names.length > MOST + 1) return `${names.slice(0, MOST).join(', ')} and ${names.length - MOST} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const MOST = 12;

/** What belongs to a word: `c++` and `c#` are words of their own. */
const WORD = /[\p{L}\p{N}\p{M}_+#]/u;

/** A keyword or a request as it is compared: without regard to case and to how wide a blank is. */
export function plainWords(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Whether a request holds a keyword as whole words. */
export function isHit(keyword: string, request: string): boolean {
  const [part, whole] = [plainWords(keyword), plainWords(request)];
  for (let at = whole.indexOf(part); at !== -1; at = whole.indexOf(part, at + 1))
    if (isEdge(whole, at) && isEdge(whole, at + part.length)) return true;
  return false;
}

/** Every keyword that a request with these words would hit: all their parts that begin and end with whole words. */
export function partsOf(text: string): readonly string[] {
  const whole = plainWords(text);
  const edges = Array.from({ length: whole.length + 1 }, (_, at) => at).filter((at) => isEdge(whole, at));
  return edges.flatMap((start, index) =>
    edges.slice(index + 1).flatMap((end) => {
      const part = whole.slice(start, end);
      return part.trim() === part ? [part] : [];
    }),
  );
}

/** Whether no word goes on at a position. */
function isEdge(text: string, at: number): boolean {
  return !(WORD.test(text.slice(Math.max(0, at - 1), at)) && WORD.test(text.slice(at, at + 1)));
}

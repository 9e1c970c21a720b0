import type { Example } from '../team/team.ts';

/** From this share of common words on, two requests are taken for alike. */
const ALIKE = 0.35;

/** Words that stand in every request. */
const COMMON = new Set(
  'a add an and are as at be build by can for from get give has have implement in into make new is it its of on or our so that the their them they this to too want wants we when with you your'.split(
    ' ',
  ),
);

/** The example whose request is nearest to a text, if one is near enough, and how near: the share of common words. */
export function nearestExample(
  text: string,
  examples: readonly Example[],
): { readonly example: Example; readonly share: number } | undefined {
  const own = wordsIn(text);
  let best: { readonly example: Example; readonly share: number } | undefined;
  for (const example of examples) {
    const other = wordsIn(example.request);
    const common = [...own].filter((word) => other.has(word)).length;
    const share = (2 * common) / Math.max(1, own.size + other.size);
    if (example.tasks.length > 0 && share >= ALIKE && share > (best?.share ?? 0)) best = { example, share };
  }
  return best;
}

/** The telling words of a text, without their commonest endings. */
function wordsIn(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words
      .filter((word) => !COMMON.has(word))
      .map((word) => (word.length > 4 ? word.replace(/(?:ies|es|s|ing|ed)$/, '') : word)),
  );
}

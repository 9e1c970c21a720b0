import type { Choice, Mind, Pick } from '../choice.ts';

/** The dry run's mind: what is most likely happens, and what lies in a range takes its middle. */
export const rulesMind: Mind = { name: 'rules', pick: likeliest };

/** The first of the likeliest options, or the middle of a range. */
export function likeliest(choice: Choice): Pick {
  if (choice.kind === 'amount') return Math.round((choice.least + choice.most) / 2);
  let best = choice.options[0]!;
  for (const option of choice.options) if (option.share > best.share) best = option;
  return best.name;
}

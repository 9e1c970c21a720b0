import type { Rule } from './rule.ts';
import { passOn } from './unresolved.ts';

/** Found while the files of a platform were read in place. */
export const frontMatterRepaired: Rule = {
  id: 'front-matter-repaired',
  summary: 'Front matter is no YAML, and could be read only by guessing what was meant.',
  severity: 'warning',
  reading: true,

  check(context) {
    passOn(frontMatterRepaired, context);
  },
};

import type { Rule } from './rule.ts';
import { passOn } from './unresolved.ts';

/** Front matter anywhere but at the top is a piece of prose between two lines. */
export const frontMatterMisplaced: Rule = {
  id: 'front-matter-misplaced',
  summary: 'Front matter does not begin in the first line of its file.',
  severity: 'error',
  reading: true,

  check(context) {
    passOn(frontMatterMisplaced, context);
  },
};

import { platformsOf } from './platforms.ts';
import type { Rule } from './rule.ts';

/** Everyone who may hand work to a role reads its description each time, whether they choose it or not. */
export const descriptionTooLong: Rule = {
  id: 'description-too-long',
  summary: 'A description is too long for those who have to choose by it.',
  severity: 'warning',

  check(context) {
    const { facts, settings, report } = context;
    const max = typeof settings['max'] === 'number' ? settings['max'] : USUAL;
    const limits = platformsOf(context).flatMap(({ title, limits: own }) => {
      const most = own?.['description-length'];
      return most === undefined ? [] : [{ most, whose: `${title} takes ${most}` }];
    });
    const strictest = [...limits, { most: max, whose: `the limit is ${max}` }].sort((a, b) => a.most - b.most)[0]!;
    for (const role of facts.roles) {
      const length = role.own ? [...(role.fields.description ?? '')].length : 0;
      if (length <= strictest.most) continue;
      report({
        at: role.place('description'),
        role: role.id,
        message: `The description of ${role.id} has ${length} characters, and ${strictest.whose}.`,
        help: 'Say in a sentence or two what the role is for; how it works belongs into the instructions, when to call it into "when-to-use".',
      });
    }
  },
};

/** How many characters are fine where the team does not say. */
const USUAL = 1000;

import type { Rule } from './rule.ts';
import { reportUnresolved } from './unresolved.ts';

/** A model that neither the team nor a platform knows makes the platform fall back on its own choice. */
export const unknownModel: Rule = {
  id: 'unknown-model',
  summary: 'A model is neither named by the team nor known as a name of a platform.',
  severity: 'warning',

  check(context) {
    reportUnresolved(context, 'model', {
      message: (name) => `There is no model "${name}".`,
      nothing: 'Name it under "models" in the team file, with the name that each platform has for it.',
    });
  },
};

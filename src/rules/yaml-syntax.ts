import type { Rule } from './rule.ts';
import { passOn } from './unresolved.ts';

/** What can't be read as YAML, or is read as something else than it looks like. */
export const yamlSyntax: Rule = {
  id: 'yaml-syntax',
  summary: 'A file is not the YAML or Markdown that its author meant.',
  severity: 'error',
  reading: true,

  check(context) {
    passOn(yamlSyntax, context);
  },
};

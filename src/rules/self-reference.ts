import type { EdgeType } from '../team/team.ts';
import { keyOf } from '../text/place.ts';
import type { Rule } from './rule.ts';
import { withoutReference } from './take-out.ts';
import { startsWithin } from './written.ts';

/** A relation leads from one role to another; one that leads back to its own role leads nowhere. */
export const selfReference: Rule = {
  id: 'self-reference',
  summary: 'A role names itself in one of its relations.',
  severity: 'error',

  check({ team, report }) {
    for (const edge of team.edges) {
      const { type, from, to } = edge;
      for (const reference of to) {
        if (reference.kind !== 'role' || reference.role !== from) continue;
        const [says, help] = WORDS[type];
        const own = startsWithin(reference.at, from.at);
        report({
          at: reference.at,
          role: from.id,
          message: `${from.id} ${says} itself.`,
          ...(own ? {} : { related: [{ at: keyOf(from.at), message: `${from.id} takes this over` }] }),
          help: own ? help : `Give ${from.id} its own "${type}", or "${type}: []" for nobody.`,
          ...withoutReference(from.id, edge, reference),
        });
      }
    }
  },
};

/** How each relation reads, and what an author may have meant by it. */
const WORDS: Readonly<Record<EdgeType, readonly [says: string, help: string]>> = {
  'delegates-to': ['delegates to', 'Take it out: a role keeps whatever it hands to nobody.'],
  'escalates-to': ['escalates to', 'Name whoever helps when this role fails: another role, or { person: user }.'],
  'reports-to': ['reports to', 'Name whoever reads the reports, or take it out.'],
  'receives-from': ['receives work from', 'Name whoever hands it work, or take it out.'],
  'collaborates-with': ['collaborates with', 'Name the other role, or take it out.'],
};

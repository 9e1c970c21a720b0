import type { Reach } from '../analysis/authority.ts';
import type { HandOver } from '../analysis/hand-over.ts';
import type { Related } from '../diagnostic/diagnostic.ts';
import type { Role } from '../team/team.ts';
import type { Tool } from '../team/tools.ts';
import { causeOf } from './cause.ts';
import { callPhrase } from './wording.ts';

/** What a role can do, as a clause: itself, or through another one. */
export function reachPhrase(role: Role, tool: Tool, { path, by, call }: Reach): string {
  const asked = call.decision === 'ask' || path.some((step) => step.asked);
  const phrase = callPhrase(tool, call.witness);
  return `${role.id} ${by === role ? `may ${phrase}` : `can have ${by.id} ${phrase}`}${asked ? ' when a person agrees' : ''}`;
}

/** The places that show a way: each hand-over, and what lets the last role make the call. */
export function wayShown(tool: Tool, { path, by, call }: Reach): readonly Related[] {
  return [...path.map(stepShown), ...causeOf(by, tool, call.witness)];
}

/** One hand-over in words, with its place. */
export function stepShown({ from, to, by, asked, at }: HandOver): Related {
  const what = by === 'delegates-to' ? `hands work on to ${to.id}` : `may switch to ${to.id}`;
  return { at, message: `${from.id} ${what}${asked ? ' when a person agrees' : ''}` };
}

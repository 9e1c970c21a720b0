import type { Range } from '../../document/document.ts';
import { callsRole } from './labels.ts';
import type { Names } from './names.ts';
import { namesWithin } from './names-within.ts';
import type { Relation } from './relation.ts';
import { leadingTargets, type Target } from './targets.ts';
import type { WrittenName } from './written-name.ts';

/** A name in a sentence, and which way things go where the verb says so. */
interface Named {
  readonly target: Target;
  readonly direction?: 'in' | 'out';
}

/** Whom a sentence in a section about names relates: who comes after an arrow, or after a verb of the section's own kind. */
export function inSentence(
  text: string,
  [from, to]: Range,
  names: Names,
  { type, source }: Pick<Relation, 'type' | 'source'>,
): readonly Named[] {
  const end = Math.min(to, from + 400);
  const line = text.slice(from, end);
  const arrow = ARROW.exec(line);
  if (arrow) return afterArrow(text, [from, to], names, { line, arrow, source });
  if (!VERBS[type]?.test(line) || isNegated(line)) return [];
  const direction = type === 'collaborates-with' ? directionOf(line) : undefined;
  const found = [...namesWithin(text, from, end, names), ...rolesAfter(text, from, end, names)];
  return found.map((name) => {
    const target = withReason(text, name, to);
    if (!direction) return { target };
    const goods = target.for ?? goodsIn(text.slice(from, name.start));
    return { target: goods === undefined ? target : { ...target, for: goods }, direction };
  });
}

/** Who stands behind the only arrow of a line: for what stands in front of it, unless that is another agent. */
function afterArrow(
  text: string,
  [from, to]: Range,
  names: Names,
  { line, arrow, source }: { readonly line: string; readonly arrow: RegExpExecArray; readonly source: string },
): readonly Named[] {
  const behind = arrow.index + arrow[0].length;
  if (ARROW.test(line.slice(behind))) return [];
  const before = line.slice(0, arrow.index).replace(/[*_`]/g, '').trim();
  const other = names.resolve(before);
  if ('id' in other && other.id !== source) return [];
  return leadingTargets(text, from + behind, to, names, 'roles').map((target) => ({
    target: before === '' ? target : { ...target, for: before },
  }));
}

const ARROW =
  /(?:→|⇒|->|=>)\s*(?:(?:call|consult|ask|use|invoke|notify|delegate to|escalate to|assign to|hand off to|route to|work with|coordinate with)\s+)?/i;

/** Names of roles that no agent has, where a preposition says that a name follows: "Coordinate with Data Engineer on …". */
function rolesAfter(text: string, from: number, end: number, names: Names): WrittenName[] {
  const match = /\b(?:with|from|to|support|assist|guide|help)\s+(?:the\s+)?(?=[@`*\p{L}])/iu.exec(
    text.slice(from, end),
  );
  if (!match) return [];
  const found = leadingTargets(text, from + match.index + match[0].length, end, names, 'names');
  return found.filter(({ written, resolution }) => resolution.kind === 'dangling' && callsRole(written));
}

/** The verbs that say of an item in a section that it speaks of the section's own relation. */
const VERBS: Partial<Record<Relation['type'], RegExp>> = {
  'collaborates-with': /^[\s*_`"]*(?:\p{L}+\s){0,2}\p{L}/u,
  'delegates-to': /^[\s*_]*(?:\p{L}+ly\s)?(?:delegate|assign|dispatch|route|invoke|spawn|send|hand|call)s?\b/iu,
  'escalates-to': /\b(?:escalate[sd]?|message|notify|contact|alert|ping|page)\b/i,
  'hands-off-to': /\b(?:hand|hands|pass|passes|send|sends|handoff|provide|provides)\b/i,
  'receives-from': /\b(?:receive|receives|accept|accepts|get|gets|from)\b/i,
};

/** Whether a sentence says that something is not to be done. */
export function isNegated(sentence: string): boolean {
  return /\b(?:not|never|don't|instead of|without)\b/i.test(sentence);
}

function withReason(text: string, name: WrittenName, to: number): Target {
  const after = text.slice(name.end, Math.min(to, name.end + 300)).replace(/^[*_`\s]*/, '');
  const reason = /^(?:for|on|with|about|in|when|if|to|before|after)\s+(.+)$/.exec(after)?.[1];
  return reason === undefined ? name : { ...name, for: reason.replace(/[.\s]+$/, '') };
}

/** Which way things go, by the verb that an item begins with. */
function directionOf(line: string): 'in' | 'out' | undefined {
  const verb = /\p{L}+/u.exec(line)?.[0].toLowerCase().replace(/s$/, '') ?? '';
  if (/^(?:receive|accept|get|obtain|take|request|collect|gather)$/.test(verb)) return 'in';
  return /^(?:provide|share|send|supply|supplie|deliver|give|pas|support|guide|help|assist|advise|inform|feed|notify|report|hand)$/.test(
    verb,
  )
    ? 'out'
    : undefined;
}

/** What goes from one to the other: "Receive *specifications* from", "Share *schemas* with". */
function goodsIn(before: string): string | undefined {
  return /^[\s*_]*\p{L}+\s+(?:the\s+)?([^.;:@`]{2,120}?)\s+(?:from|to|with)\s+(?:the\s+)?[*_`@]*$/u.exec(before)?.[1];
}

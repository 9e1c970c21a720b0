import type { Condition, Measure } from '../team/condition.ts';
import type { Call, Step } from '../team/team.ts';
import { type Edge, type Reference, type Role, rolesOf } from '../team/team.ts';

/** Writes a role's id as the platform knows it. */
export type NameOf = (role: Role) => string;

/** A bullet with what stands below it. */
export type Line = string | { readonly text: string; readonly under: readonly string[] };

/** A text in one line. */
export function flat(text: string): string {
  return (LINE_END.test(text) ? text.replace(/\s*[\n\r\u2028\u2029]\s*/g, ' ') : text).trim();
}

const LINE_END = /[\n\r\u2028\u2029]/;

/** A text in one line, in quotes where it could be read as more than a text. */
export function plainly(text: string, unclear: RegExp): string {
  const line = flat(text);
  return line === '' || line.startsWith('"') || unclear.test(line) ? JSON.stringify(line) : line;
}

/** A text before a colon. */
export function head(text: string): string {
  return plainly(text, /: |:$|^\d+\. /);
}

/** Words with commas between them. One that holds a separator itself stands in quotes, so that a text is told from a list. */
export function listed(words: readonly string[], separator: ', ' | '; ' = ', '): string {
  if (words.length === 1 && words[0] === '') return '';
  return words.map((word) => plainly(word, separator === ', ' ? /, / : /; /)).join(separator);
}

/** Words with commas, and `or` before the last. */
function anyOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** Words of which any one is enough; in quotes where they could be read as several, or as a condition. */
export function anyWord(words: readonly string[]): string {
  return anyOf(words.map((word) => plainly(word, UNCLEAR)));
}

const UNCLEAR = /[()]|, | or | and | is | for \d|\b(?:at least|at most|above|below) /;

/** Who is meant, in the names of the platform: any one of them. */
export function who(references: readonly Reference[], nameOf: NameOf): string {
  return anyOf(references.map((reference) => one(reference, nameOf)));
}

/** Who is meant, in the names of the platform: all of them. */
export function everyone(references: readonly Reference[], nameOf: NameOf): string {
  return references.map((reference) => one(reference, nameOf)).join(', ');
}

function one(reference: Reference, nameOf: NameOf): string {
  switch (reference.kind) {
    case 'role':
      return `\`${nameOf(reference.role)}\``;
    case 'person':
      return `${reference.person.id} (a person)`;
    case 'group':
      return `the group ${reference.group.id} (${rolesOf([reference])
        .map((role) => `\`${nameOf(role)}\``)
        .join(', ')})`;
    case 'word':
      return { self: 'yourself', peers: 'your peers', delegator: 'whoever gave you the work' }[reference.word];
    case 'unresolved':
      return reference.name;
  }
}

/** Conditions of which any one is enough. */
export function conditions(list: readonly Condition[]): string {
  const several = list.length > 1;
  return anyOf(list.map((one) => (several && one.word === undefined ? `(${condition(one)})` : condition(one))));
}

function condition({ word, labels, measures }: Condition): string {
  if (word !== undefined) return plainly(word, UNCLEAR);
  return [
    ...labels.map(([label, values]) => `${plainly(label, /[\s()]/)} is ${anyWord(values)}`),
    ...measures.map(([name, bound]) => measure(name, bound)),
  ].join(' and ');
}

function measure(name: string, { of, lasting, bounds }: Measure): string {
  return [
    plainly(name, /[\s()]/),
    ...(of ? [`of ${plainly(of, /[\s()]/)}`] : []),
    bounds.map(([bound, value]) => `${bound.replace('-', ' ')} ${value}`).join(' and '),
    ...(lasting ? [`for ${lasting}`] : []),
  ].join(' ');
}

/** A call with its argument, as people write it on a command line. */
export function call({ tool, pattern }: Pick<Call, 'tool' | 'pattern'>): string {
  return `\`${tool}:${pattern}\``;
}

/** `label: text` lines for what an edge says besides whom it leads to. */
export function edgeLine(edge: Edge, nameOf: NameOf): Line {
  const text = [who(edge.to, nameOf), listed(edge.for, '; ')].filter(Boolean).join(': ');
  const under = details([
    ['When', conditions(edge.when)],
    ['Keywords', listed(edge.keywords)],
    ['Because', flat(edge.because ?? '')],
    ['With', everyone(edge.with, nameOf)],
    ['Approval', edge.approval ? who([edge.approval], nameOf) : ''],
    ['Rounds at most', edge.maxRounds === undefined ? '' : String(edge.maxRounds)],
    ['Gate', listed(edge.gates)],
    ['Hand over', listed(edge.context?.include ?? [])],
    ['Hold back', listed(edge.context?.exclude ?? [])],
    ['Direction', edge.direction],
    ['Answers within', edge.sla],
    ['Every', edge.every],
    ['File', edge.path ? `\`${edge.path}\`` : ''],
    ['Holds', listed(edge.include)],
  ]);
  return under.length > 0 ? { text, under } : text;
}

/** A step of a workflow, a playbook or an example. */
export function stepLine(step: Step, nameOf: NameOf): Line {
  const text = step.id ? `**${step.id}**: ${flat(step.do)}` : plainly(step.do, /^\*\*[^*]+\*\*: /);
  const under = details([
    ['Detail', listed(step.for, '; ')],
    ['By', who(step.to, nameOf)],
    ['With', everyone(step.with, nameOf)],
    ['Needs', listed(step.needs)],
    ['When', conditions(step.when)],
    ['Labels', labels(step.labels)],
    ['Gate', listed(step.gates)],
    ['Calls', step.calls.map(call).join(', ')],
    ['Output', listed(step.output, '; ')],
    ['Effort', step.effort === undefined ? '' : [step.effort].flat().join(' to ')],
    ['Optional', step.optional ? 'yes' : ''],
  ]);
  return under.length > 0 ? { text, under } : text;
}

/** The `label: text` lines that have a text. */
export function details(pairs: readonly (readonly [label: string, text: string | undefined])[]): readonly string[] {
  return pairs.flatMap(([label, text]) => (text ? [`${label}: ${flat(text)}`] : []));
}

function labels(map: Readonly<Record<string, unknown>>): string {
  return Object.entries(map)
    .map(([label, value]) => `${plainly(label, /\s/)} ${labelled(value)}`)
    .join(', ');
}

/** The value of a label; a text that would be read as another kind of value stands in quotes. */
function labelled(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return plainly(value, /, |^(?:[[{]|true$|false$|null$|-?\d)/);
}

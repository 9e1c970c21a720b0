import type { Document } from '../document/document.ts';
import type { Role, Team } from '../team/team.ts';
import { TOOLS } from '../team/tools.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import type { Place } from '../text/place.ts';
import { ownDocuments } from './own-text.ts';
import type { Rule, RuleContext } from './rule.ts';
import { written } from './written.ts';

/**
 * Instructions that send work to a role that is not there leave the model to invent one. In Claude Code one also writes
 * `@agent-name` for an agent called `name`.
 */
export const proseNamesUnknownRole: Rule = {
  id: 'prose-names-unknown-role',
  summary: 'Instructions name a role that does not exist.',
  severity: 'warning',

  check(context) {
    const roles = [...context.team.roles.values(), ...context.team.abstract.values()];
    const names: Names = { known: once(() => knownNames(context)), guess: guesser(() => roles.map(({ id }) => id)) };
    for (const role of roles) if (role.own) checkRole(role, names, context);
  },
};

/** What the names in a text are compared with. */
interface Names {
  known(): ReadonlySet<string>;
  /** The role that is probably meant. */
  guess(name: string): string | undefined;
}

/** A name in a text that is spoken to, or that the sentence hands something to. */
interface Mention {
  readonly name: string;
  readonly at: Place;
}

function checkRole(role: Role, { known, guess }: Names, { loaded, report }: RuleContext): void {
  const document = loaded.documents.get(role.at.file);
  const text = written(loaded, { file: role.at.file, pointer: [...role.at.pointer, 'instructions'] });
  if (!document || typeof text !== 'string') return;
  for (const { name, at } of mentionsIn(text, document, role)) {
    if (known().has(name.toLowerCase()) || known().has(name.toLowerCase().replace(/^agent-/, ''))) continue;
    const meant = guess(name);
    if (meant === undefined && !TITLE.test(name)) continue;
    report({
      at,
      role: role.id,
      message: `The instructions of ${role.id} name "${name}", and there is no such role.`,
      ...(meant === undefined
        ? { help: 'Name a role of the team, or say in other words who is meant.' }
        : {
            help: `Did you mean "${meant}"?`,
            fix: { title: `Write "${meant}"`, safety: 'unsafe' as const, edits: [{ at, text: meant }] },
          }),
    });
  }
}

/** For how many names a similar one is looked for: each search reads all names of the team. */
const MOST_GUESSES = 100;

function guesser(candidates: () => readonly string[]): Names['guess'] {
  const guesses = new Map<string, string | undefined>();
  const ids = once(candidates);
  return (name) => {
    if (!guesses.has(name) && guesses.size < MOST_GUESSES) guesses.set(name, didYouMean(name, ids()));
    return guesses.get(name);
  };
}

/** How names of roles end. Other names in prose may be services, branches or labels. */
const TITLE =
  /(?:^|[-/])(?:lead|developer|engineer|architect|manager|reviewer|specialist|expert|designer|tester|auditor|coordinator|writer|analyst|administrator|admin|owner|planner|orchestrator|researcher|agent|director|officer|scientist|strategist|supervisor|dba|qa)$/i;

const NAME = '[a-z][a-z0-9]*(?:[-/_][a-z0-9]+)*';
/** `@name`, but no address, package, decorator or rule of a style sheet. */
const AT = new RegExp(`(?<![\\w@/.:])@(${NAME})(?![\\w/(@:-]|\\.\\w)`, 'gi');
const QUOTED = new RegExp(`\`(${NAME})\``, 'gi');
/** Words that lead to whoever gets the work, with names before the one that is meant. */
const ADDRESSING =
  /\b(?:(?:delegat\w+|escalat\w+|hand(?:s|ed|ing)?(?: \w+){0,4}? (?:over|on|off|back)|assign\w*|report(?:s|ing)?|defer\w*)\b[^.;:!?`]*\b(?:to|with|by)|consult\w*|ask(?:s|ing)?)(?: the| an?)?(?: |`[^`]+`,?| and| or)*$/i;

/** The names that a text speaks to or hands something to, outside of examples of code. */
function mentionsIn(text: string, document: Document, role: Role): readonly Mention[] {
  if (!/[@`]/.test(text)) return [];
  const prose = text.replace(/^(```+|~~~+)[\s\S]*?(?:^\1|(?![\s\S]))|<!--[\s\S]*?(?:-->|$)/gm, blank);
  const spoken = [...prose.replace(/`[^`\n]*`/g, blank).matchAll(AT)].filter(([, name]) => name!.includes('-'));
  const quoted = [...prose.matchAll(QUOTED)].filter(({ index }) => ADDRESSING.test(lineBefore(prose, index)));
  const pointer = [...role.at.pointer, 'instructions'];
  const [start, end] = document.range({ pointer });
  const source = document.text.slice(0, end);
  let from = start;
  return [...spoken, ...quoted]
    .sort((a, b) => a.index - b.index)
    .flatMap(({ 0: whole, 1: name = '' }): readonly Mention[] => {
      // In a quoted scalar a text is not written as it reads, but its names come in the same order.
      const found = source.indexOf(whole, from);
      if (found === -1) return [];
      from = found + whole.length;
      return [{ name, at: { file: document.path, pointer, span: [found + 1, found + 1 + name.length] } }];
    });
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

/** What stands before a name in its line, at most some words. */
function lineBefore(text: string, index: number): string {
  return text.slice(Math.max(0, index - 100, text.lastIndexOf('\n', index) + 1), index);
}

/**
 * Every name that a team uses for anything, in lower case: roles by all their names, tools, and whatever stands in its
 * files as a key or a word, such as files, gates, labels, commands and people.
 */
function knownNames(context: RuleContext): ReadonlySet<string> {
  const { team } = context;
  const names = new Set<string>([...Object.keys(TOOLS), ...roleNames(team)]);
  for (const document of ownDocuments(context)) collect(document.data, names);
  return new Set([...names].map((name) => name.toLowerCase()));
}

function* roleNames({ roles, abstract, groups, people }: Team): Iterable<string> {
  for (const { id, aliases, fields } of [...roles.values(), ...abstract.values()]) {
    yield* [id, id.slice(id.lastIndexOf('/') + 1), id.replaceAll(/[/_]/g, '-'), ...aliases];
    if (fields.name) yield* [fields.name, fields.name.replaceAll(' ', '-')];
  }
  yield* groups.keys();
  yield* people.keys();
}

function collect(data: unknown, names: Set<string>): void {
  if (typeof data === 'string') for (const word of data.split(/[\s,:;()"']+/)) names.add(word);
  else if (Array.isArray(data)) for (const item of data) collect(item, names);
  else if (typeof data === 'object' && data !== null)
    for (const [key, value] of Object.entries(data)) {
      names.add(key);
      if (key !== 'instructions') collect(value, names);
    }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
